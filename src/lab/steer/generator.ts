/** A generator that obeys with a given probability, on a pool of real texts. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { AXIS_COUNT, STEERABLE_AXES } from "../../../models/steering/steerable-axes.js";
import type { Directive } from "../../../models/steering/vocabulary.js";
import type { Pool } from "./pools.js";

/** How much a length that is off by a factor of e weighs, in standard deviations of an axis. */
const LENGTH_WEIGHT = 2;

/**
 * Writes one text for `prompt` that is not among `taken`: with probability `compliance` the one that
 * comes nearest to `directives`, else any. Undefined where no text is left.
 */
export function writeText(
  pool: Pool,
  prompt: number,
  directives: readonly Directive[],
  compliance: number,
  taken: { has(row: number): boolean },
  random: RandomGenerator,
): number | undefined {
  const left = pool.rowsOf[prompt]!.filter((row) => !taken.has(row));
  if (left.length === 0) return undefined;
  const obeys = random() < compliance;
  const any = left[Math.floor(random() * left.length)]!;
  if (directives.length === 0 || !obeys) return any;
  return left.reduce((best, row) =>
    nearness(pool, row, directives) > nearness(pool, best, directives) ? row : best,
  );
}

function nearness(pool: Pool, row: number, directives: readonly Directive[]): number {
  return directives.reduce((sum, { axis, dose, pole, words }) => {
    if (words !== undefined) {
      return sum - LENGTH_WEIGHT * Math.abs(Math.log(pool.words[row]! / words));
    }
    return sum + pole * dose * pool.axes[row * AXIS_COUNT + STEERABLE_AXES.indexOf(axis)]!;
  }, 0);
}

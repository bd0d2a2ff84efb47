/** A generator that obeys with a given probability, on a pool of real texts. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { nearestStyle } from "../../../models/steering/nearest-style.js";
import type { Directive } from "../../../models/steering/vocabulary.js";
import type { Pool } from "./pools.js";

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
  return nearestStyle(pool, left, directives);
}

/** A generator that obeys with a given probability, on a pool of real texts. */
import type { RandomGenerator } from "../../../models/algebra/random.js";
import { nearness } from "../../../models/steering/nearest-style.js";
import type { Directive } from "../../../models/steering/vocabulary.js";
import type { Pool } from "./pools.js";

/** How much being like the examples weighs, in steps of an axis that is asked for. */
const EXAMPLES_WEIGHT = 4;

/** What goes along with a request. */
export interface Wish {
  readonly directives: readonly Directive[];
  /** Rows of texts that show the manner. */
  readonly examples: readonly number[];
}

/**
 * Writes one text for `prompt` that is not among `taken`: with probability `compliance` the one that
 * comes nearest to `wish`, else any. Undefined where no text is left.
 */
export function writeText(
  pool: Pool,
  prompt: number,
  wish: Wish,
  compliance: number,
  taken: { has(row: number): boolean },
  random: RandomGenerator,
): number | undefined {
  const left = pool.rowsOf[prompt]!.filter((row) => !taken.has(row));
  if (left.length === 0) return undefined;
  const obeys = random() < compliance;
  const any = left[Math.floor(random() * left.length)]!;
  const isPlain = wish.directives.length + wish.examples.length === 0;
  if (isPlain || !obeys) return any;
  const nearnessOf = (row: number) =>
    nearness(pool, row, wish.directives) - EXAMPLES_WEIGHT * distance(pool, row, wish.examples);
  return left.reduce((best, row) => (nearnessOf(row) > nearnessOf(best) ? row : best));
}

/** The mean square, over the style statistics, of what lies between `row` and the examples' mean; 0 without any. */
function distance({ styles, styleCount }: Pool, row: number, examples: readonly number[]): number {
  if (examples.length === 0) return 0;
  let sum = 0;
  for (let at = 0; at < styleCount; at++) {
    const mean =
      examples.reduce((all, one) => all + styles[one * styleCount + at]!, 0) / examples.length;
    sum += (styles[row * styleCount + at]! - mean) ** 2;
  }
  return sum / styleCount;
}

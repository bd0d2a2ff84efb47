/** How many comparisons of each member train, if all of them would be too many. Knows no ids. */
import { type RandomGenerator, shuffled } from "../../models/algebra/random.js";

/** From so many votes of one member most of what they like can be read, see docs/training.md. */
export const ENOUGH = 25;

/**
 * For each member with `counts` comparisons how many of them train: `most` together at most. Those
 * who voted most are cut first. Where that would leave less than {@link ENOUGH} of anybody, some of
 * the members, drawn with `random`, train with so many and the others not at all.
 */
export function sampleSizes(
  counts: readonly number[],
  most: number,
  random: RandomGenerator,
): number[] {
  const level = levelFor(counts, most);
  if (level >= ENOUGH) return counts.map((count) => Math.min(count, level));
  const sizes = counts.map(() => 0);
  let rest = most;
  for (const member of shuffled([...counts.keys()], random)) {
    sizes[member] = Math.min(counts[member]!, ENOUGH, rest);
    rest -= sizes[member];
  }
  return sizes;
}

/** The largest whole number t with Σ min(count, t) ≤ `most`; infinite if all fit. */
function levelFor(counts: readonly number[], most: number): number {
  const ascending = [...counts].sort((first, second) => first - second);
  let rest = most;
  for (const [at, count] of ascending.entries()) {
    const share = Math.floor(rest / (ascending.length - at));
    if (share < count) return share;
    rest -= count;
  }
  return Number.POSITIVE_INFINITY;
}

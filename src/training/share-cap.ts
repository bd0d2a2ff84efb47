/** Bounds how much of the pooled likelihood is one person's. Knows no ids: people are numbers. */

/** Of all weight, for a large server ... */
const SHARE = 0.1;
/** ... and how far above an equal share a person may be on a small one. */
const ABOVE_EQUAL = 1.25;

/** The largest share of the likelihood that one of `people` people may have. */
export function largestShare(people: number): number {
  return Math.max(SHARE, Math.min(1, ABOVE_EQUAL / people));
}

/**
 * Lowers the weights of those who voted most until nobody's sum exceeds {@link largestShare} of what
 * remains. `weights` [n] is changed in place; `personOf` [n] is 0 to people − 1.
 */
export function capShares(weights: Float32Array, personOf: Int32Array, people: number): void {
  const sums = new Float64Array(people);
  for (let row = 0; row < weights.length; row++) sums[personOf[row]!]! += weights[row]!;
  const cap = levelFor(sums, largestShare(people));
  for (let row = 0; row < weights.length; row++) {
    const sum = sums[personOf[row]!]!;
    if (sum > cap) weights[row]! *= cap / sum;
  }
}

/** The level t with t = share · Σ min(sum, t): those above it are lowered to it. */
function levelFor(sums: Float64Array, share: number): number {
  const descending = [...sums].sort((first, second) => second - first);
  let rest = descending.reduce((total, sum) => total + sum, 0);
  for (let lowered = 0; lowered < descending.length; lowered++) {
    // With `lowered` people at the level: t = share (lowered · t + rest).
    const level = lowered * share < 1 ? (share * rest) / (1 - lowered * share) : 0;
    if (descending[lowered]! <= level) return level;
    rest -= descending[lowered]!;
  }
  return descending.at(-1) ?? 0;
}

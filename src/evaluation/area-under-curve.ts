/** The area under the receiver operating characteristic: how well scores rank outcomes. */

/**
 * The share of pairs of an outcome 1 and an outcome 0 in which the 1 has the higher score, ties
 * half; by ranks, O(n log n). One half where all outcomes are alike.
 */
export function areaUnderCurve(scores: readonly number[], outcomes: readonly number[]): number {
  const order = [...scores.keys()].sort((first, second) => scores[first]! - scores[second]!);
  let rankSum = 0;
  let ones = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    const rank = (from + to + 1) / 2;
    for (; from < to; from++) {
      if (outcomes[order[from]!] !== 1) continue;
      rankSum += rank;
      ones++;
    }
  }
  const zeros = order.length - ones;
  if (ones === 0 || zeros === 0) return 0.5;
  return (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
}

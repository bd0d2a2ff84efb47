/** Differences between two ways of scoring the same members. Knows only numbers. */

export interface PairedDifference {
  /** Mean of first − second over members, each counting the same. */
  readonly mean: number;
  readonly standardError: number;
}

/** Compares `pick` of the members in `second` between both; every one of them is in `first`, too. */
export function paired<Score>(
  first: ReadonlyMap<number, Score>,
  second: ReadonlyMap<number, Score>,
  pick: (score: Score) => number,
): PairedDifference {
  return meanOf([...second].map(([member, score]) => pick(first.get(member)!) - pick(score)));
}

/** Mean and standard error of `values`; the error of a single value is 0. */
export function meanOf(values: readonly number[]): PairedDifference {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / Math.max(1, count - 1) / count) };
}

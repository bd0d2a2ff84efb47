/** How sure a figure is, by drawing its people again. */
import type { RandomGenerator } from "../../../../models/algebra/random.js";

export interface Interval {
  readonly mean: number;
  /** 95 %, by percentiles. */
  readonly low: number;
  readonly high: number;
}

const DRAWS = 1_000;

/** `statistic` of `groups`, and its interval over draws of whole groups with replacement. */
export function bootstrap<Group>(
  groups: readonly Group[],
  statistic: (groups: readonly Group[]) => number,
  random: RandomGenerator,
  draws = DRAWS,
): Interval {
  const drawn = Float64Array.from({ length: draws }, () =>
    statistic(groups.map(() => groups[Math.floor(random() * groups.length)]!)),
  ).sort();
  const at = (share: number) => drawn[Math.min(draws - 1, Math.floor(share * draws))]!;
  return { mean: statistic(groups), low: at(0.025), high: at(0.975) };
}

/** The mean over everything in all groups; 0 of nothing. */
export function meanOf(groups: readonly (readonly number[])[]): number {
  const all = groups.flat();
  return all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length);
}

/** Which of the texts that somebody chose show best how they like answers written. */
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import type { UserWeights } from "../../../models/rewards/user-weights.js";
import type { Ballots } from "./cast-ballots.js";
import type { Pool } from "./pools.js";

/** Each costs tokens in every request. */
export const MOST_EXAMPLES = 2;

/** The chosen texts that λ̂ puts furthest above the ones that they were chosen over. */
export function examplesOf(
  pool: Pool,
  model: BaseRewardModel,
  { weights }: UserWeights,
  ballots: Ballots,
): number[] {
  const rewardOf = (row: number) => {
    const features = pool.features.subarray(row * pool.dimensions, (row + 1) * pool.dimensions);
    return computeBaseRewards(model, features).reduce(
      (sum, value, at) => sum + value * weights[at]!,
      0,
    );
  };
  const lead = new Map<number, number>();
  for (const { chosen, other } of ballots.choices()) {
    const ahead = rewardOf(chosen) - rewardOf(other);
    lead.set(chosen, Math.max(ahead, lead.get(chosen) ?? ahead));
  }
  return [...lead.keys()]
    .sort((first, second) => lead.get(second)! - lead.get(first)!)
    .slice(0, MOST_EXAMPLES);
}

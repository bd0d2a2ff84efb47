/** One number for how well a member is known. Knows no words. */
import { describeLeanings } from "./axis-leanings.js";
import type { BaseRewardModel } from "./base-rewards.js";
import type { UserWeights } from "./user-weights.js";

/**
 * How much narrower the weights are known than before the first vote, 0 to 1: one minus the mean
 * over the axes of the ratio of the standard deviations of the posterior and of the prior.
 */
export function certaintyOfWeights(model: BaseRewardModel, userWeights: UserWeights): number {
  const leanings = describeLeanings(model, userWeights);
  const ratios = leanings.map((leaning) => leaning.standardDeviation / leaning.priorDeviation);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  return Math.min(1, Math.max(0, 1 - mean));
}

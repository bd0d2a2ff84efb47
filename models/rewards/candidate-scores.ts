/** What one member is expected to think of candidates. Knows features, no texts and no threads. */
import { type BaseRewardModel, computeBaseRewards } from "./base-rewards.js";
import { doubtOfBest } from "./choice-doubt.js";
import { membersAgree } from "./personal-share.js";
import type { UserWeights } from "./user-weights.js";

export interface CandidateScores {
  /** φ, [n, J] row-major. */
  readonly baseRewards: Float64Array;
  /** λᵀφ, [n]. */
  readonly rewards: Float64Array;
  /** How likely it is that another candidate is really better for this member than the best by reward, 0 to 0.5. */
  readonly doubt: number;
}

/** Rewards each row of `features` [n, D] with λᵀφ. Throws `ModelShapeError`. */
export function scoreFeatures(
  model: BaseRewardModel,
  userWeights: UserWeights,
  features: Float32Array,
): CandidateScores {
  const { rank } = model;
  const baseRewards = computeBaseRewards(model, features);
  const rewards = new Float64Array(baseRewards.length / rank);
  for (let row = 0; row < rewards.length; row++) {
    let reward = 0;
    for (let axis = 0; axis < rank; axis++) {
      reward += userWeights.weights[axis]! * baseRewards[row * rank + axis]!;
    }
    rewards[row] = reward;
  }
  // Where members agree, no answer of this one could change what is best.
  const doubt = membersAgree(model) ? 0 : doubtOfBest(baseRewards, rewards, userWeights);
  return { baseRewards, rewards, doubt };
}

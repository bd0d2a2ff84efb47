/** Why the best candidate was chosen over the second best, axis by axis. No I/O. */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { indexOfBest } from "../../models/rewards/choice-doubt.js";
import type { UserWeights } from "../../models/rewards/user-weights.js";
import type { ScoredCandidates } from "../../workers/requests.js";
import type { Why } from "../ballots/reply-notes.js";

/** λ_j (φ_j(best) − φ_j(second)) for every axis, the largest first; undefined where there was no choice. */
export function whyBest(
  { axes, rank }: BaseRewardModel,
  { weights }: UserWeights,
  { baseRewards, rewards }: Pick<ScoredCandidates, "baseRewards" | "rewards">,
  texts: readonly string[],
): Why | undefined {
  if (rewards.length < 2) return undefined;
  const best = indexOfBest(rewards);
  const others = rewards.map((reward, row) => (row === best ? Number.NEGATIVE_INFINITY : reward));
  const second = indexOfBest(others);
  const tipped = axes.map((axis, at) => ({
    axis,
    amount: weights[at]! * (baseRewards[best * rank + at]! - baseRewards[second * rank + at]!),
  }));
  tipped.sort((first, other) => Math.abs(other.amount) - Math.abs(first.amount));
  return { tipped, runnerUp: texts[second]! };
}

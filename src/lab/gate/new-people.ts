/** How well base rewards predict people whom nobody has trained on: what the gate should find out. */
import {
  type BaseRewardModel,
  baseRewardDifferences,
} from "../../../models/rewards/base-rewards.js";
import { scoreMember } from "../../../models/training/validate/held-out.js";
import type { PlantedVote } from "./planted-people.js";
import { poolVotes } from "./pool-votes.js";

/** Votes of each new person that fit their weights; the others are predicted. */
export const ANSWERED = 10;
export const PREDICTED = 20;

/**
 * Mean log-likelihood of the votes that are predicted, nats a vote. It is the expected one, over
 * what the person might vote, so that 500 people are exact to a few thousandths.
 */
export function likelihoodOnNewPeople(
  model: BaseRewardModel,
  people: readonly (readonly PlantedVote[])[],
): number {
  const answered = model.personalShare === 0 ? 0 : ANSWERED;
  const scores = people.map((votes) => {
    const { featuresA, featuresB } = poolVotes([{ votes, trainedBefore: 0 }]);
    const own = {
      count: votes.length,
      answered,
      differences: baseRewardDifferences(model, featuresA, featuresB),
      outcomes: Float64Array.from(votes, ({ outcome, probability }, at) =>
        at < ANSWERED ? outcome : probability,
      ),
      positions: new Float64Array(votes.length),
      weights: new Float64Array(votes.length).fill(1),
    };
    return scoreMember(model, own, answered, ANSWERED).logLikelihood;
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/**
 * Decides by held-out members whether φ gets a hidden layer, and for how many turns it trains.
 * Knows nothing of the model that is in use now.
 */
import type { BaseRewardModel } from "../base-rewards.js";
import type { PooledComparisons } from "../comparison.js";
import type { Fold } from "./folds.js";
import type { HeldOutScore } from "./held-out.js";
import { type NetworkOptions, trainNetwork } from "./network.js";
import { paired } from "./paired.js";
import { scoreMembers } from "./score-members.js";
import type { TrainingData } from "./training-data.js";

/** How many turns of training held-out members are scored after. */
const TURNS = [2, 5];

export interface ChosenNetwork {
  /** How many turns to train for; 0 where the linear base rewards are as good. */
  readonly turns: number;
  /** Scores of the held-out members with what was chosen, by member. */
  readonly scores: ReadonlyMap<number, HeldOutScore>;
}

/**
 * Trains a network on every fold from that fold's linear model. It is chosen only when held-out
 * members are predicted better than by the linear ones (`scores`) by more than a standard error.
 */
export function chooseNetwork(
  linear: readonly BaseRewardModel[],
  scores: ReadonlyMap<number, HeldOutScore>,
  folds: readonly Fold[],
  pooled: PooledComparisons,
  data: TrainingData,
  options: NetworkOptions,
): ChosenNetwork {
  const byTurns = TURNS.map(() => new Map<number, HeldOutScore>());
  folds.forEach((fold, index) => {
    const path = trainNetwork(linear[index]!, fold.training, pooled, data, options);
    for (let turn = 1; turn <= TURNS.at(-1)!; turn++) {
      const model = path.next().value;
      const stop = TURNS.indexOf(turn);
      if (stop < 0) continue;
      for (const [member, score] of scoreMembers(model, fold.heldOut, pooled, data)) {
        byTurns[stop]!.set(member, score);
      }
    }
    path.return(undefined as never);
  });
  const gains = byTurns.map((after) => paired(after, scores, (score) => score.logLikelihood));
  const best = gains.reduce((a, gain, at) => (gain.mean > gains[a]!.mean ? at : a), 0);
  if (gains[best]!.mean <= gains[best]!.standardError) return { turns: 0, scores };
  return { turns: TURNS[best]!, scores: byTurns[best]! };
}

/** `linear` with a hidden layer that was trained on the comparisons of `members` for `turns`. */
export function addNetwork(
  linear: BaseRewardModel,
  turns: number,
  members: readonly number[],
  pooled: PooledComparisons,
  data: TrainingData,
  options: NetworkOptions,
): BaseRewardModel {
  const path = trainNetwork(linear, members, pooled, data, options);
  let model = linear;
  for (let turn = 0; turn < turns; turn++) model = path.next().value;
  path.return(undefined as never);
  return model;
}

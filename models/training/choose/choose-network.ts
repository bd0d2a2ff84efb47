/**
 * Decides by held-out members whether φ gets a hidden layer, and for how many turns it trains.
 * Knows nothing of the model that is in use now.
 */
import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import type { PooledComparisons } from "../../rewards/comparison.js";
import { type NetworkOptions, trainNetwork } from "../estimate/network.js";
import type { TrainingData } from "../estimate/training-data.js";
import type { HeldOutScore } from "../validate/held-out.js";
import { type PairedDifference, paired } from "../validate/paired.js";
import { scoreMembers } from "../validate/score-members.js";
import type { TrialFold } from "../validate/trial-folds.js";

/** How many turns of training held-out members are scored after. */
const TURNS = [2, 5];
/** So many held-out members tell whether a hidden layer is worth trying on the others. */
const ENOUGH_HELD_OUT = 10;
/** Standard errors. Chosen by less, it made new people's predictions worse more often than better. */
const CLEARLY = 2;

export interface NetworkSearch {
  readonly data: TrainingData;
  readonly pooled: PooledComparisons;
  /** Folds with the linear base rewards from what each has seen. */
  readonly trials: readonly { readonly fold: TrialFold; readonly linear: BaseRewardModel }[];
  readonly options: NetworkOptions;
}

/**
 * For how many turns to train the hidden layer; 0 if the linear base rewards are as good. It is trained
 * on every fold from that fold's linear model, and chosen only when held-out members are predicted better by
 * more than {@link CLEARLY} standard errors: on a few members first, since mostly they gain nothing, and
 * then on all.
 */
export function chooseNetwork(search: NetworkSearch): number {
  const { data, pooled, trials } = search;
  const scores = new Map<number, HeldOutScore>();
  const byTurns = TURNS.map(() => new Map<number, HeldOutScore>());
  const promising = (stop: number) =>
    byTurns[stop]!.size < ENOUGH_HELD_OUT || gainOf(byTurns.slice(0, stop + 1), scores).mean > 0;
  for (const { fold, linear } of trials) {
    for (const [member, score] of scoreMembers(linear, fold.rowsOf, pooled, data)) {
      scores.set(member, score);
    }
    if (!followNetwork(linear, { ...search, fold, byTurns, promising })) return 0;
  }
  const { best, mean, standardError } = gainOf(byTurns, scores);
  return mean > CLEARLY * standardError ? TURNS[best]! : 0;
}

/** The stop that gains most over `scores` on the members that have been tried, and what it gains. */
function gainOf(
  byTurns: readonly ReadonlyMap<number, HeldOutScore>[],
  scores: ReadonlyMap<number, HeldOutScore>,
): PairedDifference & { best: number } {
  const gains = byTurns.map((after) => {
    const tried = new Map([...after.keys()].map((member) => [member, scores.get(member)!]));
    return paired(after, tried, (score) => score.logLikelihood);
  });
  const best = gains.reduce((a, gain, at) => (gain.mean > gains[a]!.mean ? at : a), 0);
  return { best, ...gains[best]! };
}

interface Trial extends Pick<NetworkSearch, "data" | "options" | "pooled"> {
  readonly fold: TrialFold;
  /** Takes the scores of the fold's held-out members, one map for each of {@link TURNS}. */
  readonly byTurns: readonly Map<number, HeldOutScore>[];
  /** Whether to go on after stop number `stop`. */
  readonly promising: (stop: number) => boolean;
}

/** Trains on one fold and scores its held-out members; false if that was given up. */
function followNetwork(linear: BaseRewardModel, trial: Trial): boolean {
  const { byTurns, data, fold, options, pooled, promising } = trial;
  const path = trainNetwork(linear, fold.training, pooled, fold.seen, options);
  try {
    for (let turn = 1; turn <= TURNS.at(-1)!; turn++) {
      const model = path.next().value;
      const stop = TURNS.indexOf(turn);
      if (stop < 0) continue;
      for (const [member, score] of scoreMembers(model, fold.rowsOf, pooled, data)) {
        byTurns[stop]!.set(member, score);
      }
      if (stop === TURNS.length - 1 && !promising(stop)) return false;
    }
  } finally {
    path.return(undefined as never);
  }
  return true;
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

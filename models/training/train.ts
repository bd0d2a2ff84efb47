/**
 * Training of base rewards, from votes to a verdict: settings chosen on held-out members, the last fit
 * on everybody, the gate against the current model. Knows no storage, threads or members' names.
 */

import { createRandomGenerator } from "../algebra/random.js";
import type { BaseRewardModel } from "../rewards/base-rewards.js";
import type { PooledComparisons } from "../rewards/comparison.js";
import { narrowed } from "../rewards/personal-share.js";
import type { Recipe } from "../rewards/recipe.js";
import { learnAnotherAnswer } from "./another-votes.js";
import { nameAxes } from "./axes/name-axes.js";
import { chooseNetwork } from "./choose/choose-network.js";
import { type ChosenSettings, chooseSettings } from "./choose/choose-settings.js";
import type { Trial } from "./choose/choose-share.js";
import { fitEverybody, networkOptions, toModel } from "./fit-everybody.js";
import { judgeCandidate } from "./judge-candidate.js";
import {
  DEFAULT_MAXIMUM_RANK,
  prepareTraining,
  type Training,
  type TrainingOptions,
} from "./prepare-training.js";
import type { Verdict } from "./validate/gate.js";
import { averageOnly } from "./validate/gate-score.js";
import { onKnownPrompts } from "./validate/trial-folds.js";

export interface TrainingResult extends Verdict {
  /** The candidate, trained on everybody; its version is empty, for the caller to fill in. */
  readonly model: BaseRewardModel;
  readonly settings: Recipe;
  /** How many members took no part, because they vote as one. */
  readonly leftOut: number;
}

/** A hidden layer is tried on no more base rewards than these. */
const MOST_WITH_HIDDEN_LAYER = 32;

/**
 * Trains base rewards on `pooled` and compares them with `current`, which saw the same features.
 * A tfjs backend must be active. Throws `NotEnoughFeedbackError` when members or comparisons are too
 * few, `TooFewHeldOutError`, RangeError when a feature is not finite.
 */
export async function trainBaseRewards(
  pooled: PooledComparisons,
  current: BaseRewardModel,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const training = prepareTraining(pooled, current.dimensions, options);
  const { progress } = training;

  const chosen = chooseOnHeldOut(training);
  progress(0.7, "trying a hidden layer");
  const hiddenTurns = chooseHiddenTurns(training, chosen);
  const recipe = { ...chosen.settings, hiddenTurns };

  progress(0.85, "training on everybody");
  const model = fitEverybody(training, chosen, hiddenTurns);

  progress(0.95, "comparing with the present base rewards");
  const verdict = judgeCandidate(training, chosen, recipe, current);
  progress(1, "done");

  const answering = verdict.personalShare === 0 ? averageOnly(model) : model;
  const axes = nameAxes(model, training.pooled, training.starter);
  return {
    ...verdict,
    model: { ...answering, axes, recipe, ...anotherAnswerFor(answering, training) },
    settings: { ...recipe, rank: model.rank },
    leftOut: training.leftOut,
  };
}

/** How votes by "another answer" are read under `model`, if there are any. */
function anotherAnswerFor(
  model: BaseRewardModel,
  { another, pooled }: Training,
): Pick<BaseRewardModel, "anotherAnswer"> {
  if (another === undefined) return {};
  return { anotherAnswer: learnAnotherAnswer(model, pooled, another) };
}

/** The settings of the linear base rewards, by the likelihood of held-out members. */
function chooseOnHeldOut(training: Training): ChosenSettings {
  const { data, folds, moment, options, progress, refinements, starts } = training;
  return chooseSettings({
    data,
    folds,
    starts,
    maximumRank: options.maximumRank ?? DEFAULT_MAXIMUM_RANK,
    moment,
    refinements,
    random: createRandomGenerator(options.seed),
    onProgress: (done) => progress(0.05 + 0.65 * done, "choosing the settings"),
  });
}

/** For how many turns a hidden layer is trained; 0 when held-out members gain nothing by it. */
function chooseHiddenTurns(training: Training, chosen: ChosenSettings): number {
  const { data, options, pooled } = training;
  const { personalShare, rank } = chosen.settings;
  if (options.hiddenUnits === 0 || rank > MOST_WITH_HIDDEN_LAYER || personalShare === 0) return 0;
  const trials = trialsFor(training, chosen).map(({ fold, linear }) => ({
    fold,
    linear: toModel(linear, training, chosen.settings),
  }));
  return chooseNetwork({ data, pooled, trials, options: networkOptions(training) });
}

/**
 * Folds that hold out prompts as well, where members share any: what a network remembers of known responses
 * looks like taste. Else those of the search.
 */
function trialsFor({ data, folds }: Training, chosen: ChosenSettings): readonly Trial[] {
  const { folds: models, settings, trials } = chosen;
  if (trials.some(({ fold }) => fold.seen !== data)) {
    return trials.map(({ fold, linear }) => {
      const { mean, precision } = linear.prior;
      const prior = { mean, precision: narrowed(precision, settings.personalShare) };
      return { fold, linear: { ...linear, prior } };
    });
  }
  return folds.map((fold, at) => ({ fold: onKnownPrompts(data, fold), linear: models[at]! }));
}

/**
 * Training of base rewards from pooled comparisons: settings chosen on held-out members, the final
 * fit on everybody, the gate against the current model. Knows no storage, threads or members' names.
 */

import { createRandomGenerator } from "../algebra/random.js";
import type { BaseRewardModel } from "../rewards/base-rewards.js";
import type { PooledComparisons } from "../rewards/comparison.js";
import type { LinearSettings, Recipe } from "../rewards/recipe.js";
import { createStarterModel } from "../rewards/starter.js";
import { nameAxes } from "./axes/name-axes.js";
import { addNetwork, chooseNetwork } from "./choose/choose-network.js";
import {
  type ChosenSettings,
  chooseSettings,
  populationAfter,
  startOf,
} from "./choose/choose-settings.js";
import type { Ingredients } from "./choose/follow-recipe.js";
import { ofMembers } from "./collusion/select-members.js";
import { trustedMembers } from "./collusion/trust.js";
import { factorise, type LinearBaseRewards, leadingDirections } from "./estimate/factorise.js";
import { impliedPopulation } from "./estimate/implied-population.js";
import type { Population } from "./estimate/member-posterior.js";
import { withoutMean } from "./estimate/shared-taste.js";
import {
  differenceScales,
  prepareTrainingData,
  secondMoment,
  type TrainingData,
} from "./estimate/training-data.js";
import { turnToPrincipalAxes } from "./estimate/turn-axes.js";
import {
  MINIMUM_COMPARISONS,
  MINIMUM_COMPARISONS_PER_MEMBER,
  MINIMUM_MEMBERS,
  NotEnoughFeedbackError,
} from "./not-enough-feedback.js";
import type { Fold } from "./validate/folds.js";
import { judge, type Verdict } from "./validate/gate.js";
import { averageOnly } from "./validate/gate-score.js";
import { scoreRecipes } from "./validate/score-recipes.js";
import { costOf, splitForTraining } from "./validate/training-folds.js";

export interface TrainingOptions {
  /** The same seed, data and current model give the same result, bit for bit on one backend. */
  readonly seed: number;
  /** The encoder that made the features. */
  readonly encoderId: string;
  /** The most base rewards to consider; {@link DEFAULT_MAXIMUM_RANK} where not given. */
  readonly maximumRank?: number;
  /** Members with two votes or more that training waits for; {@link MINIMUM_MEMBERS} where not given. */
  readonly minimumMembers?: number;
  /** People who must be held out, or nothing is trained; the gate's ten where not given. */
  readonly minimumHeldOut?: number;
  /** Whether accounts that seem to vote with one will take no part; true where not given. */
  readonly leaveOutColluders?: boolean;
  /** Units of the hidden layer that is tried; 0 tries none. */
  readonly hiddenUnits?: number;
  /** `done` runs from 0 to 1. */
  readonly onProgress?: (done: number, stage: string) => void;
  /**
   * Untrained base rewards over the same features with readable axes: one of the starting points,
   * and what names the learned axes. The starter where not given and the features are its own.
   */
  readonly starter?: BaseRewardModel;
}

export type TrainingSettings = Recipe;

export interface TrainingResult extends Verdict {
  /** The candidate, trained on everybody; its version is empty, for the caller to fill in. */
  readonly model: BaseRewardModel;
  readonly settings: TrainingSettings;
  /** How many members took no part, because they vote as one. */
  readonly leftOut: number;
}

export const DEFAULT_MAXIMUM_RANK = 128;
const DEFAULT_HIDDEN_UNITS = 16;
/** Multiplications that the last rounds on everybody may take, and how many there are at most. */
const REFINEMENT_COST = 1.6e10;
const MOST_REFINEMENTS = 8;
/** A hidden layer is tried beside no more base rewards than these. */
const MOST_WITH_HIDDEN_LAYER = 32;

/** All that the steps of one training share. */
interface Training {
  readonly pooled: PooledComparisons;
  readonly data: TrainingData;
  /** Those whose votes take part. */
  readonly members: readonly number[];
  readonly leftOut: number;
  readonly folds: readonly Fold[];
  /** What the gate judges on. */
  readonly gateFolds: readonly Fold[];
  readonly scales: Float64Array;
  readonly moment: Float64Array;
  readonly refinements: number;
  readonly starter: BaseRewardModel | undefined;
  /** What `starter` implies, in standardised units. */
  readonly population: Population | undefined;
  readonly options: TrainingOptions;
  readonly progress: (done: number, stage: string) => void;
}

/**
 * Trains base rewards on `pooled` and holds them against `current`, which saw the same features.
 * A tfjs backend must be active. Throws {@link NotEnoughFeedbackError} where members or comparisons
 * are too few, `TooFewHeldOutError`, RangeError where a feature is not finite.
 */
export async function trainBaseRewards(
  pooled: PooledComparisons,
  current: BaseRewardModel,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const training = prepare(pooled, current.dimensions, options);
  const { data, folds, moment, population, progress, refinements } = training;
  const chosen = chooseSettings({
    data,
    folds,
    starter: population,
    maximumRank: options.maximumRank ?? DEFAULT_MAXIMUM_RANK,
    moment,
    refinements,
    random: createRandomGenerator(options.seed),
    onProgress: (done) => progress(0.05 + 0.65 * done, "choosing the settings"),
  });
  progress(0.7, "trying a hidden layer");
  const network = networkOf(training, chosen);
  progress(0.85, "training on everybody");
  const linear = toModel(fitEverybody(training, chosen), training, chosen.settings);
  const model = network.turns > 0 ? withNetwork(training, linear, network.turns) : linear;
  progress(0.95, "comparing with the present base rewards");
  const recipe = { ...chosen.settings, hiddenTurns: network.turns };
  const verdict = judgeRecipes(training, chosen, recipe, current);
  progress(1, "done");
  const answering = verdict.personalShare === 0 ? averageOnly(model) : model;
  const axes = nameAxes(model, training.pooled, training.starter);
  return {
    ...verdict,
    model: { ...answering, axes, recipe },
    settings: { ...recipe, rank: model.rank },
    leftOut: training.leftOut,
  };
}

/** Holds the two recipes against each other on people that neither is trained on. */
function judgeRecipes(
  training: Training,
  chosen: ChosenSettings,
  candidate: Recipe,
  current: BaseRewardModel,
): Verdict {
  const { data, folds, gateFolds, moment, population, refinements } = training;
  const ingredients: Ingredients = {
    ...{ moment, population, refinements },
    networkOptions: () => networkOptions(training),
    toModel: (linear, recipe) => toModel(linear, training, recipe),
  };
  const known = gateFolds === folds && candidate.hiddenTurns === 0;
  const made = known
    ? { made: chosen.folds.map((fold) => ingredients.toModel(fold, candidate)) }
    : {};
  const trial = { data, folds: gateFolds, candidate, current, ingredients, ...made };
  return judge(scoreRecipes(trial), candidate.personalShare);
}

function prepare(all: PooledComparisons, dimensions: number, options: TrainingOptions): Training {
  const progress = options.onProgress ?? (() => {});
  progress(0, "reading the votes");
  const trusted = withoutColluders(all, dimensions, options);
  const { data, members, scales } = trusted;
  const starter = options.starter ?? starterFor(options.encoderId);
  return {
    ...trusted,
    ...splitForTraining(data, members, options),
    moment: secondMoment(data),
    refinements: refinementsFor(data, members),
    starter,
    population: starter && impliedPopulation(starter, scales),
    options,
    progress,
  };
}

/** The comparisons of those who do not vote as one. Throws {@link NotEnoughFeedbackError}. */
function withoutColluders(pooled: PooledComparisons, dimensions: number, options: TrainingOptions) {
  const all = arrange(pooled, dimensions, options);
  if (options.leaveOutColluders === false) return { ...all, leftOut: 0 };
  const trusted = trustedMembers(all.data, all.members, createRandomGenerator(options.seed));
  const leftOut = all.members.length - trusted.length;
  if (leftOut === 0) return { ...all, leftOut };
  return { ...arrange(ofMembers(pooled, trusted), dimensions, options), leftOut };
}

function arrange(
  pooled: PooledComparisons,
  dimensions: number,
  { minimumMembers = MINIMUM_MEMBERS }: TrainingOptions,
) {
  const scales = differenceScales(pooled, dimensions);
  const data = prepareTrainingData(pooled, dimensions, scales);
  return { pooled, scales, data, members: membersWithEnough(data, minimumMembers) };
}

function starterFor(encoderId: string): BaseRewardModel | undefined {
  const starter = createStarterModel();
  return starter.encoderId === encoderId ? starter : undefined;
}

/** The members who can take part. Throws {@link NotEnoughFeedbackError}. */
function membersWithEnough(data: TrainingData, minimumMembers: number): number[] {
  const members: number[] = [];
  for (let member = 0; member < data.members; member++) {
    const votes = data.starts[member + 1]! - data.starts[member]!;
    if (votes >= MINIMUM_COMPARISONS_PER_MEMBER) members.push(member);
  }
  // One member cannot be held out from nobody, whatever the caller allows.
  if (members.length < Math.max(2, minimumMembers) || data.count < MINIMUM_COMPARISONS) {
    throw new NotEnoughFeedbackError(members.length, data.count, minimumMembers);
  }
  return members;
}

/**
 * Everybody's population. Where the search left members out for speed, it starts from what the
 * search found.
 */
function fitEverybody(training: Training, chosen: ChosenSettings): LinearBaseRewards {
  const { data, folds, members, moment, refinements } = training;
  const { settings } = chosen;
  const [{ others, training: searched }] = folds as [Fold];
  const population =
    others.length > searched.length
      ? populationAfter(data, members, { ...settings, rounds: refinements }, chosen.population)
      : populationAfter(
          data,
          members,
          settings,
          startOf(settings, data.dimensions, training.population),
        );
  const kept = settings.shared ? population : withoutMean(population);
  return factorise(kept, leadingDirections(kept, moment), settings);
}

/** How many rounds on everybody are affordable. */
function refinementsFor(data: TrainingData, members: readonly number[]): number {
  const rounds = Math.floor(REFINEMENT_COST / (costOf(data, members) * members.length));
  return Math.min(MOST_REFINEMENTS, Math.max(1, rounds));
}

function networkOf(training: Training, chosen: ChosenSettings) {
  const { data, folds, options, pooled } = training;
  const { personalShare, rank } = chosen.settings;
  if (options.hiddenUnits === 0 || rank > MOST_WITH_HIDDEN_LAYER || personalShare === 0)
    return { turns: 0, scores: chosen.scores };
  const linear = chosen.folds.map((fold) => toModel(fold, training, chosen.settings));
  return chooseNetwork(linear, chosen.scores, folds, pooled, data, networkOptions(training));
}

function withNetwork(training: Training, linear: BaseRewardModel, turns: number): BaseRewardModel {
  const { data, members, pooled } = training;
  const options = networkOptions(training);
  return turnToPrincipalAxes(addNetwork(linear, turns, members, pooled, data, options), pooled);
}

function networkOptions({ options, scales }: Training) {
  const units = options.hiddenUnits ?? DEFAULT_HIDDEN_UNITS;
  return { units, scales, random: createRandomGenerator(options.seed) };
}

/** The base rewards in the features' own units. */
function toModel(
  linear: LinearBaseRewards,
  { scales, options }: Pick<Training, "scales" | "options">,
  { personalShare }: LinearSettings,
): BaseRewardModel {
  const dimensions = scales.length;
  const weights = new Float32Array(linear.rank * dimensions);
  for (let at = 0; at < weights.length; at++) {
    weights[at] = linear.weights[at]! * scales[at % dimensions]!;
  }
  return {
    version: "",
    encoderId: options.encoderId,
    rank: linear.rank,
    dimensions,
    weights,
    prior: linear.prior,
    personalShare,
    positionBias: linear.positionBias,
    differenceVariances: linear.differenceVariances,
    axes: [],
  };
}

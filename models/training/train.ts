/**
 * Training of base rewards from pooled comparisons: settings chosen on held-out members, the final
 * fit on everybody, the gate against the current model. Knows no storage, threads or members' names.
 */
import { type BaseRewardModel, baseRewardDifferences } from "../base-rewards.js";
import type { PooledComparisons } from "../comparison.js";
import { createRandomGenerator } from "../random.js";
import { type ChosenSettings, chooseSettings, type LinearSettings } from "./choose-settings.js";
import { factorise, type LinearBaseRewards, leadingDirections } from "./factorise.js";
import { splitIntoFolds } from "./folds.js";
import { judge, type Verdict } from "./gate.js";
import { type MemberScore, scoreMember } from "./held-out.js";
import { nameAxes } from "./name-axes.js";
import {
  MINIMUM_COMPARISONS,
  MINIMUM_COMPARISONS_PER_MEMBER,
  MINIMUM_MEMBERS,
  NotEnoughFeedbackError,
} from "./not-enough-feedback.js";
import { estimatePopulation, flatPopulation } from "./population.js";
import {
  differenceScales,
  prepareTrainingData,
  rowsByMember,
  secondMoment,
  type TrainingData,
} from "./training-data.js";

export interface TrainingOptions {
  /** The same seed, data and current model give the same result, bit for bit on one backend. */
  readonly seed: number;
  /** The encoder that made the features. */
  readonly encoderId: string;
  /** The most base rewards to consider; 32 where not given. */
  readonly maximumRank?: number;
  /** Members with two votes or more that training waits for; {@link MINIMUM_MEMBERS} where not given. */
  readonly minimumMembers?: number;
  /** `done` runs from 0 to 1. */
  readonly onProgress?: (done: number, stage: string) => void;
  /** A model over the same features whose axes have readable names, to name the learned ones by. */
  readonly namedBy?: BaseRewardModel;
}

export interface TrainingSettings extends LinearSettings {
  /** Whether φ has a hidden layer. */
  readonly hidden: boolean;
}

export interface TrainingResult extends Verdict {
  /** The candidate, trained on everybody; its version is empty, for the caller to fill in. */
  readonly model: BaseRewardModel;
  readonly settings: TrainingSettings;
}

const DEFAULT_MAXIMUM_RANK = 32;

/**
 * Trains base rewards on `pooled` and holds them against `current`, which saw the same features.
 * Throws {@link NotEnoughFeedbackError} where members or comparisons are too few.
 */
export async function trainBaseRewards(
  pooled: PooledComparisons,
  current: BaseRewardModel,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const progress = options.onProgress ?? (() => {});
  const random = createRandomGenerator(options.seed);
  progress(0, "reading the votes");
  const dimensions = current.dimensions;
  const scales = differenceScales(pooled, dimensions);
  const data = prepareTrainingData(pooled, dimensions, scales);
  const members = membersWithEnough(data, options.minimumMembers ?? MINIMUM_MEMBERS);
  const moment = secondMoment(data);
  const folds = splitIntoFolds(members, random);
  const chosen = chooseSettings(
    data,
    folds,
    options.maximumRank ?? DEFAULT_MAXIMUM_RANK,
    moment,
    (done) => progress(0.05 + 0.7 * done, "choosing the settings"),
  );
  progress(0.75, "training on everybody");
  const linear = fitEverybody(data, members, chosen, moment);
  progress(0.95, "comparing with the present base rewards");
  const model = toModel(linear, scales, pooled, options);
  const verdict = judge(scoreCurrent(pooled, data, current, chosen), chosen.scores);
  progress(1, "done");
  return { ...verdict, model, settings: { ...chosen.settings, rank: model.rank, hidden: false } };
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

function fitEverybody(
  data: TrainingData,
  members: readonly number[],
  { settings }: ChosenSettings,
  moment: Float64Array,
): LinearBaseRewards {
  const start = flatPopulation(data.dimensions);
  const path = estimatePopulation(data, members, { shrinkage: settings.shrinkage, start });
  let population = start;
  for (let round = 0; round < settings.rounds; round++) population = path.next().value;
  return factorise(population, leadingDirections(population), settings.rank, moment);
}

/** The model in the features' own units. */
function toModel(
  linear: LinearBaseRewards,
  scales: Float64Array,
  pooled: PooledComparisons,
  options: TrainingOptions,
): BaseRewardModel {
  const dimensions = scales.length;
  const weights = new Float32Array(linear.rank * dimensions);
  for (let at = 0; at < weights.length; at++) {
    weights[at] = linear.weights[at]! * scales[at % dimensions]!;
  }
  const model = {
    version: "",
    encoderId: options.encoderId,
    rank: linear.rank,
    dimensions,
    weights,
    prior: linear.prior,
    positionBias: linear.positionBias,
    axes: [],
  };
  return { ...model, axes: nameAxes(model, pooled, options.namedBy) };
}

/** How well the current model predicts the members that the candidate was held against. */
function scoreCurrent(
  pooled: PooledComparisons,
  data: TrainingData,
  current: BaseRewardModel,
  chosen: ChosenSettings,
): Map<number, MemberScore> {
  const { order } = rowsByMember(pooled);
  const scores = new Map<number, MemberScore>();
  for (const member of chosen.scores.keys()) {
    const rows = order.subarray(data.starts[member]!, data.starts[member + 1]!);
    const differences = baseRewardDifferences(
      current,
      rowsOf(pooled.featuresA, rows, current),
      rowsOf(pooled.featuresB, rows, current),
    );
    const votes = {
      count: rows.length,
      differences,
      outcomes: data.outcomes.subarray(data.starts[member]!, data.starts[member + 1]!),
      positions: data.positions.subarray(data.starts[member]!, data.starts[member + 1]!),
      weights: data.weights.subarray(data.starts[member]!, data.starts[member + 1]!),
    };
    const half = Math.floor(rows.length / 2);
    scores.set(member, scoreMember(current, votes, half, half));
  }
  return scores;
}

function rowsOf(features: Float32Array, rows: Int32Array, { dimensions }: BaseRewardModel) {
  const picked = new Float32Array(rows.length * dimensions);
  rows.forEach((row, to) => {
    picked.set(features.subarray(row * dimensions, (row + 1) * dimensions), to * dimensions);
  });
  return picked;
}

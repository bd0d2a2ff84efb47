/**
 * What all steps of one training share: whose votes take part, in which scale, in which folds. Decides
 * nothing and fits nothing.
 */

import { createRandomGenerator } from "../algebra/random.js";
import type { BaseRewardModel } from "../rewards/base-rewards.js";
import type { PooledComparisons } from "../rewards/comparison.js";
import { createStarterModel } from "../rewards/starter.js";
import { anotherOf, withoutAnother } from "./another-votes.js";
import { ofMembers } from "./collusion/select-members.js";
import { trustedMembers } from "./collusion/trust.js";
import { type Starts, startsFor } from "./estimate/implied-population.js";
import {
  differenceScales,
  prepareTrainingData,
  secondMoment,
  type TrainingData,
} from "./estimate/training-data.js";
import {
  MINIMUM_COMPARISONS,
  MINIMUM_COMPARISONS_PER_MEMBER,
  MINIMUM_MEMBERS,
  NotEnoughFeedbackError,
} from "./not-enough-feedback.js";
import type { Fold } from "./validate/folds.js";
import { costOf, splitForTraining } from "./validate/training-folds.js";

export interface TrainingOptions {
  /** The same seed, data and current model give the same result, bit for bit on one backend. */
  readonly seed: number;
  /** The encoder that made the features. */
  readonly encoderId: string;
  /** The most base rewards to consider; {@link DEFAULT_MAXIMUM_RANK} if not given. */
  readonly maximumRank?: number;
  /** Members with two votes or more that training waits for; {@link MINIMUM_MEMBERS} if not given. */
  readonly minimumMembers?: number;
  /** People who must be held out, or nothing is trained; the gate's ten if not given. */
  readonly minimumHeldOut?: number;
  /** Whether accounts that seem to vote with one will take no part; true if not given. */
  readonly leaveOutColluders?: boolean;
  /** Units of the hidden layer that is tried; 0 tries none. */
  readonly hiddenUnits?: number;
  /** `done` runs from 0 to 1. */
  readonly onProgress?: (done: number, stage: string) => void;
  /**
   * Called between steps of a few milliseconds; it may keep the thread waiting. What comes out does
   * not depend on it.
   */
  readonly pause?: () => void;
  /**
   * Untrained base rewards over the same features with readable axes: one of the starting points,
   * and what names the learned axes. The starter if not given and the features are its own.
   */
  readonly starter?: BaseRewardModel;
}

export const DEFAULT_MAXIMUM_RANK = 128;
/** Multiplications that the last rounds on everybody may take, and how many there are at most. */
const REFINEMENT_COST = 1.6e10;
const MOST_REFINEMENTS = 8;

/** All that the steps of one training share. */
export interface Training {
  /** Without votes by "another answer". */
  readonly pooled: PooledComparisons;
  /** Votes by "another answer" of those whose votes take part; undefined if there are none. */
  readonly another: PooledComparisons | undefined;
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
  readonly starts: Starts;
  readonly options: TrainingOptions;
  readonly progress: (done: number, stage: string) => void;
}

/** Throws {@link NotEnoughFeedbackError}, `TooFewHeldOutError`, RangeError. */
export function prepareTraining(
  all: PooledComparisons,
  dimensions: number,
  options: TrainingOptions,
): Training {
  const progress = options.onProgress ?? (() => {});
  progress(0, "reading the votes");
  const trusted = withoutColluders(withoutAnother(all), dimensions, options);
  const { data, members, scales } = trusted;
  const starter = options.starter ?? starterFor(options.encoderId);
  return {
    ...trusted,
    another: anotherOf(all, trusted.members),
    ...splitForTraining(data, members, options),
    moment: secondMoment(data),
    refinements: refinementsFor(data, members),
    starter,
    starts: startsFor({ id: options.encoderId, dimensions }, starter, scales),
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
  { minimumMembers = MINIMUM_MEMBERS, pause }: TrainingOptions,
) {
  const scales = differenceScales(pooled, dimensions);
  const data = prepareTrainingData(pooled, dimensions, scales, pause);
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

/** How many rounds on everybody are affordable. */
function refinementsFor(data: TrainingData, members: readonly number[]): number {
  const rounds = Math.floor(REFINEMENT_COST / (costOf(data, members) * members.length));
  return Math.min(MOST_REFINEMENTS, Math.max(1, rounds));
}

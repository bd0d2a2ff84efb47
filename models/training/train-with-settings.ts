/**
 * Training with settings that are given instead of chosen: for figures of what a setting does.
 * Knows no gate and no hidden layer.
 */
import type { BaseRewardModel } from "../rewards/base-rewards.js";
import type { PooledComparisons } from "../rewards/comparison.js";
import type { LinearSettings } from "../rewards/recipe.js";
import { createStarterModel } from "../rewards/starter.js";
import { populationAfter } from "./choose/choose-settings.js";
import { factorise, leadingDirections } from "./estimate/factorise.js";
import { startOf, startsFor } from "./estimate/implied-population.js";
import type { Population } from "./estimate/member-posterior.js";
import { withoutMean } from "./estimate/shared-taste.js";
import {
  differenceScales,
  prepareTrainingData,
  secondMoment,
  type TrainingData,
} from "./estimate/training-data.js";

/** What the settings that differ in nothing but their ranks share. */
export interface ForcedTraining {
  readonly pooled: PooledComparisons;
  /** D. */
  readonly dimensions: number;
  readonly encoderId: string;
  readonly settings: LinearSettings;
  /** Another start than the one that the settings name, from the data and its second moment. */
  readonly start?: (data: TrainingData, moment: Float64Array) => Population;
  /** The most base rewards to keep, one model for each; those of the settings if not given. */
  readonly ranks?: readonly number[];
}

/** One model, with axes that have no names, for each rank, trained on all members. */
export function trainWithSettings(training: ForcedTraining): BaseRewardModel[] {
  const { pooled, dimensions, encoderId, settings, ranks = [settings.rank] } = training;
  const scales = differenceScales(pooled, dimensions);
  const data = prepareTrainingData(pooled, dimensions, scales);
  const moment = secondMoment(data);
  const starter = createStarterModel();
  const own = starter.encoderId === encoderId ? starter : undefined;
  const starts = startsFor({ id: encoderId, dimensions }, own, scales);
  const members = Array.from({ length: data.members }, (_, member) => member);
  const start = training.start?.(data, moment) ?? startOf(settings, starts);
  const estimated = populationAfter(data, members, settings, start);
  const population = settings.shared ? estimated : withoutMean(estimated);
  const directions = leadingDirections(population, moment);
  return ranks.map((wanted) => {
    const linear = factorise(population, directions, { ...settings, rank: wanted });
    const weights = new Float32Array(linear.rank * dimensions);
    for (let at = 0; at < weights.length; at++) {
      weights[at] = linear.weights[at]! * scales[at % dimensions]!;
    }
    const { positionBias, prior, rank } = linear;
    return { version: "", encoderId, rank, dimensions, weights, prior, positionBias, axes: [] };
  });
}

/**
 * The last fit: base rewards with the chosen settings, from the votes of everybody who takes part.
 * Chooses nothing.
 */

import { createRandomGenerator } from "../algebra/random.js";
import type { BaseRewardModel } from "../rewards/base-rewards.js";
import type { LinearSettings } from "../rewards/recipe.js";
import { addNetwork } from "./choose/choose-network.js";
import { type ChosenSettings, populationAfter } from "./choose/choose-settings.js";
import { factorise, type LinearBaseRewards, leadingDirections } from "./estimate/factorise.js";
import { startOf } from "./estimate/implied-population.js";
import type { NetworkOptions } from "./estimate/network.js";
import { withoutMean } from "./estimate/shared-taste.js";
import { turnToPrincipalAxes } from "./estimate/turn-axes.js";
import type { Training } from "./prepare-training.js";
import type { Fold } from "./validate/folds.js";

const DEFAULT_HIDDEN_UNITS = 16;

/** Base rewards from everybody's votes, with a hidden layer after `hiddenTurns`, none after 0. */
export function fitEverybody(
  training: Training,
  chosen: ChosenSettings,
  hiddenTurns: number,
): BaseRewardModel {
  const linear = toModel(fitLinear(training, chosen), training, chosen.settings);
  return hiddenTurns > 0 ? withNetwork(training, linear, hiddenTurns) : linear;
}

/**
 * Everybody's population. If the search left members out for speed, it starts from what the
 * search found.
 */
function fitLinear(training: Training, chosen: ChosenSettings): LinearBaseRewards {
  const { data, folds, members, moment, refinements } = training;
  const { settings } = chosen;
  const [{ others, training: searched }] = folds as [Fold];
  const population =
    others.length > searched.length
      ? populationAfter(data, members, { ...settings, rounds: refinements }, chosen.population)
      : populationAfter(data, members, settings, startOf(settings, training.starts));
  const used = settings.shared ? population : withoutMean(population);
  return factorise(used, leadingDirections(used, moment), settings);
}

function withNetwork(training: Training, linear: BaseRewardModel, turns: number): BaseRewardModel {
  const { data, members, pooled } = training;
  const options = networkOptions(training);
  return turnToPrincipalAxes(addNetwork(linear, turns, members, pooled, data, options), pooled);
}

/** The hidden layer that is tried, the same at each call. */
export function networkOptions({ options, scales }: Training): NetworkOptions {
  const units = options.hiddenUnits ?? DEFAULT_HIDDEN_UNITS;
  return { units, scales, random: createRandomGenerator(options.seed) };
}

/** The base rewards in the features' own units. */
export function toModel(
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

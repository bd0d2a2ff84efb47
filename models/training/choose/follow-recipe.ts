/**
 * Trains by a recipe: all that an earlier training had decided before its last fit. Followed again
 * without somebody, it says what the base rewards would be had that person never voted.
 */

import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import type { Recipe } from "../../rewards/recipe.js";
import { factorise, type LinearBaseRewards, leadingDirections } from "../estimate/factorise.js";
import { type Starts, startOf } from "../estimate/implied-population.js";
import type { NetworkOptions } from "../estimate/network.js";
import { withoutMean } from "../estimate/shared-taste.js";
import type { TrainingData } from "../estimate/training-data.js";
import { MINIMUM_COMPARISONS_PER_MEMBER } from "../not-enough-feedback.js";
import type { Fold } from "../validate/folds.js";
import { addNetwork } from "./choose-network.js";
import { populationAfter } from "./choose-settings.js";

/** What all recipes over the same features share. */
export interface Ingredients {
  /** Second moment of the differences, [P, P]. */
  readonly moment: Float64Array;
  readonly starts: Starts;
  /** Rounds that take in the members that a fold left out of its search. */
  readonly refinements: number;
  /** For each call the same draws. */
  readonly networkOptions: () => NetworkOptions;
  /** The base rewards of `recipe` in the features' own units. */
  readonly toModel: (linear: LinearBaseRewards, recipe: Recipe) => BaseRewardModel;
}

/**
 * What `recipe` makes of the votes in `data` of those whom `fold` does not hold out; undefined where
 * fewer than two of them have votes enough.
 */
export function followRecipe(
  recipe: Recipe,
  fold: Fold,
  data: TrainingData,
  ingredients: Ingredients,
): BaseRewardModel | undefined {
  const takesPart = (member: number) =>
    data.starts[member + 1]! - data.starts[member]! >= MINIMUM_COMPARISONS_PER_MEMBER;
  const others = fold.others.filter(takesPart);
  const training = fold.training.filter(takesPart);
  if (training.length < 2) return undefined;
  const { moment, networkOptions, refinements, starts, toModel } = ingredients;
  let population = populationAfter(data, training, recipe, startOf(recipe, starts));
  if (others.length > training.length) {
    const more = { ...recipe, rounds: refinements };
    population = populationAfter(data, others, more, population);
  }
  const used = recipe.shared ? population : withoutMean(population);
  const linear = toModel(factorise(used, leadingDirections(used, moment), recipe), recipe);
  if (recipe.hiddenTurns === 0) return linear;
  return addNetwork(linear, recipe.hiddenTurns, others, data.pooled, data, networkOptions());
}

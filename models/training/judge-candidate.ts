/** The last step of a training: the candidate's recipe and the current one, without those who judge. */
import type { BaseRewardModel } from "../rewards/base-rewards.js";
import type { Recipe } from "../rewards/recipe.js";
import type { ChosenSettings } from "./choose/choose-settings.js";
import type { Ingredients } from "./choose/follow-recipe.js";
import { networkOptions, toModel } from "./fit-everybody.js";
import type { Training } from "./prepare-training.js";
import { judge, type Verdict } from "./validate/gate.js";
import { scoreRecipes } from "./validate/score-recipes.js";

/** The gate's verdict on `recipe`, from people that neither recipe is trained on. */
export function judgeCandidate(
  training: Training,
  chosen: ChosenSettings,
  recipe: Recipe,
  current: BaseRewardModel,
): Verdict {
  const { data, folds, gateFolds, moment, refinements, starts } = training;
  const ingredients: Ingredients = {
    moment,
    refinements,
    starts,
    networkOptions: () => networkOptions(training),
    toModel: (linear, settings) => toModel(linear, training, settings),
  };
  // The search has made the candidate's models already when the gate has the same folds.
  const isMade = gateFolds === folds && recipe.hiddenTurns === 0;
  const scores = scoreRecipes({
    data,
    folds: gateFolds,
    candidate: recipe,
    current,
    ingredients,
    ...(isMade && { made: chosen.folds.map((fold) => ingredients.toModel(fold, recipe)) }),
  });
  return judge(scores, recipe.personalShare);
}

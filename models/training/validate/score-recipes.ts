/**
 * Scores the candidate's recipe and the current one on people that neither was trained on. Decides
 * nothing.
 */
import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import type { Recipe } from "../../rewards/recipe.js";
import { followRecipe, type Ingredients } from "../choose/follow-recipe.js";
import type { TrainingData } from "../estimate/training-data.js";
import type { Fold } from "./folds.js";
import { averageOnly, type GateScore, scoreForGate } from "./gate-score.js";
import { selectRows } from "./select-rows.js";

/** Scores of the same held-out people. */
export interface RecipeScores {
  readonly current: ReadonlyMap<number, GateScore>;
  readonly candidate: ReadonlyMap<number, GateScore>;
}

export interface RecipeTrial {
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  readonly candidate: Recipe;
  /** What the candidate's recipe gave on each fold, if that is known already. */
  readonly made?: readonly BaseRewardModel[];
  readonly current: BaseRewardModel;
  readonly ingredients: Ingredients;
}

/**
 * Follows both recipes on every fold: the candidate's on all votes, the current one's on the votes
 * that the current base rewards were trained with. Who had no part in the current base rewards is
 * scored under these themselves.
 */
export function scoreRecipes(trial: RecipeTrial): RecipeScores {
  const { candidate: recipe, data, folds, ingredients } = trial;
  const candidate = new Map<number, GateScore>();
  const current = new Map<number, GateScore>();
  const earlier = earlierVotes(data);
  for (const [at, fold] of folds.entries()) {
    const made = trial.made?.[at] ?? followRecipe(recipe, fold, data, ingredients);
    if (made === undefined) continue;
    addScores(candidate, made, fold.heldOut, data);
    addScores(current, trial.current, fold.heldOut, data);
    const hadPart = fold.heldOut.filter((member) => votesOf(earlier, member) > 0);
    const repeated = hadPart.length > 0 ? repeat(trial, fold, earlier) : undefined;
    if (repeated !== undefined) addScores(current, repeated, hadPart, data);
  }
  return { current, candidate };
}

/** The current base rewards as they would be without the people whom `fold` holds out. */
function repeat(
  { candidate, current, ingredients }: RecipeTrial,
  fold: Fold,
  earlier: TrainingData,
): BaseRewardModel | undefined {
  const made = followRecipe(current.recipe ?? candidate, fold, earlier, ingredients);
  // Where its average taste alone was adopted, its recipe does not say so.
  return made && current.personalShare === 0 ? averageOnly(made) : made;
}

function addScores(
  scores: Map<number, GateScore>,
  model: BaseRewardModel,
  members: readonly number[],
  data: TrainingData,
): void {
  for (const [member, score] of scoreForGate(model, members, data)) {
    scores.set(member, score);
  }
}

/** The votes that the current base rewards were trained with; every member keeps their number. */
function earlierVotes(data: TrainingData): TrainingData {
  const { order, pooled, starts } = data;
  const rowsOf = (member: number) => {
    const rows: number[] = [];
    for (let row = starts[member]!; row < starts[member + 1]!; row++) {
      if (pooled.trainedBefore?.[order[row]!]) rows.push(row);
    }
    return rows;
  };
  return selectRows(
    data,
    Array.from({ length: data.members }, (_, member) => rowsOf(member)),
  );
}

function votesOf({ starts }: TrainingData, member: number): number {
  return starts[member + 1]! - starts[member]!;
}

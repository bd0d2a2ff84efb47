/**
 * A member's user weights λ: the most likely ones given their comparisons and the population's
 * prior, by Newton's method. The Hessian at the optimum is the confidence ellipsoid (PReF,
 * section 4). Knows nothing of storage or threads.
 */

import {
  addOuterProduct,
  cholesky,
  choleskySolve,
  dot,
  tryCholesky,
} from "../algebra/linear-algebra.js";
import { readVotes } from "./another-answer.js";
import { type BaseRewardModel, baseRewardDifferences, ModelShapeError } from "./base-rewards.js";
import type { Comparisons } from "./comparison.js";
import {
  createExpansion,
  type Expansion,
  type UserWeightsProblem,
  writeHessian,
  writeObjectiveAndGradient,
} from "./user-weights-objective.js";

/** λ̂ of one member with what is known about it. */
export interface UserWeights {
  /** λ̂, [J]. */
  readonly weights: Float64Array;
  /** L, lower, [J, J] row-major, with LLᵀ = H: the member's confidence ellipsoid. */
  readonly cholesky: Float64Array;
  /** How many comparisons it is made of. */
  readonly votes: number;
  /** The version of the base rewards; under any other the weights mean nothing. */
  readonly modelVersion: string;
}

/** Of λ̂, in standard deviations of λ. */
const TOLERANCE = 1e-7;
const MAXIMUM_STEPS = 200;
const MAXIMUM_HALVINGS = 100;
/** With less than this left of a diagonal entry, a factor has lost half its digits. */
const SMALLEST_PIVOT = 1e-8;

/** The weights of somebody who has not voted: the population's mean and spread. */
export function priorUserWeights(model: BaseRewardModel): UserWeights {
  return {
    weights: model.prior.mean.slice(),
    cholesky: cholesky(model.prior.precision, model.rank),
    votes: 0,
    modelVersion: model.version,
  };
}

/**
 * λ̂ and L from all comparisons of one member. Finite for any finite input: whoever always prefers
 * a, contradicts themselves, or answers the same pair twice.
 * Throws `ModelShapeError` and `NotPositiveDefiniteError`.
 */
export function estimateUserWeights(model: BaseRewardModel, comparisons: Comparisons): UserWeights {
  const { count, featuresA, featuresB, outcomes, weights } = comparisons;
  if (featuresA.length !== count * model.dimensions) {
    throw new ModelShapeError(
      `${count} comparisons have ${featuresA.length} features a side, not ${model.dimensions} each: encode them with ${model.encoderId}.`,
    );
  }
  const fitted = fitUserWeights({
    count,
    rank: model.rank,
    ...readVotes(model, comparisons, baseRewardDifferences(model, featuresA, featuresB)),
    outcomes,
    weights,
    prior: model.prior,
  });
  return { ...fitted, votes: count, modelVersion: model.version };
}

/**
 * Minimises the negative log-posterior by Newton's method, with the step shortened if it does not
 * keep what it promises. Ends when λ is within 1e-7 of its standard deviations of the optimum, or
 * if rounding hides the rest. Throws `NotPositiveDefiniteError`.
 */
export function fitUserWeights(
  problem: UserWeightsProblem,
): Pick<UserWeights, "weights" | "cholesky"> {
  const { prior, rank } = problem;
  const [factor, scratch] = [new Float64Array(rank * rank), new Float64Array(rank * rank)];
  const step = new Float64Array(rank);
  let [current, trial] = [createPoint(problem), createPoint(problem)];
  current.weights.set(prior.mean);
  writeObjectiveAndGradient(problem, current.weights, current);
  for (let iteration = 0; iteration < MAXIMUM_STEPS; iteration++) {
    factoriseHessian(problem, current.curvatures, factor, scratch);
    choleskySolve(factor, current.gradient, rank, step);
    const decrement = dot(current.gradient, step);
    moveAlong(problem, current, step, 1, trial);
    if (leavesNothing(current, trial, decrement)) {
      current = trial;
      break;
    }
    const moved =
      keepsPromise(current, trial, step, decrement) ||
      shorten(problem, current, step, decrement, trial);
    if (!moved) break;
    [current, trial] = [trial, current];
  }
  factoriseHessian(problem, current.curvatures, factor, scratch);
  return { weights: current.weights, cholesky: factor };
}

/** A λ with f and its derivatives there. */
type Point = Expansion & { readonly weights: Float64Array };

function createPoint(problem: UserWeightsProblem): Point {
  return { weights: new Float64Array(problem.rank), ...createExpansion(problem) };
}

/** Sets `to` to λ − fraction · step and expands f there. */
function moveAlong(
  problem: UserWeightsProblem,
  from: Point,
  step: Float64Array,
  fraction: number,
  to: Point,
): void {
  for (let axis = 0; axis < step.length; axis++) {
    to.weights[axis] = from.weights[axis]! - fraction * step[axis]!;
  }
  writeObjectiveAndGradient(problem, to.weights, to);
}

/**
 * Whether the step from `from` to `to` was the last one. Where no logit moves by more than ε < 1, H
 * changes by no more than a factor of about 1 + ε (|σ″| ≤ σ′), so that the error after a Newton step
 * of √decrement standard deviations of λ is about ε times that.
 */
function leavesNothing(from: Point, to: Point, decrement: number): boolean {
  let largest = 0;
  for (let row = 0; row < from.logits.length; row++) {
    largest = Math.max(largest, Math.abs(to.logits[row]! - from.logits[row]!));
  }
  return largest < 1 && largest * Math.sqrt(decrement) < TOLERANCE;
}

/**
 * Whether f fell by a fair part of what Newton's method expects, half the decrement ∇fᵀH⁻¹∇f. Where
 * rounding hides that, the slope along the step has to have fallen by half.
 */
function keepsPromise(from: Point, to: Point, step: Float64Array, decrement: number): boolean {
  const fall = from.objective - to.objective;
  if (fall > 0.1 * decrement) return true;
  const hidden = Math.abs(fall) <= 1e-13 * from.objective;
  return hidden && Math.abs(dot(to.gradient, step)) < 0.5 * decrement;
}

/**
 * Halves the way along the step until f has fallen and at most half its slope is left. Where λ is
 * far off, answers look certain and f is nearly straight but for bends as narrow as 1 / ‖z‖; the
 * step then ends in a bend, where H is right. False where there is no way to go.
 */
function shorten(
  problem: UserWeightsProblem,
  from: Point,
  step: Float64Array,
  decrement: number,
  to: Point,
): boolean {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < MAXIMUM_HALVINGS; halving++) {
    const middle = (low + high) / 2;
    moveAlong(problem, from, step, middle, to);
    const slope = dot(to.gradient, step);
    if (slope >= 0 && slope <= 0.5 * decrement) return true;
    if (slope < 0) high = middle;
    else low = middle;
  }
  moveAlong(problem, from, step, low, to);
  return low > 0;
}

/**
 * Writes L with LLᵀ = Λ + Σ curvature zzᵀ to `out`. Where that sum drowns Λ in rounding, one comparison after the
 * other is rotated into the factor of Λ, which keeps both.
 */
function factoriseHessian(
  problem: UserWeightsProblem,
  curvatures: Float64Array,
  out: Float64Array,
  hessian: Float64Array,
): void {
  const { count, differences, prior, rank } = problem;
  writeHessian(problem, curvatures, hessian);
  if (tryCholesky(hessian, rank, out) > SMALLEST_PIVOT) return;
  cholesky(prior.precision, rank, out);
  const root = new Float64Array(rank);
  for (let row = 0; row < count; row++) {
    const length = Math.sqrt(curvatures[row]!);
    for (let axis = 0; axis < rank; axis++) root[axis] = length * differences[row * rank + axis]!;
    addOuterProduct(out, root, rank);
  }
}

/**
 * A member's user weights λ: the most likely ones given their comparisons and the population's
 * prior, by Newton's method. The Hessian at the optimum is the confidence ellipsoid (PReF,
 * section 4). Knows nothing of storage or threads.
 */
import { type BaseRewardModel, baseRewardDifferences } from "./base-rewards.js";
import type { Comparisons } from "./comparison.js";
import { cholesky, solveLower, solveLowerTransposed } from "./linear-algebra.js";
import {
  objective,
  type UserWeightsProblem,
  writeGradient,
  writeHessian,
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

const GRADIENT_TOLERANCE = 1e-8;
const MAXIMUM_STEPS = 100;
const SMALLEST_STEP = 1e-12;

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
  const { count, featuresA, featuresB, outcomes, positions, weights } = comparisons;
  const fitted = fitUserWeights({
    count,
    rank: model.rank,
    differences: baseRewardDifferences(model, featuresA, featuresB),
    outcomes,
    positions,
    weights,
    positionBias: model.positionBias,
    prior: model.prior,
  });
  return { ...fitted, votes: count, modelVersion: model.version };
}

/**
 * Minimises the negative log-posterior by Newton's method with step halving, until the largest
 * entry of the gradient is below 1e-8 or no step improves any more (as with differences so large
 * that rounding hides the rest). Throws `NotPositiveDefiniteError`.
 */
export function fitUserWeights(
  problem: UserWeightsProblem,
): Pick<UserWeights, "weights" | "cholesky"> {
  const { rank } = problem;
  let current = problem.prior.mean.slice();
  let trial = new Float64Array(rank);
  const gradient = new Float64Array(rank);
  const hessian = new Float64Array(rank * rank);
  const factor = new Float64Array(rank * rank);
  const step = new Float64Array(rank);
  let value = objective(problem, current);
  for (let iteration = 0; iteration < MAXIMUM_STEPS; iteration++) {
    writeGradient(problem, current, gradient);
    writeHessian(problem, current, hessian);
    cholesky(hessian, rank, factor);
    if (largestEntry(gradient) < GRADIENT_TOLERANCE) return { weights: current, cholesky: factor };
    solveLower(factor, gradient, rank, step);
    solveLowerTransposed(factor, step, rank, step);
    const next = descend(problem, current, step, value, trial);
    if (next === undefined) break;
    value = next;
    [current, trial] = [trial, current];
  }
  writeHessian(problem, current, hessian);
  return { weights: current, cholesky: cholesky(hessian, rank, factor) };
}

/** Writes current − t·step to `trial` with the largest t = 1, ½, ¼ … that lowers the objective. */
function descend(
  problem: UserWeightsProblem,
  current: Float64Array,
  step: Float64Array,
  value: number,
  trial: Float64Array,
): number | undefined {
  for (let fraction = 1; fraction > SMALLEST_STEP; fraction /= 2) {
    for (let axis = 0; axis < step.length; axis++) {
      trial[axis] = current[axis]! - fraction * step[axis]!;
    }
    const next = objective(problem, trial);
    if (next < value) return next;
    // Near the optimum the objective no longer tells steps apart: take the full one, which Newton's
    // quadratic convergence makes the last.
    if (fraction === 1 && next - value <= 1e-13 * Math.abs(value)) return next;
  }
  return undefined;
}

function largestEntry(vector: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < vector.length; at++) largest = Math.max(largest, Math.abs(vector[at]!));
  return largest;
}

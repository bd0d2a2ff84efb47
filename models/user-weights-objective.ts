/**
 * The negative log-posterior of one member's weights with its gradient and Hessian:
 *
 *   f(λ) = Σ_s w_s [softplus(η_s) − c_s η_s] + ½ (λ − μ)ᵀ Λ (λ − μ),   η_s = λᵀz_s + b₀ p_s
 *
 * (Bradley-Terry with ties as half a win each, PReF section 4, and the population as prior).
 */
import type { UserWeightsPrior } from "./base-rewards.js";

/** One member's comparisons in terms of base rewards. */
export interface UserWeightsProblem {
  /** n. */
  readonly count: number;
  /** J. */
  readonly rank: number;
  /** z = φ(a) − φ(b), [n, J] row-major. */
  readonly differences: Float64Array;
  /** c, [n]: 1 where a was preferred, 0.5 for a tie, 0 where b was. */
  readonly outcomes: ArrayLike<number>;
  /** w, [n]. */
  readonly weights: ArrayLike<number>;
  /** p, [n]: +1 where a was shown first, -1 where b was, 0 for neither. */
  readonly positions: ArrayLike<number>;
  /** b₀. */
  readonly positionBias: number;
  readonly prior: UserWeightsPrior;
}

/** σ(x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const power = Math.exp(x);
  return power / (1 + power);
}

/** log(1 + eˣ), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** η_s of comparison `row`. */
export function logit(problem: UserWeightsProblem, userWeights: Float64Array, row: number): number {
  const { differences, rank } = problem;
  let sum = problem.positionBias * problem.positions[row]!;
  const start = row * rank;
  for (let axis = 0; axis < rank; axis++) sum += userWeights[axis]! * differences[start + axis]!;
  return sum;
}

/** f(λ). */
export function objective(problem: UserWeightsProblem, userWeights: Float64Array): number {
  const { count, outcomes, prior, rank, weights } = problem;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const eta = logit(problem, userWeights, row);
    sum += weights[row]! * (softplus(eta) - outcomes[row]! * eta);
  }
  let penalty = 0;
  for (let axis = 0; axis < rank; axis++) {
    const offset = userWeights[axis]! - prior.mean[axis]!;
    penalty += offset * priorPull(problem, userWeights, axis);
  }
  return sum + penalty / 2;
}

/** ∇f(λ), written to `gradient` [J]. */
export function writeGradient(
  problem: UserWeightsProblem,
  userWeights: Float64Array,
  gradient: Float64Array,
): void {
  const { count, differences, outcomes, rank, weights } = problem;
  for (let axis = 0; axis < rank; axis++) gradient[axis] = priorPull(problem, userWeights, axis);
  for (let row = 0; row < count; row++) {
    const residual = sigmoid(logit(problem, userWeights, row)) - outcomes[row]!;
    const factor = weights[row]! * residual;
    const start = row * rank;
    for (let axis = 0; axis < rank; axis++) gradient[axis]! += factor * differences[start + axis]!;
  }
}

/** H = Σ w σ′(η) zzᵀ + Λ, written to `hessian` [J, J]. Positive definite, since Λ is. */
export function writeHessian(
  problem: UserWeightsProblem,
  userWeights: Float64Array,
  hessian: Float64Array,
): void {
  const { count, differences, prior, rank, weights } = problem;
  hessian.set(prior.precision);
  for (let row = 0; row < count; row++) {
    const probability = sigmoid(logit(problem, userWeights, row));
    const curvature = weights[row]! * probability * (1 - probability);
    const start = row * rank;
    for (let first = 0; first < rank; first++) {
      const factor = curvature * differences[start + first]!;
      for (let second = 0; second <= first; second++) {
        hessian[first * rank + second]! += factor * differences[start + second]!;
      }
    }
  }
  mirrorLowerTriangle(hessian, rank);
}

/** Row `axis` of Λ(λ − μ). */
function priorPull(problem: UserWeightsProblem, userWeights: Float64Array, axis: number): number {
  const { prior, rank } = problem;
  let sum = 0;
  for (let other = 0; other < rank; other++) {
    sum += prior.precision[axis * rank + other]! * (userWeights[other]! - prior.mean[other]!);
  }
  return sum;
}

function mirrorLowerTriangle(matrix: Float64Array, size: number): void {
  for (let first = 0; first < size; first++) {
    for (let second = 0; second < first; second++) {
      matrix[second * size + first] = matrix[first * size + second]!;
    }
  }
}

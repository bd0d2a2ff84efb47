/**
 * The negative log-posterior of one member's feature weights β = m + SXᵀa, in the coefficients a, with
 * its gradient and Hessian:
 *
 *   f(a) = Σ_s w_s [softplus(η_s) − c_s η_s] + ½ aᵀKa,   η = η₀ + Ka
 *   ∇f = K (a + s),   ∇²f = K + K W K
 *
 * with the slopes s = w (σ(η) − c) and the curvatures W = diag w σ′(η) (Bradley-Terry, Rasmussen &
 * Williams, Gaussian Processes, section 3.4).
 */
import { dot } from "../../algebra/products.js";
import { sigmoid, softplus } from "../../rewards/user-weights-objective.js";

/** One member's comparisons under a population. */
export interface MemberProblem {
  /** n; the arrays may be longer. */
  readonly count: number;
  /** K = XSXᵀ, [n, n]. */
  readonly kernel: Float64Array;
  /** η₀, the logits at the population's mean, [n]. */
  readonly prior: Float64Array;
  /** c, [n]: 1 when a was preferred, 0.5 for a tie, 0 when b was. */
  readonly outcomes: ArrayLike<number>;
  /** w, [n]. */
  readonly weights: ArrayLike<number>;
}

/** Writes η. */
export function writeLogits(
  { count, kernel, prior }: MemberProblem,
  coefficients: Float64Array,
  logits: Float64Array,
): void {
  for (let row = 0; row < count; row++) {
    logits[row] = prior[row]! + dot(kernel, row * count, coefficients, 0, count);
  }
}

/** f(a), from a and its logits. */
export function objective(
  { count, outcomes, prior, weights }: MemberProblem,
  coefficients: Float64Array,
  logits: Float64Array,
): number {
  let sum = 0;
  for (let row = 0; row < count; row++) {
    const logit = logits[row]!;
    sum += weights[row]! * (softplus(logit) - outcomes[row]! * logit);
    sum += 0.5 * coefficients[row]! * (logit - prior[row]!);
  }
  return sum;
}

/** Writes s, of which the gradient is made, and the diagonal of W, of which the Hessian is. */
export function writeSlopesAndCurvatures(
  { count, outcomes, weights }: MemberProblem,
  logits: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): void {
  for (let row = 0; row < count; row++) {
    const p = sigmoid(logits[row]!);
    slopes[row] = weights[row]! * (p - outcomes[row]!);
    curvatures[row] = weights[row]! * p * (1 - p);
  }
}

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

/** f and its derivatives at one λ; H is Λ and the curvatures of the comparisons, see {@link writeHessian}. */
export interface Expansion {
  /** f(λ). */
  objective: number;
  /** ∇f(λ), [J]. */
  readonly gradient: Float64Array;
  /** η, [n]. */
  readonly logits: Float64Array;
  /** w σ′(η), [n]. */
  readonly curvatures: Float64Array;
}

/** Room for an expansion of `problem`. */
export function createExpansion({ count, rank }: UserWeightsProblem): Expansion {
  return {
    objective: Number.NaN,
    gradient: new Float64Array(rank),
    logits: new Float64Array(count),
    curvatures: new Float64Array(count),
  };
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

/**
 * Expands f at λ in one pass over the comparisons. With e = exp(−|η|) the likely and the unlikely
 * answer have probability 1/(1 + e) and e/(1 + e), so that nothing is the difference of two larger
 * numbers, and an answer that is all but certain keeps its slope to full precision.
 */
export function expand(
  problem: UserWeightsProblem,
  userWeights: Float64Array,
  out: Expansion,
): void {
  const { count, differences, outcomes, positionBias, positions, rank, weights } = problem;
  const { curvatures, gradient, logits } = out;
  let sum = writePrior(problem, userWeights, gradient);
  for (let row = 0; row < count; row++) {
    const start = row * rank;
    let logit = positionBias * positions[row]!;
    for (let axis = 0; axis < rank; axis++)
      logit += userWeights[axis]! * differences[start + axis]!;
    const size = Math.abs(logit);
    const power = Math.exp(-size);
    const likely = 1 / (1 + power);
    const unlikely = power * likely;
    // The share of the vote that went to the unlikely answer.
    const missed = logit > 0 ? 1 - outcomes[row]! : outcomes[row]!;
    const surprise = missed * likely - (1 - missed) * unlikely;
    const weight = weights[row]!;
    const factor = logit > 0 ? weight * surprise : -weight * surprise;
    for (let axis = 0; axis < rank; axis++) gradient[axis]! += factor * differences[start + axis]!;
    sum += weight * (Math.log1p(power) + missed * size);
    logits[row] = logit;
    curvatures[row] = weight * likely * unlikely;
  }
  out.objective = sum;
}

/** H = Σ curvature zzᵀ + Λ, [J, J]. Positive definite, since Λ is. Only the lower triangle is written. */
export function writeHessian(
  { count, differences, prior, rank }: UserWeightsProblem,
  curvatures: Float64Array,
  hessian: Float64Array,
): void {
  hessian.set(prior.precision);
  for (let row = 0; row < count; row++) {
    const curvature = curvatures[row]!;
    const start = row * rank;
    for (let first = 0; first < rank; first++) {
      const factor = curvature * differences[start + first]!;
      const entry = first * rank;
      for (let second = 0; second <= first; second++) {
        hessian[entry + second]! += factor * differences[start + second]!;
      }
    }
  }
}

/** Writes Λ(λ − μ) to `gradient` and returns ½ (λ − μ)ᵀ Λ (λ − μ). */
function writePrior(
  { prior: { mean, precision }, rank }: UserWeightsProblem,
  userWeights: Float64Array,
  gradient: Float64Array,
): number {
  let penalty = 0;
  for (let axis = 0; axis < rank; axis++) {
    let pull = 0;
    for (let other = 0; other < rank; other++) {
      pull += precision[axis * rank + other]! * (userWeights[other]! - mean[other]!);
    }
    gradient[axis] = pull;
    penalty += pull * (userWeights[axis]! - mean[axis]!);
  }
  return penalty / 2;
}

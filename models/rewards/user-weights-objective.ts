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
  /** c, [n]: 1 if a was preferred, 0.5 for a tie, 0 if b was. */
  readonly outcomes: ArrayLike<number>;
  /** w, [n]. */
  readonly weights: ArrayLike<number>;
  /** p, [n]: +1 if a was shown first, -1 if b was, 0 for neither. */
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
  /** w (σ(η) − c), [n]. */
  readonly slopes: Float64Array;
  /** w σ′(η), [n]. */
  readonly curvatures: Float64Array;
}

/** Room for an expansion of `problem`. */
export function createExpansion({ count, rank }: UserWeightsProblem): Expansion {
  return {
    objective: Number.NaN,
    gradient: new Float64Array(rank),
    logits: new Float64Array(count),
    slopes: new Float64Array(count),
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
 * Expands f at λ. With e = exp(−|η|) the likely and the unlikely
 * answer have probability 1/(1 + e) and e/(1 + e), so that nothing is the difference of two larger
 * numbers, and an answer that is all but certain keeps its slope to full precision.
 */
export function writeObjectiveAndGradient(
  problem: UserWeightsProblem,
  userWeights: Float64Array,
  out: Expansion,
): void {
  const { count, outcomes, weights } = problem;
  const { curvatures, gradient, logits, slopes } = out;
  writeLogits(problem, userWeights, logits);
  let sum = writePrior(problem, userWeights, gradient);
  for (let row = 0; row < count; row++) {
    const logit = logits[row]!;
    const size = Math.abs(logit);
    const power = Math.exp(-size);
    const likely = 1 / (1 + power);
    const unlikely = power * likely;
    // The share of the vote that went to the unlikely answer.
    const missed = logit > 0 ? 1 - outcomes[row]! : outcomes[row]!;
    const surprise = missed * likely - (1 - missed) * unlikely;
    const weight = weights[row]!;
    sum += weight * (Math.log1p(power) + missed * size);
    slopes[row] = logit > 0 ? weight * surprise : -weight * surprise;
    curvatures[row] = weight * likely * unlikely;
  }
  addRows(problem, slopes, gradient);
  out.objective = sum;
}

/**
 * Writes η, for four comparisons at a time: short loops over J would cost more in being begun and
 * ended. Past the end the last comparison comes again.
 */
function writeLogits(
  { count, differences, positionBias, positions, rank }: UserWeightsProblem,
  userWeights: Float64Array,
  logits: Float64Array,
): void {
  const last = count - 1;
  for (let row = 0; row < count; row += 4) {
    const row1 = Math.min(row + 1, last);
    const row2 = Math.min(row + 2, last);
    const row3 = Math.min(row + 3, last);
    let logit0 = positionBias * positions[row]!;
    let logit1 = positionBias * positions[row1]!;
    let logit2 = positionBias * positions[row2]!;
    let logit3 = positionBias * positions[row3]!;
    for (let axis = 0; axis < rank; axis++) {
      const weight = userWeights[axis]!;
      logit0 += weight * differences[row * rank + axis]!;
      logit1 += weight * differences[row1 * rank + axis]!;
      logit2 += weight * differences[row2 * rank + axis]!;
      logit3 += weight * differences[row3 * rank + axis]!;
    }
    logits[row] = logit0;
    logits[row1] = logit1;
    logits[row2] = logit2;
    logits[row3] = logit3;
  }
}

/** gradient += Σ slope z, four comparisons at a time as in {@link writeHessian}. */
function addRows(
  { count, differences, rank }: UserWeightsProblem,
  slopes: Float64Array,
  gradient: Float64Array,
): void {
  const startOf = (row: number) => Math.min(row, count - 1) * rank;
  const slopeOf = (row: number) => (row < count ? slopes[row]! : 0);
  for (let row = 0; row < count; row += 4) {
    const [start0, start1] = [startOf(row), startOf(row + 1)];
    const [start2, start3] = [startOf(row + 2), startOf(row + 3)];
    const [slope0, slope1] = [slopeOf(row), slopeOf(row + 1)];
    const [slope2, slope3] = [slopeOf(row + 2), slopeOf(row + 3)];
    for (let axis = 0; axis < rank; axis++) {
      gradient[axis]! +=
        slope0 * differences[start0 + axis]! +
        slope1 * differences[start1 + axis]! +
        slope2 * differences[start2 + axis]! +
        slope3 * differences[start3 + axis]!;
    }
  }
}

/**
 * H = Σ curvature zzᵀ + Λ, [J, J]. Positive definite, since Λ is. Only the lower triangle is written,
 * for four comparisons at a time; past the end the last one comes again with no curvature.
 */
export function writeHessian(
  { count, differences, prior, rank }: UserWeightsProblem,
  curvatures: Float64Array,
  hessian: Float64Array,
): void {
  hessian.set(prior.precision);
  const startOf = (row: number) => Math.min(row, count - 1) * rank;
  const curvatureOf = (row: number) => (row < count ? curvatures[row]! : 0);
  for (let row = 0; row < count; row += 4) {
    const [start0, start1] = [startOf(row), startOf(row + 1)];
    const [start2, start3] = [startOf(row + 2), startOf(row + 3)];
    const [curvature0, curvature1] = [curvatureOf(row), curvatureOf(row + 1)];
    const [curvature2, curvature3] = [curvatureOf(row + 2), curvatureOf(row + 3)];
    for (let first = 0; first < rank; first++) {
      const factor0 = curvature0 * differences[start0 + first]!;
      const factor1 = curvature1 * differences[start1 + first]!;
      const factor2 = curvature2 * differences[start2 + first]!;
      const factor3 = curvature3 * differences[start3 + first]!;
      for (let second = 0; second <= first; second++) {
        hessian[first * rank + second]! +=
          factor0 * differences[start0 + second]! +
          factor1 * differences[start1 + second]! +
          factor2 * differences[start2 + second]! +
          factor3 * differences[start3 + second]!;
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

/**
 * The pairs whose rewards a question is meant to tell about: all of the candidates', or those that
 * may be asked about. Gives distances that measure what an answer tells about them all. Knows no
 * acquisition.
 */
import { cholesky } from "./linear-algebra.js";
import type { WhitenedCandidates } from "./whitened-candidates.js";

export interface PairsThatMatter {
  /**
   * Cᵀψ, [n, J], with CCᵀ = M = Σ ψψᵀ over all whitened pairs that matter: the squared distance of two
   * candidates is Σ (tᵀH⁻¹z)² over the pairs t, z being their difference.
   */
  readonly points: Float64Array;
  /** ‖M‖ (Frobenius): no squared distance is more than so many times zᵀH⁻¹z. */
  readonly norm: number;
}

/** Added to the diagonal of M, as a share of its trace, so that it stays definite. */
const RIDGE = 1e-9;

/** `pairs` [m, 2] of the candidates matter, or all of them where left out. */
export function pairsThatMatter(
  { count, rank, whitened }: WhitenedCandidates,
  pairs: Int32Array | undefined,
): PairsThatMatter {
  const centred = centre(whitened, rank);
  const contrasts = sumOfContrasts(centred, rank, pairs);
  const moment = new Float64Array(rank * rank);
  for (let row = 0; row < count; row++) {
    const start = row * rank;
    for (let first = 0; first < rank; first++) {
      const value = contrasts[start + first]!;
      for (let second = 0; second <= first; second++) {
        moment[first * rank + second]! += value * centred[start + second]!;
      }
    }
  }
  let trace = 0;
  for (let axis = 0; axis < rank; axis++) trace += moment[axis * rank + axis]!;
  for (let axis = 0; axis < rank; axis++) moment[axis * rank + axis]! += RIDGE * trace + 1e-300;
  const norm = normOf(moment, rank);
  return { points: timesFactor(whitened, cholesky(moment, rank)), norm };
}

/** √Σ M_kl², of which [J, J] `matrix` holds the lower half. */
function normOf(matrix: Float64Array, rank: number): number {
  const values: number[] = [];
  for (let row = 0; row < rank; row++) {
    values.push(matrix[row * rank + row]!);
    for (let column = 0; column < row; column++) {
      values.push(Math.SQRT2 * matrix[row * rank + column]!);
    }
  }
  return Math.hypot(...values);
}

/** [n, J] `values` less their mean row. */
function centre(values: Float64Array, rank: number): Float64Array {
  const count = values.length / rank;
  const mean = new Float64Array(rank);
  for (let at = 0; at < values.length; at++) mean[at % rank]! += values[at]! / count;
  return values.map((value, at) => value - mean[at % rank]!);
}

/** For each candidate, the sum of its differences to those it makes a pair with: [n, rank]. */
function sumOfContrasts(
  centred: Float64Array,
  rank: number,
  pairs: Int32Array | undefined,
): Float64Array {
  if (pairs === undefined) return centred.map((value) => (value * centred.length) / rank);
  const sums = new Float64Array(centred.length);
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const first = pairs[at]! * rank;
    const second = pairs[at + 1]! * rank;
    for (let axis = 0; axis < rank; axis++) {
      const difference = centred[first + axis]! - centred[second + axis]!;
      sums[first + axis]! += difference;
      sums[second + axis]! -= difference;
    }
  }
  return sums;
}

/** Cᵀψ of every candidate. */
function timesFactor(whitened: Float64Array, factor: Float64Array): Float64Array {
  const rank = Math.sqrt(factor.length);
  const turned = new Float64Array(whitened.length);
  for (let start = 0; start < whitened.length; start += rank) {
    for (let axis = 0; axis < rank; axis++) {
      let sum = 0;
      for (let k = axis; k < rank; k++) sum += factor[k * rank + axis]! * whitened[start + k]!;
      turned[start + axis] = sum;
    }
  }
  return turned;
}

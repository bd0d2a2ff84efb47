/**
 * Candidates in the coordinates of one member's confidence ellipsoid, where uncertainty is distance.
 * Knows no acquisition.
 */
import { solveLower } from "./linear-algebra.js";
import type { UserWeights } from "./user-weights.js";

export interface WhitenedCandidates {
  readonly count: number;
  readonly rank: number;
  /** ψ = L⁻¹φ, [n, J] row-major. */
  readonly whitened: Float64Array;
  /** λ̂ᵀφ, [n]. */
  readonly rewards: Float64Array;
}

/** ψ and λ̂ᵀφ of every candidate. */
export function whiten(
  baseRewards: Float64Array,
  count: number,
  userWeights: UserWeights,
): WhitenedCandidates {
  const rank = userWeights.weights.length;
  const whitened = new Float64Array(count * rank);
  const rewards = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const own = baseRewards.subarray(row * rank, (row + 1) * rank);
    solveLower(userWeights.cholesky, own, rank, whitened.subarray(row * rank, (row + 1) * rank));
    for (let axis = 0; axis < rank; axis++)
      rewards[row]! += userWeights.weights[axis]! * own[axis]!;
  }
  return { count, rank, whitened, rewards };
}

/** ‖row a − row b‖² of [n, rank] `points`. */
export function squaredDistance(points: Float64Array, rank: number, a: number, b: number): number {
  let sum = 0;
  for (let axis = 0, first = a * rank, second = b * rank; axis < rank; axis++, first++, second++) {
    const difference = points[first]! - points[second]!;
    sum += difference * difference;
  }
  return sum;
}

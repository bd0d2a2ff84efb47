/**
 * Candidates in the coordinates of one member's confidence ellipsoid, where uncertainty is distance.
 * Knows no acquisition.
 */
import { solveLower } from "../algebra/linear-algebra.js";
import type { UserWeights } from "../rewards/user-weights.js";

export interface WhitenedCandidates {
  readonly count: number;
  readonly rank: number;
  /** How many votes λ̂ is made of. */
  readonly votes: number;
  /** ψ = L⁻¹φ up to a shift that all candidates share, [n, J] row-major. */
  readonly whitened: Float64Array;
  /** L with LLᵀ = H, [J, J]. */
  readonly factor: Float64Array;
  /** λ̂ᵀφ up to a shift that all candidates share, [n]. */
  readonly rewards: Float64Array;
}

/**
 * ψ and λ̂ᵀφ of every candidate. Only differences of candidates mean something, so the first one
 * becomes the origin: a large φ that all have in common would cost the small differences their digits.
 */
export function whiten(
  baseRewards: Float64Array,
  count: number,
  { weights, cholesky, votes }: UserWeights,
): WhitenedCandidates {
  const rank = weights.length;
  const whitened = new Float64Array(count * rank);
  const rewards = new Float64Array(count);
  const own = new Float64Array(rank);
  for (let row = 0; row < count; row++) {
    const start = row * rank;
    let reward = 0;
    for (let axis = 0; axis < rank; axis++) {
      own[axis] = baseRewards[start + axis]! - baseRewards[axis]!;
      reward += weights[axis]! * own[axis]!;
    }
    rewards[row] = reward;
    solveLower(cholesky, own, rank, own);
    whitened.set(own, start);
  }
  return { count, rank, votes, whitened, rewards, factor: cholesky };
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

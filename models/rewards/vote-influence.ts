/** How much each vote moved a member's weights. Knows no words and no texts. */
import { choleskySolve } from "../algebra/linear-algebra.js";
import type { UserWeights } from "./user-weights.js";
import { sigmoid } from "./user-weights-objective.js";

/**
 * [n], the length of H⁻¹ w (σ(λ̂ᵀz) − c) z for each vote: by how much λ̂ would move, to first order,
 * without it (the influence function of an M-estimator). `differences` is z, [n, J] row-major.
 */
export function voteInfluences(
  userWeights: UserWeights,
  differences: Float64Array,
  outcomes: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float64Array {
  const rank = userWeights.weights.length;
  return Float64Array.from({ length: outcomes.length }, (_, row) => {
    const z = differences.subarray(row * rank, (row + 1) * rank);
    const logit = z.reduce((sum, value, axis) => sum + value * userWeights.weights[axis]!, 0);
    const residual = weights[row]! * (sigmoid(logit) - outcomes[row]!);
    return Math.abs(residual) * Math.hypot(...choleskySolve(userWeights.cholesky, z, rank));
  });
}

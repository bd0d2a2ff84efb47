/** The same problem in other coordinates, where its Hessian is nearly singular or its numbers huge. */
import type { UserWeightsProblem } from "../../models/rewards/user-weights-objective.js";

export interface Stretch {
  /** Q, orthogonal, [J, J] row-major. */
  readonly rotation: Float64Array;
  /** s, [J]. */
  readonly stretches: readonly number[];
}

/**
 * The problem with z′ = Q diag(s) z, so that λ′ = Q diag(1/s) λ has the same rewards. `back` takes a
 * λ′ to its λ.
 */
export function stretchProblem(
  problem: UserWeightsProblem,
  { rotation, stretches }: Stretch,
): { stretched: UserWeightsProblem; back: (weights: Float64Array) => Float64Array } {
  const { count, differences, prior, rank } = problem;
  const forward = (vector: Float64Array, power: 1 | -1) =>
    Float64Array.from({ length: rank }, (_, row) =>
      vector.reduce((sum, x, k) => sum + rotation[row * rank + k]! * x * stretches[k]! ** power, 0),
    );
  const turned = new Float64Array(count * rank);
  for (let row = 0; row < count; row++) {
    turned.set(forward(differences.subarray(row * rank, (row + 1) * rank), 1), row * rank);
  }
  // Λ′ = (Q diag(s)) Λ (Q diag(s))ᵀ, first its rows, then its columns.
  const half = new Float64Array(rank * rank);
  const precision = new Float64Array(rank * rank);
  for (let row = 0; row < rank; row++) {
    half.set(forward(prior.precision.subarray(row * rank, (row + 1) * rank), 1), row * rank);
  }
  for (let column = 0; column < rank; column++) {
    const own = Float64Array.from({ length: rank }, (_, row) => half[row * rank + column]!);
    forward(own, 1).forEach((value, row) => {
      precision[row * rank + column] = value;
    });
  }
  return {
    stretched: {
      ...problem,
      differences: turned,
      prior: { mean: forward(prior.mean, -1), precision },
    },
    back: (weights) =>
      Float64Array.from({ length: rank }, (_, axis) =>
        weights.reduce((sum, x, k) => sum + rotation[k * rank + axis]! * x * stretches[axis]!, 0),
      ),
  };
}

/**
 * The mean taste of one server's members, shrunk to everybody's: average tastes do not carry over from
 * one crowd to another. Made of weights that are there already. Knows no server and no store.
 */

import { cholesky, choleskySolve } from "../algebra/linear-algebra.js";
import type { BaseRewardModel } from "./base-rewards.js";
import { NO_SPREAD } from "./personal-share.js";
import type { UserWeights } from "./user-weights.js";

type Weights = Pick<UserWeights, "weights" | "cholesky">;
type Prior = Pick<BaseRewardModel, "personalShare" | "prior" | "rank">;

/** Servers' means are taken to differ by half of what members differ by before κ. */
const SERVER_SPREAD = 0.5;

/**
 * δ = μ_g − μ, [J], from the weights of a server's members: λ_i ~ N(μ + δ, Λ⁻¹) and δ ~ N(0, ¼κ⁻²Λ⁻¹), Λ the
 * prior's precision with κ in it. Generalised least squares: [4κ²Λ + Σ(Λ − ΛH_i⁻¹Λ)] δ = Σ Λ(λ̂_i − μ),
 * next to nothing where votes are few, the server's own mean where they are many. Nobody counts
 * more than somebody whose taste is fully known.
 */
export function serverShift(model: Prior, members: readonly Weights[]): Float64Array {
  const { personalShare = 1, prior, rank } = model;
  const { mean, precision } = prior;
  const certainty = (Math.max(personalShare, NO_SPREAD) / SERVER_SPREAD) ** 2;
  const information = precision.map((entry) => certainty * entry);
  const residual = new Float64Array(rank);
  for (const member of members) {
    const left = shareOfPrior(precision, member, rank);
    for (let axis = 0; axis < rank; axis++) {
      residual[axis]! += member.weights[axis]! - mean[axis]!;
      left[axis * (rank + 1)]! -= 1;
    }
    addProduct(precision, left, rank, -1, information);
  }
  return choleskySolve(cholesky(information, rank), times(precision, residual, rank), rank);
}

/**
 * A member's weights where the prior's mean is moved by `shift`, in the quadratic approximation that H is
 * made for: λ̂ + H⁻¹Λδ. Somebody without votes moves all the way, somebody with many hardly.
 */
export function shiftedWeights(model: Prior, own: UserWeights, shift: Float64Array): UserWeights {
  const { prior, rank } = model;
  const moved = choleskySolve(own.cholesky, times(prior.precision, shift, rank), rank);
  return { ...own, weights: own.weights.map((weight, axis) => weight + moved[axis]!) };
}

/** H⁻¹Λ, [J, J]. */
function shareOfPrior(precision: Float64Array, { cholesky }: Weights, rank: number): Float64Array {
  const share = new Float64Array(rank * rank);
  for (let column = 0; column < rank; column++) {
    const entries = Float64Array.from(
      { length: rank },
      (_, row) => precision[row * rank + column]!,
    );
    choleskySolve(cholesky, entries, rank, entries);
    for (let row = 0; row < rank; row++) share[row * rank + column] = entries[row]!;
  }
  return share;
}

/** out += factor · first · second, all [size, size]. */
function addProduct(
  first: Float64Array,
  second: Float64Array,
  size: number,
  factor: number,
  out: Float64Array,
): void {
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const entry = factor * first[row * size + k]!;
      if (entry === 0) continue;
      for (let column = 0; column < size; column++) {
        out[row * size + column]! += entry * second[k * size + column]!;
      }
    }
  }
}

function times(matrix: Float64Array, vector: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) product[row]! += matrix[row * size + k]! * vector[k]!;
  }
  return product;
}

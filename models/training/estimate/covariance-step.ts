/**
 * The population's covariance: one accelerated step of expectation maximisation, in coordinates in
 * which the present covariance is the identity. Knows no members, only their spread.
 */

import { addGram, dot, mirrorLower, multiply, transposeRows } from "../../algebra/products.js";
import { symmetricEigen } from "../../algebra/symmetric-eigen.js";

/** The highest power a step is taken to; higher ones overshoot while a direction is still unknown. */
const MAXIMUM_ACCELERATION = 3;
/** A step shrinks no direction by more than this. */
const SMALLEST_CHANGE = 1e-6;
const SMALLEST_SHARE = 1e-3;

/**
 * The next covariance [P, P] from `factor` L of the present one, the members' modes `spread`
 * [members, P] and the `information` B [P, P], both whitened by L.
 *
 * A plain step multiplies the covariance by M = I + (spread of the modes − B) / members and creeps
 * when votes say little. Here every eigenvalue of M is taken to the power that would end at the
 * fixed point at once if the model were Gaussian: with κ the share of a direction that votes
 * determine, a plain step covers κ² of the way. Positive definite, with the same fixed points.
 */
export function covarianceStep(
  factor: Float64Array,
  spread: Float64Array,
  information: Float64Array,
  members: number,
  size: number,
): Float64Array {
  const multiplier = plainStep(spread, information, members, size);
  const { values, vectors } = symmetricEigen(multiplier, size);
  const informed = new Float64Array(size * size);
  multiply(vectors, 0, information, informed, size, size, size);
  const roots = new Float64Array(size * size);
  for (let k = 0; k < size; k++) {
    const share = dot(informed, k * size, vectors, k * size, size) / members;
    const power = 1 / Math.max(share, SMALLEST_SHARE) ** 2;
    const half = Math.min(MAXIMUM_ACCELERATION, Math.max(power, 1)) / 2;
    const root = Math.max(values[k]!, SMALLEST_CHANGE) ** half;
    for (let i = 0; i < size; i++) roots[k * size + i] = root * vectors[k * size + i]!;
  }
  // L (Vᵀ diag(m^power) V) Lᵀ, as the Gram matrix of (diag(m^power/2) V) Lᵀ.
  const turned = new Float64Array(size * size);
  transposeRows(factor, size, size, turned);
  multiply(roots, 0, turned, informed, size, size, size);
  const covariance = new Float64Array(size * size);
  addGram(informed, size, size, 1, covariance);
  mirrorLower(covariance, size);
  return covariance;
}

/** M, the mean of the members' second moments about their mean: spread of the modes and own covariance. */
function plainStep(
  spread: Float64Array,
  information: Float64Array,
  members: number,
  size: number,
): Float64Array {
  const centred = spread.slice();
  for (let i = 0; i < size; i++) {
    let mean = 0;
    for (let row = 0; row < members; row++) mean += spread[row * size + i]! / members;
    for (let row = 0; row < members; row++) centred[row * size + i]! -= mean;
  }
  const multiplier = new Float64Array(size * size);
  addGram(centred, members, size, 1 / members, multiplier);
  mirrorLower(multiplier, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      multiplier[at]! += (i === j ? 1 : 0) - information[at]! / members;
    }
  }
  return multiplier;
}

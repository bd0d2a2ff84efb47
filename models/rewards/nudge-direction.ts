/** Which difference of features a wish for more of one axis, and of nothing else, stands for. */

import { cholesky, choleskySolve } from "../algebra/linear-algebra.js";
import { type BaseRewardModel, computeBaseRewards } from "./base-rewards.js";

/** Keeps the moment definite when the responses do not vary along an axis. */
const RIDGE = 1e-6;

/**
 * The difference of features, [D], that goes with z = `size` · e_axis among `features` [n, D]: the
 * regression of f on φ over all responses, f = Cov(f, φ) Cov(φ)⁻¹ z. It stays close to what real
 * responses look like, so that it means about the same under base rewards that are learned later.
 */
export function nudgeDirection(
  model: BaseRewardModel,
  features: Float32Array,
  axis: number,
  size: number,
): Float32Array {
  const { dimensions, rank } = model;
  const count = features.length / dimensions;
  const rewards = centred(computeBaseRewards(model, features), count, rank);
  const wish = new Float64Array(rank);
  wish[axis] = size * count;
  const pull = choleskySolve(cholesky(moment(rewards, count, rank), rank), wish, rank);
  const direction = new Float32Array(dimensions);
  for (let row = 0; row < count; row++) {
    let share = 0;
    for (let k = 0; k < rank; k++) share += rewards[row * rank + k]! * pull[k]!;
    // The rewards are centred, so the mean of the features drops out.
    for (let d = 0; d < dimensions; d++) {
      direction[d]! += (share / count) * features[row * dimensions + d]!;
    }
  }
  return direction;
}

/** Σ φφᵀ of centred rewards, with a ridge. */
function moment(rewards: Float64Array, count: number, rank: number): Float64Array {
  const sum = new Float64Array(rank * rank);
  for (let row = 0; row < count; row++) {
    for (let first = 0; first < rank; first++) {
      for (let second = 0; second < rank; second++) {
        sum[first * rank + second]! += rewards[row * rank + first]! * rewards[row * rank + second]!;
      }
    }
  }
  for (let k = 0; k < rank; k++) sum[k * rank + k]! += RIDGE * count;
  return sum;
}

function centred(values: Float64Array, count: number, rank: number): Float64Array {
  const result = values.slice();
  for (let k = 0; k < rank; k++) {
    let mean = 0;
    for (let row = 0; row < count; row++) mean += values[row * rank + k]! / count;
    for (let row = 0; row < count; row++) result[row * rank + k]! -= mean;
  }
  return result;
}

/** Fixes the gauge of trained base rewards of any kind. Knows no members. */

import { addGram, mirrorLower } from "../../algebra/products.js";
import { type BaseRewardModel, baseRewardDifferences } from "../../rewards/base-rewards.js";
import type { PooledComparisons } from "../../rewards/comparison.js";
import { factorise, leadingDirections } from "./factorise.js";

/**
 * Turns the axes of `model`, whose user weights have covariance κ²I, so that base rewards are
 * uncorrelated over the comparisons, ordered by explained variance, each liked by the average
 * member. Rewards stay as they are.
 */
export function turnToPrincipalAxes(
  model: BaseRewardModel,
  pooled: PooledComparisons,
): BaseRewardModel {
  const { personalShare = 1, rank } = model;
  const differences = baseRewardDifferences(model, pooled.featuresA, pooled.featuresB);
  const moment = new Float64Array(rank * rank);
  addGram(differences, pooled.count, rank, 1 / pooled.count, moment);
  mirrorLower(moment, rank);
  const covariance = Float64Array.from(moment, (_, at) => (at % (rank + 1) === 0 ? 1 : 0));
  const population = { mean: model.prior.mean, covariance, positionBias: model.positionBias };
  const directions = leadingDirections(population, moment);
  const turn = factorise(population, directions, { rank, attenuated: false, personalShare });
  const turned = (weights: Float32Array) => rotate(turn.weights, weights, rank);
  const { hidden } = model;
  return {
    ...model,
    weights: turned(model.weights),
    prior: turn.prior,
    differenceVariances: turn.differenceVariances,
    ...(hidden && { hidden: { ...hidden, outputWeights: turned(hidden.outputWeights) } }),
  };
}

/** rotation [J, J] · weights [J, columns]. */
function rotate(rotation: Float64Array, weights: Float32Array, rank: number): Float32Array {
  const columns = weights.length / rank;
  return weights.map((_, at) => {
    const axis = Math.floor(at / columns);
    let sum = 0;
    for (let k = 0; k < rank; k++) {
      sum += rotation[axis * rank + k]! * weights[k * columns + (at % columns)]!;
    }
    return sum;
  });
}

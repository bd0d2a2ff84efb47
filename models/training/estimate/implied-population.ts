/**
 * Where the estimator of the population starts: at no knowledge, or at what a model with readable
 * axes implies. Knows no members.
 */

import { cholesky, solveLower } from "../../algebra/linear-algebra.js";
import { addGram, mirrorLower } from "../../algebra/products.js";
import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import type { Population } from "./member-posterior.js";

/**
 * The population that `model` implies, in units standardised by `scales` [D]: β = Wᵀλ, and
 * next to it as much of every direction as without any knowledge.
 */
export function impliedPopulation(model: BaseRewardModel, scales: Float64Array): Population {
  const { dimensions, rank, prior } = model;
  const known = flatPopulation(dimensions);
  // The rows of L⁻¹W, whose Gram matrix is WᵀΛ⁻¹W.
  const factor = cholesky(prior.precision, rank);
  const rows = new Float64Array(rank * dimensions);
  const column = new Float64Array(rank);
  for (let feature = 0; feature < dimensions; feature++) {
    const scale = scales[feature]!;
    if (scale === 0) continue;
    for (let axis = 0; axis < rank; axis++) {
      column[axis] = model.weights[axis * dimensions + feature]! / scale;
      known.mean[feature]! += prior.mean[axis]! * column[axis]!;
    }
    solveLower(factor, column, rank).forEach((value, axis) => {
      rows[axis * dimensions + feature] = value;
    });
  }
  addGram(rows, rank, dimensions, 1, known.covariance);
  mirrorLower(known.covariance, dimensions);
  return { ...known, positionBias: model.positionBias };
}

/** No knowledge: mean zero, independent weights whose rewards' differences have variance 1. */
export function flatPopulation(dimensions: number): Population {
  const covariance = new Float64Array(dimensions * dimensions);
  for (let i = 0; i < dimensions; i++) covariance[i * dimensions + i] = 1 / dimensions;
  return { mean: new Float64Array(dimensions), covariance, positionBias: 0 };
}

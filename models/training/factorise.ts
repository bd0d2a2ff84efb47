/**
 * From a population of feature weights to base rewards: the covariance's leading directions become
 * φ, and the gauge is fixed. Knows no members.
 */
import type { UserWeightsPrior } from "../base-rewards.js";
import { symmetricEigen } from "../symmetric-eigen.js";
import { dot, multiply } from "./matrix.js";
import type { Population } from "./member-posterior.js";

/** Base rewards over training's difference vectors. */
export interface LinearBaseRewards {
  /** J. */
  readonly rank: number;
  /** [J, P] row-major. */
  readonly weights: Float64Array;
  readonly prior: UserWeightsPrior;
  readonly positionBias: number;
  /** [J], variance of each base reward's difference over the training comparisons. */
  readonly explained: Float64Array;
}

/** A direction below this share of the leading one carries nothing and is dropped. */
const NEGLIGIBLE = 1e-9;

/** The eigenvectors of a population's covariance, made once for all ranks. */
export interface Directions {
  /** Eigenvalues, descending. */
  readonly values: Float64Array;
  /** [P, P], row k is the unit eigenvector of values[k]. */
  readonly vectors: Float64Array;
}

export function leadingDirections(population: Population): Directions {
  return symmetricEigen(population.covariance, population.mean.length);
}

/**
 * The `rank` leading directions of the population as base rewards, with λ ~ N(μ, I): φ = √e vᵀx.
 * Within them the axes are turned so that base rewards are uncorrelated over the comparisons whose
 * second moment is `moment` [P, P], ordered by explained variance, each with μ ≥ 0.
 */
export function factorise(
  population: Population,
  directions: Directions,
  rank: number,
  moment: Float64Array,
): LinearBaseRewards {
  const size = population.mean.length;
  const floor = Math.max(directions.values[0]! * NEGLIGIBLE, Number.MIN_VALUE);
  const kept = Math.max(1, countAbove(directions.values, floor, Math.min(rank, size)));
  const scaled = new Float64Array(kept * size);
  const mean = new Float64Array(kept);
  for (let k = 0; k < kept; k++) {
    const root = Math.sqrt(Math.max(directions.values[k]!, floor));
    for (let i = 0; i < size; i++) scaled[k * size + i] = root * directions.vectors[k * size + i]!;
    mean[k] = dot(directions.vectors, k * size, population.mean, 0, size) / root;
  }
  const turned = turnToPrincipalAxes(scaled, mean, kept, size, moment);
  return { ...turned, rank: kept, positionBias: population.positionBias };
}

function turnToPrincipalAxes(
  weights: Float64Array,
  mean: Float64Array,
  rank: number,
  size: number,
  moment: Float64Array,
): Pick<LinearBaseRewards, "weights" | "prior" | "explained"> {
  const product = new Float64Array(rank * size);
  multiply(weights, 0, moment, product, rank, size, size);
  const correlation = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      correlation[i * rank + j] = dot(product, i * size, weights, j * size, size);
    }
  }
  const { values, vectors } = symmetricEigen(correlation, rank);
  const turnedMean = new Float64Array(rank);
  for (let k = 0; k < rank; k++) {
    const value = dot(vectors, k * rank, mean, 0, rank);
    if (value < 0) for (let j = 0; j < rank; j++) vectors[k * rank + j]! *= -1;
    turnedMean[k] = Math.abs(value);
  }
  const turned = new Float64Array(rank * size);
  multiply(vectors, 0, weights, turned, rank, rank, size);
  const precision = new Float64Array(rank * rank);
  for (let k = 0; k < rank; k++) precision[k * rank + k] = 1;
  return { weights: turned, prior: { mean: turnedMean, precision }, explained: values };
}

function countAbove(values: Float64Array, floor: number, limit: number): number {
  let count = 0;
  while (count < limit && values[count]! > floor) count++;
  return count;
}

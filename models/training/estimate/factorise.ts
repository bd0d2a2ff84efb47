/**
 * From a population of feature weights to base rewards: the directions in which the members'
 * rewards differ most become φ, and the gauge is fixed. Knows no members.
 */

import { cholesky, solveLowerTransposed } from "../../algebra/linear-algebra.js";
import { dot, multiply, transposeRows } from "../../algebra/products.js";
import { symmetricEigen } from "../../algebra/symmetric-eigen.js";
import type { UserWeightsPrior } from "../../rewards/base-rewards.js";
import { narrowed, type PersonalShare } from "../../rewards/personal-share.js";
import type { Population } from "./member-posterior.js";

/** Base rewards over training's difference vectors. */
export interface LinearBaseRewards {
  /** J. */
  readonly rank: number;
  /** [J, P] row-major. */
  readonly weights: Float64Array;
  readonly prior: UserWeightsPrior;
  readonly positionBias: number;
  /** Mean squares of the base rewards' differences, [J]. */
  readonly differenceVariances: Float64Array;
}

/** A direction below this share of the leading one carries nothing and is dropped. */
const NEGLIGIBLE = 1e-9;
/** Added to the moment's diagonal, as a share of its mean: features may depend on each other. */
const RIDGE = 1e-6;
/** What the mean says outside of the leading directions gets an axis from this variance on (logits²). */
const TELLING_MEAN = 1e-4;

/** A population in coordinates in which the differences of the comparisons have covariance I. */
export interface Directions {
  /** Variance of the reward differences along each direction, descending, [P]. */
  readonly values: Float64Array;
  /** [P, P], row k is the unit direction of values[k]. */
  readonly vectors: Float64Array;
  /** C, lower, CCᵀ = second moment of the differences, [P, P]. */
  readonly factor: Float64Array;
  /** Cᵀm, [P]. */
  readonly mean: Float64Array;
  /** Cᵀ S C, [P, P]. */
  readonly covariance: Float64Array;
}

/** The directions of `population` over comparisons whose second moment is `moment` [P, P]. */
export function leadingDirections(population: Population, moment: Float64Array): Directions {
  const size = population.mean.length;
  const factor = cholesky(withRidge(moment, size), size);
  const turned = new Float64Array(size * size);
  transposeRows(factor, size, size, turned);
  const half = new Float64Array(size * size);
  multiply(turned, 0, population.covariance, half, size, size, size);
  const covariance = new Float64Array(size * size);
  multiply(half, 0, factor, covariance, size, size, size);
  const mean = new Float64Array(size);
  multiply(population.mean, 0, factor, mean, 1, size, size);
  return { ...symmetricEigen(covariance, size), factor, mean, covariance };
}

function withRidge(moment: Float64Array, size: number): Float64Array {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += moment[i * size + i]!;
  const ridge = Math.max((RIDGE * trace) / size, Number.MIN_VALUE);
  return moment.map((entry, at) => (at % (size + 1) === 0 ? entry + ridge : entry));
}

export interface FactorisationOptions {
  /** J; fewer if the population has fewer directions. */
  readonly rank: number;
  /** Whether what members differ in outside of the chosen axes makes logits smaller. */
  readonly attenuated: boolean;
  /** κ; 1 if not given. */
  readonly personalShare?: PersonalShare;
}

/**
 * `rank` base rewards with λ ~ N(μ, κ²I): uncorrelated over the comparisons, ordered by explained
 * variance, each with μ ≥ 0. The mean taste stays whole: what of it lies outside of the leading
 * directions becomes the last axis, so that a member without votes gets what the average one likes.
 */
export function factorise(
  population: Population,
  directions: Directions,
  { rank, attenuated, personalShare = 1 }: FactorisationOptions,
): LinearBaseRewards {
  const size = population.mean.length;
  const axes = axesOf(directions, Math.min(rank, size), size);
  const attenuation = attenuated ? attenuationBy(directions.values, axes) : 1;
  const weights = new Float64Array(axes.length * size);
  const mean = new Float64Array(axes.length);
  const differenceVariances = new Float64Array(axes.length);
  axes.forEach(({ direction, variance }, axis) => {
    const along = dot(direction, 0, directions.mean, 0, size);
    const deviation = along < 0 ? -Math.sqrt(variance) : Math.sqrt(variance);
    const scale = attenuation * deviation;
    const weight = solveLowerTransposed(directions.factor, direction, size);
    for (let i = 0; i < size; i++) weights[axis * size + i] = scale * weight[i]!;
    mean[axis] = along / deviation;
    differenceVariances[axis] = scale * scale;
  });
  const precision = narrowed(identity(axes.length), personalShare);
  const { positionBias } = population;
  const prior = { mean, precision };
  return { rank: axes.length, weights, prior, positionBias, differenceVariances };
}

/**
 * What members differ in outside of the chosen axes is noise to a model that has only these: it makes
 * every logit smaller by 1/√(1 + πv/8), v the variance left out (MacKay 1992). Without this a model
 * of few axes is too sure of each vote. The variance left out is half a guess, though, if members are
 * few, and so it is the root of that factor: the whole of it made predictions too unsure.
 */
function attenuationBy(variances: Float64Array, axes: readonly ChosenAxis[]): number {
  const total = variances.reduce((sum, variance) => sum + Math.max(variance, 0), 0);
  const explained = axes.reduce((sum, { variance }) => sum + variance, 0);
  return (1 + (Math.PI / 8) * Math.max(0, total - explained)) ** -0.25;
}

interface ChosenAxis {
  /** [P], a unit vector. */
  readonly direction: Float64Array;
  readonly variance: number;
}

function axesOf(directions: Directions, rank: number, size: number): ChosenAxis[] {
  const { values, vectors } = directions;
  const floor = Math.max(values[0]! * NEGLIGIBLE, Number.MIN_VALUE);
  const leading = (count: number): ChosenAxis[] =>
    Array.from({ length: count }, (_, k) => ({
      direction: vectors.subarray(k * size, (k + 1) * size),
      variance: Math.max(values[k]!, floor),
    })).filter(({ variance }, k) => k === 0 || variance > floor);
  if (rank < 2) return leading(1);
  const fewer = leading(rank - 1);
  const rest = restOfMean(directions, fewer, size);
  return rest === undefined ? leading(rank) : [...fewer, rest];
}

/** The part of the mean that lies outside of `axes`, as an axis; nothing if it says nothing. */
function restOfMean(
  { covariance, mean }: Directions,
  axes: readonly ChosenAxis[],
  size: number,
): ChosenAxis | undefined {
  const rest = mean.slice();
  for (const { direction } of axes) {
    const along = dot(direction, 0, mean, 0, size);
    for (let i = 0; i < size; i++) rest[i]! -= along * direction[i]!;
  }
  const square = dot(rest, 0, rest, 0, size);
  if (square < TELLING_MEAN) return undefined;
  const direction = rest.map((value) => value / Math.sqrt(square));
  const product = new Float64Array(size);
  multiply(direction, 0, covariance, product, 1, size, size);
  const variance = dot(product, 0, direction, 0, size);
  return { direction, variance: Math.max(variance, Number.MIN_VALUE) };
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * (size + 1)] = 1;
  return matrix;
}

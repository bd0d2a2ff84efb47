/**
 * The population of the members' feature weights by expectation maximisation: mean, covariance and
 * position bias, each step a Laplace approximation per member (empirical Bayes). Knows nothing of
 * base rewards.
 */
import type { BaseRewardModel } from "../base-rewards.js";
import { cholesky, solveLower } from "../linear-algebra.js";
import { symmetricEigen } from "../symmetric-eigen.js";
import { sigmoid } from "../user-weights-objective.js";
import { addGram, dot, mirrorLower, multiply } from "./matrix.js";
import {
  createPosteriorScratch,
  findMode,
  type Population,
  type PosteriorScratch,
} from "./member-posterior.js";
import type { TrainingData } from "./training-data.js";
import { transpose, whiten } from "./whiten.js";

/** What imagined members are like: independent in every feature, or as the start says. */
export type ShrinkageTarget = "independent" | "start";

export interface PopulationOptions {
  /** How many imagined members the covariance is shrunk by. */
  readonly shrinkage: number;
  readonly start: Population;
  readonly target: ShrinkageTarget;
}

/** The highest power a step is taken to; higher ones overshoot where a direction is still unknown. */
const MAXIMUM_ACCELERATION = 3;
/** A step shrinks no direction by more than this. */
const SMALLEST_CHANGE = 1e-6;

/**
 * The population that `model` implies, in units standardised by `scales` [D]: β = Wᵀλ, and
 * beside it as much of every direction as without any knowledge.
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

/**
 * Estimates the population of `members` (indices into `data`), one expectation-maximisation step
 * per iteration of the generator, each yielding the population so far. Stopping early regularises,
 * so the caller chooses when.
 */
export function* estimatePopulation(
  data: TrainingData,
  members: readonly number[],
  options: PopulationOptions,
): Generator<Population, never> {
  const rowsOf = members.map((member) => data.starts[member + 1]! - data.starts[member]!);
  const scratch = createPosteriorScratch(Math.max(1, ...rowsOf), data.dimensions);
  const coefficients = new Float64Array(data.count);
  let population = options.start;
  for (;;) {
    population = step(data, members, population, options, coefficients, scratch);
    yield population;
  }
}

function step(
  data: TrainingData,
  members: readonly number[],
  population: Population,
  options: PopulationOptions,
  coefficients: Float64Array,
  scratch: PosteriorScratch,
): Population {
  const size = data.dimensions;
  const modes = new Float64Array(members.length * size);
  const reduction = new Float64Array(size * size);
  const bias = { slope: 0, curvature: 0 };
  for (let index = 0; index < members.length; index++) {
    const member = members[index]!;
    findMode(data, member, population, coefficients, scratch);
    const mode = modes.subarray(index * size, (index + 1) * size);
    writeMode(data, member, population, coefficients, scratch, mode);
    addBias(data, member, scratch, bias);
    addReduction(data, member, scratch, reduction);
  }
  const mean = columnMeans(modes, members.length, size);
  const maximised = maximise(modes, mean, reduction, population.covariance, members.length);
  const covariance = accelerate(population.covariance, maximised, reduction, members.length, size);
  const share = options.shrinkage / (members.length + options.shrinkage);
  if (options.target === "start") mix(covariance, options.start.covariance, share);
  else shrinkToDiagonal(covariance, size, share);
  // One Newton step a round; the small constant keeps the bias at zero where nobody saw positions.
  const positionBias = population.positionBias + bias.slope / (bias.curvature + 1);
  return { mean, covariance, positionBias };
}

/** β = m + (XS)ᵀ a. */
function writeMode(
  data: TrainingData,
  member: number,
  population: Population,
  coefficients: Float64Array,
  { projected }: PosteriorScratch,
  mode: Float64Array,
): void {
  const start = data.starts[member]!;
  const rows = data.starts[member + 1]! - start;
  const size = data.dimensions;
  mode.set(population.mean);
  for (let row = 0; row < rows; row++) {
    const coefficient = coefficients[start + row]!;
    for (let i = 0; i < size; i++) mode[i]! += coefficient * projected[row * size + i]!;
  }
}

/** Slope and curvature of the log-likelihood in the position bias. */
function addBias(
  data: TrainingData,
  member: number,
  { logits, rootCurvature }: PosteriorScratch,
  bias: { slope: number; curvature: number },
): void {
  const start = data.starts[member]!;
  for (let row = start; row < data.starts[member + 1]!; row++) {
    const p = sigmoid(logits[row - start]!);
    bias.slope += data.weights[row]! * (data.outcomes[row]! - p) * data.positions[row]!;
    bias.curvature += rootCurvature[row - start]! ** 2 * data.positions[row]! ** 2;
  }
}

/** reduction += SXᵀ (W⁻¹ + K)⁻¹ XS, by which votes made this member's covariance smaller than S. */
function addReduction(
  data: TrainingData,
  member: number,
  { factor, projected, rootCurvature }: PosteriorScratch,
  reduction: Float64Array,
): void {
  const rows = data.starts[member + 1]! - data.starts[member]!;
  const size = data.dimensions;
  // The rows of L⁻¹ W½ XS, in place.
  for (let row = 0; row < rows; row++) {
    const at = row * size;
    for (let i = 0; i < size; i++) projected[at + i]! *= rootCurvature[row]!;
    for (let before = 0; before < row; before++) {
      const share = factor[row * rows + before]!;
      const from = before * size;
      for (let i = 0; i < size; i++) projected[at + i]! -= share * projected[from + i]!;
    }
    const pivot = 1 / factor[row * rows + row]!;
    for (let i = 0; i < size; i++) projected[at + i]! *= pivot;
  }
  addGram(projected, rows, size, 1, reduction);
}

function columnMeans(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const means = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) means[i]! += matrix[row * columns + i]! / rows;
  }
  return means;
}

/** The mean of the members' second moments about `mean`: spread of the modes plus own covariance. */
function maximise(
  modes: Float64Array,
  mean: Float64Array,
  reduction: Float64Array,
  previous: Float64Array,
  members: number,
): Float64Array {
  const size = mean.length;
  for (let row = 0; row < members; row++) {
    for (let i = 0; i < size; i++) modes[row * size + i]! -= mean[i]!;
  }
  const covariance = new Float64Array(size * size);
  addGram(modes, members, size, 1 / members, covariance);
  mirrorLower(reduction, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const at = i * size + j;
      covariance[at]! += previous[at]! - reduction[at]! / members;
    }
  }
  mirrorLower(covariance, size);
  return covariance;
}

/**
 * Expectation maximisation creeps where votes say little. In coordinates where S is the identity a
 * step multiplies it by M; here every eigenvalue of M is taken to a power instead, the power that
 * would end at the fixed point at once if the model were Gaussian: with κ the share of a direction
 * that votes determine, a plain step covers κ² of the way. Positive definite, same fixed points.
 */
function accelerate(
  previous: Float64Array,
  maximised: Float64Array,
  reduction: Float64Array,
  members: number,
  size: number,
): Float64Array {
  const factor = cholesky(previous, size);
  const { values, vectors } = symmetricEigen(whiten(factor, maximised, size), size);
  const determined = new Float64Array(size * size);
  multiply(vectors, 0, whiten(factor, reduction, size), determined, size, size, size);
  for (let k = 0; k < size; k++) {
    const share = dot(determined, k * size, vectors, k * size, size) / members;
    const power = Math.min(MAXIMUM_ACCELERATION, 1 / Math.max(share, 1e-3) ** 2);
    const root = Math.max(values[k]!, SMALLEST_CHANGE) ** (Math.max(power, 1) / 2);
    for (let i = 0; i < size; i++) determined[k * size + i] = root * vectors[k * size + i]!;
  }
  // S ← L (Vᵀ diag(m^power) V) Lᵀ, as the Gram matrix of (diag(m^power/2) V) Lᵀ.
  const rows = new Float64Array(size * size);
  multiply(determined, 0, transpose(factor, size), rows, size, size, size);
  const result = new Float64Array(size * size);
  addGram(rows, size, size, 1, result);
  mirrorLower(result, size);
  return result;
}

/** Shrinks towards the feature-wise variances: covariances lose `share` of themselves. */
function shrinkToDiagonal(covariance: Float64Array, size: number, share: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) if (i !== j) covariance[i * size + j]! *= 1 - share;
  }
}

/** covariance ← (1 − share) covariance + share target. */
function mix(covariance: Float64Array, target: Float64Array, share: number): void {
  for (let at = 0; at < covariance.length; at++) {
    covariance[at] = (1 - share) * covariance[at]! + share * target[at]!;
  }
}

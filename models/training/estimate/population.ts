/**
 * The population of the members' feature weights by empirical Bayes: mean, covariance and position
 * bias, each round a Laplace approximation per member. Knows nothing of base rewards.
 */

import { cholesky, solveLower } from "../../algebra/linear-algebra.js";
import { mirrorLower } from "../../algebra/products.js";
import type { ShrinkageTarget } from "../../rewards/recipe.js";
import { covarianceStep } from "./covariance-step.js";
import { meanStep } from "./mean-step.js";
import {
  addInformation,
  addPositions,
  addPull,
  createPosteriorScratch,
  findMode,
  type Population,
  type PosteriorScratch,
} from "./member-posterior.js";
import type { TrainingData } from "./training-data.js";

export interface PopulationOptions {
  /** How many imagined members the covariance is shrunk by. */
  readonly shrinkage: number;
  readonly start: Population;
  readonly target: ShrinkageTarget;
}

/**
 * Estimates the population of `members` (indices into `data`), one round per iteration of the
 * generator, each yielding the population so far. Stopping early regularises, so the caller chooses
 * when.
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
  let meanVariance = 1;
  for (;;) {
    const factor = cholesky(population.covariance, data.dimensions);
    const evidence = gather(data, members, population, factor, coefficients, scratch);
    const next = nextPopulation(population, factor, evidence, meanVariance, options);
    meanVariance = next.meanVariance;
    population = next.population;
    yield population;
  }
}

/**
 * What all members say about the population, in coordinates u = L⁻¹β in which its covariance LLᵀ is
 * the identity.
 */
interface Evidence {
  readonly members: number;
  /** [members, P], how far each member's mode lies from the mean. */
  readonly spread: Float64Array;
  /** [P, P], by how much votes narrow the members' posteriors, summed. */
  readonly information: Float64Array;
  /** One Newton step of the position bias. */
  readonly biasStep: number;
}

function gather(
  data: TrainingData,
  members: readonly number[],
  population: Population,
  factor: Float64Array,
  coefficients: Float64Array,
  scratch: PosteriorScratch,
): Evidence {
  const size = data.dimensions;
  const spread = new Float64Array(members.length * size);
  const information = new Float64Array(size * size);
  const bias = { slope: 0, information: 0 };
  members.forEach((member, index) => {
    findMode(data, member, population, factor, coefficients, scratch);
    const own = spread.subarray(index * size, (index + 1) * size);
    addPull(data, member, coefficients, scratch, own);
    addPositions(data, member, coefficients, scratch, bias);
    addInformation(data, member, scratch, information);
    data.pause();
  });
  mirrorLower(information, size);
  // The small constant keeps the bias at zero when nobody saw positions.
  const biasStep = bias.slope / (bias.information + 1);
  return { members: members.length, spread, information, biasStep };
}

/** One round from the population whose covariance has the Cholesky factor `factor`. */
function nextPopulation(
  population: Population,
  factor: Float64Array,
  { members, spread, information, biasStep }: Evidence,
  meanVariance: number,
  options: PopulationOptions,
): { population: Population; meanVariance: number } {
  const size = population.mean.length;
  const mean = meanStep(
    { mean: solveLower(factor, population.mean, size), pull: columnSums(spread, members, size) },
    information,
    meanVariance,
  );
  const covariance = covarianceStep(factor, spread, information, members, size);
  shrink(covariance, size, members, options);
  return {
    population: {
      mean: times(factor, mean.mean, size),
      covariance,
      positionBias: population.positionBias + biasStep,
    },
    meanVariance: mean.variance,
  };
}

function columnSums(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < columns; i++) sums[i]! += matrix[row * columns + i]!;
  }
  return sums;
}

/** L x for a lower triangular L. */
function times(lower: Float64Array, vector: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k <= row; k++) product[row]! += lower[row * size + k]! * vector[k]!;
  }
  return product;
}

/** Mixes imagined members in: of independent features, or of the start's kind. */
function shrink(
  covariance: Float64Array,
  size: number,
  members: number,
  { shrinkage, start, target }: PopulationOptions,
): void {
  const share = shrinkage / (members + shrinkage);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      if (target === "start") {
        covariance[at] = (1 - share) * covariance[at]! + share * start.covariance[at]!;
      } else if (i !== j) covariance[at]! *= 1 - share;
    }
  }
}

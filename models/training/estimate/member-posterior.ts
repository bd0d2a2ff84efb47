/**
 * The Laplace step of the estimator: one member's posterior over feature weights β given the
 * population N(m, LLᵀ). It works in coordinates in which the population's covariance is the
 * identity, on the member's n × n matrix K = (XL)(XL)ᵀ, so ten votes cost little however many
 * features there are. Knows nothing of base rewards.
 */

import {
  addGram,
  dot,
  multiplyByLower,
  outerProducts,
  subtractCombination,
} from "../../algebra/products.js";
import { sigmoid, softplus } from "../../rewards/user-weights-objective.js";
import { type TrainingData, writeDifference } from "./training-data.js";

/** The distribution of the members' feature weights, β ~ N(mean, covariance), and the position bias. */
export interface Population {
  /** [P]. */
  readonly mean: Float64Array;
  /** [P, P]. */
  readonly covariance: Float64Array;
  readonly positionBias: number;
}

const NEWTON_STEPS = 30;
/** Of a coefficient; each round starts where the last one ended. */
const TOLERANCE = 1e-4;
const SMALLEST_CURVATURE = 1e-10;

/** Working memory for members of up to `maximumRows` comparisons, used again for every member. */
export interface PosteriorScratch {
  /** X, [n, P], the member's differences. */
  readonly differences: Float64Array;
  /** XL, [n, P], the differences in whitened coordinates. */
  readonly whitened: Float64Array;
  /** What {@link addInformation} works on, [n, P]. */
  readonly solvedRows: Float64Array;
  /** K = XSXᵀ, [n, n]. */
  readonly kernel: Float64Array;
  /** Cholesky factor of I + W½ K W½, [n, n]. */
  readonly factor: Float64Array;
  /** √(w σ′) at the mode, [n]. */
  readonly rootCurvature: Float64Array;
  /** The logits at the mode, [n]. */
  readonly logits: Float64Array;
  readonly prior: Float64Array;
  readonly right: Float64Array;
  readonly solved: Float64Array;
}

export function createPosteriorScratch(maximumRows: number, dimensions: number): PosteriorScratch {
  const vector = () => new Float64Array(maximumRows);
  return {
    differences: new Float64Array(maximumRows * dimensions),
    whitened: new Float64Array(maximumRows * dimensions),
    solvedRows: new Float64Array(maximumRows * dimensions),
    kernel: new Float64Array(maximumRows * maximumRows),
    factor: new Float64Array(maximumRows * maximumRows),
    rootCurvature: vector(),
    logits: vector(),
    prior: vector(),
    right: vector(),
    solved: vector(),
  };
}

/**
 * Finds the mode β = m + SXᵀa of `member`, S = LLᵀ with L = `factor`, and leaves XL, K, the factor
 * of the posterior and the curvatures in `scratch`. `coefficients` (a, the data's rows of this member) is the start and holds the result.
 * Newton's method on the logits (Rasmussen & Williams, Gaussian Processes, algorithm 3.1), halved
 * where the log-posterior would fall.
 */
export function findMode(
  data: TrainingData,
  member: number,
  population: Population,
  factor: Float64Array,
  coefficients: Float64Array,
  scratch: PosteriorScratch,
): void {
  const start = data.starts[member]!;
  const rows = data.starts[member + 1]! - start;
  const size = data.dimensions;
  const { differences, whitened, kernel, prior } = scratch;
  for (let row = 0; row < rows; row++) {
    writeDifference(data, start + row, differences, row * size);
  }
  multiplyByLower(differences, factor, whitened, rows, size);
  outerProducts(whitened, kernel, rows, size);
  for (let row = 0; row < rows; row++) {
    prior[row] =
      dot(differences, row * size, population.mean, 0, size) +
      population.positionBias * data.positions[start + row]!;
  }
  updateLogits(coefficients, start, rows, scratch);
  let objective = logPosterior(data, start, rows, coefficients, scratch);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    factorise(data, start, rows, scratch);
    const change = newtonCoefficients(data, start, rows, coefficients, scratch);
    let scale = 1;
    for (;;) {
      for (let row = 0; row < rows; row++) {
        coefficients[start + row]! += scale * scratch.solved[row]!;
      }
      updateLogits(coefficients, start, rows, scratch);
      const next = logPosterior(data, start, rows, coefficients, scratch);
      if (next >= objective - 1e-9 * Math.abs(objective) || scale < 1e-6) {
        objective = next;
        break;
      }
      for (let row = 0; row < rows; row++) {
        coefficients[start + row]! -= scale * scratch.solved[row]!;
      }
      scale /= 2;
    }
    if (change * scale < TOLERANCE) break;
  }
  factorise(data, start, rows, scratch);
}

/** logits = prior + K a. */
function updateLogits(
  coefficients: Float64Array,
  start: number,
  rows: number,
  { kernel, logits, prior }: PosteriorScratch,
): void {
  for (let row = 0; row < rows; row++) {
    logits[row] = prior[row]! + dot(kernel, row * rows, coefficients, start, rows);
  }
}

/** Σ w [c f − softplus(f)] − ½ aᵀ K a. */
function logPosterior(
  data: TrainingData,
  start: number,
  rows: number,
  coefficients: Float64Array,
  { logits, prior }: PosteriorScratch,
): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const logit = logits[row]!;
    sum += data.weights[start + row]! * (data.outcomes[start + row]! * logit - softplus(logit));
    sum -= 0.5 * coefficients[start + row]! * (logit - prior[row]!);
  }
  return sum;
}

/** Curvatures at the logits and the Cholesky factor of I + W½ K W½. */
function factorise(
  data: TrainingData,
  start: number,
  rows: number,
  { factor, kernel, logits, rootCurvature }: PosteriorScratch,
): void {
  for (let row = 0; row < rows; row++) {
    const p = sigmoid(logits[row]!);
    const curvature = data.weights[start + row]! * p * (1 - p);
    rootCurvature[row] = Math.sqrt(Math.max(curvature, SMALLEST_CURVATURE));
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      const own = i === j ? 1 : 0;
      const entry = own + rootCurvature[i]! * kernel[i * rows + j]! * rootCurvature[j]!;
      const rest = entry - dot(factor, i * rows, factor, j * rows, j);
      factor[i * rows + j] = i === j ? Math.sqrt(rest) : rest / factor[j * rows + j]!;
    }
  }
}

/**
 * Writes the Newton change of a to `solved` and returns the largest change of a.
 * a_new = b − W½ B⁻¹ W½ K b with b = W (f − prior) + w (c − p).
 */
function newtonCoefficients(
  data: TrainingData,
  start: number,
  rows: number,
  coefficients: Float64Array,
  { factor, kernel, logits, prior, right, rootCurvature, solved }: PosteriorScratch,
): number {
  for (let row = 0; row < rows; row++) {
    const p = sigmoid(logits[row]!);
    const residual = data.weights[start + row]! * (data.outcomes[start + row]! - p);
    right[row] = rootCurvature[row]! ** 2 * (logits[row]! - prior[row]!) + residual;
  }
  for (let row = 0; row < rows; row++) {
    solved[row] = rootCurvature[row]! * dot(kernel, row * rows, right, 0, rows);
  }
  for (let i = 0; i < rows; i++) {
    solved[i] = (solved[i]! - dot(factor, i * rows, solved, 0, i)) / factor[i * rows + i]!;
  }
  for (let i = rows - 1; i >= 0; i--) {
    let sum = solved[i]!;
    for (let j = i + 1; j < rows; j++) sum -= factor[j * rows + i]! * solved[j]!;
    solved[i] = sum / factor[i * rows + i]!;
  }
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    const next = right[row]! - rootCurvature[row]! * solved[row]!;
    solved[row] = next - coefficients[start + row]!;
    largest = Math.max(largest, Math.abs(solved[row]!));
  }
  return largest;
}

/** pull += (XL)ᵀa [P]: where the mode of `member` lies, in whitened coordinates from the mean. */
export function addPull(
  data: TrainingData,
  member: number,
  coefficients: Float64Array,
  { whitened }: PosteriorScratch,
  pull: Float64Array,
): void {
  const size = data.dimensions;
  const start = data.starts[member]!;
  for (let row = 0; start + row < data.starts[member + 1]!; row++) {
    const coefficient = coefficients[start + row]!;
    for (let i = 0; i < size; i++) pull[i]! += coefficient * whitened[row * size + i]!;
  }
}

/**
 * information += (XL)ᵀ (W⁻¹ + K)⁻¹ XL [P, P], lower triangle: by how much the votes of `member`,
 * whose mode has just been found, narrow their posterior.
 */
export function addInformation(
  data: TrainingData,
  member: number,
  { whitened, factor, solvedRows, rootCurvature }: PosteriorScratch,
  information: Float64Array,
): void {
  const rows = data.starts[member + 1]! - data.starts[member]!;
  const size = data.dimensions;
  // Row by row, the solution of (factor) x = W½ XL.
  for (let row = 0; row < rows; row++) {
    const at = row * size;
    for (let i = 0; i < size; i++) solvedRows[at + i] = rootCurvature[row]! * whitened[at + i]!;
    subtractCombination(factor, row * rows, row, solvedRows, at, size);
    const pivot = 1 / factor[row * rows + row]!;
    for (let i = 0; i < size; i++) solvedRows[at + i]! *= pivot;
  }
  addGram(solvedRows, rows, size, 1, information);
}

/**
 * Adds what `member` says about the position bias: pᵀa, the slope of the marginal likelihood, and
 * pᵀ(W⁻¹ + K)⁻¹p, its information. Generalised least squares, as for the mean.
 */
export function addPositions(
  data: TrainingData,
  member: number,
  coefficients: Float64Array,
  { factor, solved, rootCurvature }: PosteriorScratch,
  bias: { slope: number; information: number },
): void {
  const start = data.starts[member]!;
  const rows = data.starts[member + 1]! - start;
  for (let row = 0; row < rows; row++) {
    const position = data.positions[start + row]!;
    bias.slope += position * coefficients[start + row]!;
    const rest = rootCurvature[row]! * position - dot(factor, row * rows, solved, 0, row);
    solved[row] = rest / factor[row * rows + row]!;
    bias.information += solved[row]! ** 2;
  }
}

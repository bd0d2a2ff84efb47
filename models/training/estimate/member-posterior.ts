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
import {
  type MemberProblem,
  objective,
  writeLogits,
  writeSlopesAndCurvatures,
} from "./member-objective.js";
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
  /** w (σ − c) at the mode, [n]. */
  readonly slopes: Float64Array;
  /** The logits at the population's mean, [n]. */
  readonly prior: Float64Array;
  /** b and the solution of the step's equation, [n]. */
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
    slopes: vector(),
    prior: vector(),
    right: vector(),
    solved: vector(),
  };
}

/**
 * Finds the mode β = m + SXᵀa of `member`, S = LLᵀ with L = `factor`, and leaves XL, K, the factor of
 * the posterior and the curvatures in `scratch`. `coefficients` (a, the data's rows of this member) is
 * the start and holds the result. Newton's method on the logits (Rasmussen & Williams, Gaussian
 * Processes, algorithm 3.1), halved while the objective would grow.
 */
export function findMode(
  data: TrainingData,
  member: number,
  population: Population,
  factor: Float64Array,
  coefficients: Float64Array,
  scratch: PosteriorScratch,
): void {
  const problem = memberProblem(data, member, population, factor, scratch);
  const start = data.starts[member]!;
  const own = coefficients.subarray(start, start + problem.count);
  const { logits, solved } = scratch;
  writeLogits(problem, own, logits);
  let current = objective(problem, own, logits);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    factoriseCurvature(problem, scratch);
    const change = writeNewtonStep(problem, own, scratch);
    let scale = 1;
    for (;;) {
      addStep(own, solved, scale);
      writeLogits(problem, own, logits);
      const next = objective(problem, own, logits);
      if (next <= current + 1e-9 * Math.abs(current) || scale < 1e-6) {
        current = next;
        break;
      }
      addStep(own, solved, -scale);
      scale /= 2;
    }
    if (change * scale < TOLERANCE) break;
  }
  factoriseCurvature(problem, scratch);
}

/** Writes X, XL, K and the logits at the population's mean. */
function memberProblem(
  data: TrainingData,
  member: number,
  population: Population,
  factor: Float64Array,
  { differences, kernel, prior, whitened }: PosteriorScratch,
): MemberProblem {
  const start = data.starts[member]!;
  const count = data.starts[member + 1]! - start;
  const size = data.dimensions;
  for (let row = 0; row < count; row++) {
    writeDifference(data, start + row, differences, row * size);
  }
  multiplyByLower(differences, factor, whitened, count, size);
  outerProducts(whitened, kernel, count, size);
  for (let row = 0; row < count; row++) {
    prior[row] =
      dot(differences, row * size, population.mean, 0, size) +
      population.positionBias * data.positions[start + row]!;
  }
  const outcomes = data.outcomes.subarray(start, start + count);
  const weights = data.weights.subarray(start, start + count);
  return { count, kernel, prior, outcomes, weights };
}

function addStep(coefficients: Float64Array, step: Float64Array, scale: number): void {
  for (let row = 0; row < coefficients.length; row++) coefficients[row]! += scale * step[row]!;
}

/** Slopes and curvatures at the logits, and the Cholesky factor of B = I + W½ K W½. */
function factoriseCurvature(problem: MemberProblem, scratch: PosteriorScratch): void {
  const { factor, logits, rootCurvature, slopes } = scratch;
  const { count, kernel } = problem;
  writeSlopesAndCurvatures(problem, logits, slopes, rootCurvature);
  for (let row = 0; row < count; row++) {
    rootCurvature[row] = Math.sqrt(Math.max(rootCurvature[row]!, SMALLEST_CURVATURE));
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const own = i === j ? 1 : 0;
      const entry = own + rootCurvature[i]! * kernel[i * count + j]! * rootCurvature[j]!;
      const rest = entry - dot(factor, i * count, factor, j * count, j);
      factor[i * count + j] = i === j ? Math.sqrt(rest) : rest / factor[j * count + j]!;
    }
  }
}

/**
 * Writes the Newton step of a to `solved` and returns the largest change of a.
 * a_new = b − W½ B⁻¹ W½ K b with b = W (η − η₀) − s.
 */
function writeNewtonStep(
  { count, kernel, prior }: MemberProblem,
  coefficients: Float64Array,
  { factor, logits, right, rootCurvature, slopes, solved }: PosteriorScratch,
): number {
  for (let row = 0; row < count; row++) {
    right[row] = rootCurvature[row]! ** 2 * (logits[row]! - prior[row]!) - slopes[row]!;
  }
  for (let row = 0; row < count; row++) {
    solved[row] = rootCurvature[row]! * dot(kernel, row * count, right, 0, count);
  }
  for (let i = 0; i < count; i++) {
    solved[i] = (solved[i]! - dot(factor, i * count, solved, 0, i)) / factor[i * count + i]!;
  }
  for (let i = count - 1; i >= 0; i--) {
    let sum = solved[i]!;
    for (let j = i + 1; j < count; j++) sum -= factor[j * count + i]! * solved[j]!;
    solved[i] = sum / factor[i * count + i]!;
  }
  let largest = 0;
  for (let row = 0; row < count; row++) {
    const next = right[row]! - rootCurvature[row]! * solved[row]!;
    solved[row] = next - coefficients[row]!;
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

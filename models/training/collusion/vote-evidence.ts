/**
 * How likely each member's votes are under a population of tastes, and what the member's own is.
 * Knows no blocs and draws no conclusion.
 */
import { cholesky } from "../../algebra/linear-algebra.js";
import { softplus } from "../../rewards/user-weights-objective.js";
import {
  addPull,
  createPosteriorScratch,
  findMode,
  type Population,
  type PosteriorScratch,
} from "../estimate/member-posterior.js";
import type { TrainingData } from "../estimate/training-data.js";

export interface VoteEvidence {
  /**
   * [members], the logarithm of the probability of each member's votes, the member's taste
   * integrated out (Laplace), in nats.
   */
  readonly population: Float64Array;
  /** [members, P], each member's most likely taste, in coordinates in which tastes are N(0, I). */
  readonly tastes: Float64Array;
  /** [n, P], the differences in these coordinates. */
  readonly whitened: Float64Array;
  /** [n], the logits of the average member. */
  readonly average: Float64Array;
  /** [n], what the member's own taste adds to `average`. */
  readonly own: Float64Array;
}

/** The evidence of all members of `data` under `population`. */
export function gatherEvidence(data: TrainingData, population: Population): VoteEvidence {
  const { count, dimensions, members, starts } = data;
  const factor = cholesky(population.covariance, dimensions);
  const coefficients = new Float64Array(count);
  const longest = Math.max(1, ...sizesOf(data));
  const scratch = createPosteriorScratch(longest, dimensions);
  const evidence = emptyEvidence(data);
  for (let member = 0; member < members; member++) {
    const start = starts[member]!;
    const rows = starts[member + 1]! - start;
    findMode(data, member, population, factor, coefficients, scratch);
    evidence.population[member] = logEvidence(data, start, rows, coefficients, scratch);
    const taste = evidence.tastes.subarray(member * dimensions, (member + 1) * dimensions);
    addPull(data, member, coefficients, scratch, taste);
    const whitened = scratch.whitened.subarray(0, rows * dimensions);
    evidence.whitened.set(whitened, start * dimensions);
    for (let row = 0; row < rows; row++) {
      evidence.average[start + row] = scratch.prior[row]!;
      evidence.own[start + row] = scratch.logits[row]! - scratch.prior[row]!;
    }
  }
  return evidence;
}

function emptyEvidence({ count, dimensions, members }: TrainingData): VoteEvidence {
  return {
    population: new Float64Array(members),
    tastes: new Float64Array(members * dimensions),
    whitened: new Float64Array(count * dimensions),
    average: new Float64Array(count),
    own: new Float64Array(count),
  };
}

function sizesOf({ members, starts }: TrainingData): number[] {
  return Array.from({ length: members }, (_, member) => starts[member + 1]! - starts[member]!);
}

/**
 * The Laplace approximation at the mode that `scratch` holds: Σ w log p − ½ aᵀKa − ½ log|B|,
 * B = I + W½KW½ (Rasmussen & Williams, equation 3.32).
 */
function logEvidence(
  data: TrainingData,
  start: number,
  rows: number,
  coefficients: Float64Array,
  { factor, logits, prior }: PosteriorScratch,
): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const logit = logits[row]!;
    sum += data.weights[start + row]! * (data.outcomes[start + row]! * logit - softplus(logit));
    sum -= 0.5 * coefficients[start + row]! * (logit - prior[row]!);
    sum -= Math.log(factor[row * rows + row]!);
  }
  return sum;
}

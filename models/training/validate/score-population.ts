/**
 * Scores held-out members under a population itself, with all its directions: what a perfect choice
 * of base rewards could reach. Knows no base rewards.
 */
import { cholesky } from "../../algebra/linear-algebra.js";
import { dot, multiplyByLower, outerProducts } from "../../algebra/products.js";
import type { Population } from "../estimate/member-posterior.js";
import { type TrainingData, writeDifference } from "../estimate/training-data.js";
import type { Fold } from "./folds.js";
import { heldOutRows, memberRows, scoreHeldOut } from "./held-out.js";

/** More held-out members than these tell nothing worth their time. */
const MOST_MEMBERS = 100;
/** Added to the kernel's diagonal, so that votes on the same pair do not make it singular. */
const JITTER = 1e-6;

/** Log-likelihoods of the held-out members of all folds, nats per comparison. */
export function scorePopulations(
  data: TrainingData,
  folds: readonly Fold[],
  populations: readonly Population[],
): number[] {
  const scores: number[] = [];
  folds.forEach(({ heldOut }, index) => {
    const population = populations[index]!;
    const factor = cholesky(population.covariance, data.dimensions);
    for (const member of heldOut.slice(0, MOST_MEMBERS)) {
      scores.push(scoreUnderPopulation(data, member, population, factor));
      data.pause();
    }
  });
  return scores;
}

/**
 * Mean log-likelihood of the predicted votes of `member`; `factor` is the covariance's Cholesky
 * factor. The logits of a member's n votes are N(Xm, K) with K = (XL)(XL)ᵀ = CCᵀ: as if C were the
 * differences of n base rewards with λ ~ N(0, I), and a logit that everybody shares.
 */
export function scoreUnderPopulation(
  data: TrainingData,
  member: number,
  population: Population,
  factor: Float64Array,
): number {
  const { rows, answered } = heldOutRows(data, member);
  const size = data.dimensions;
  const count = rows.length;
  const differences = new Float64Array(count * size);
  rows.forEach((row, at) => {
    writeDifference(data, row, differences, at * size);
  });
  const whitened = new Float64Array(count * size);
  multiplyByLower(differences, factor, whitened, count, size);
  const kernel = new Float64Array(count * count);
  outerProducts(whitened, kernel, count, size);
  for (let row = 0; row < count; row++) kernel[row * count + row]! += JITTER;
  const votes = memberRows(data, rows);
  const shared = Float64Array.from(
    rows,
    (_, at) =>
      dot(differences, at * size, population.mean, 0, size) +
      population.positionBias * votes.positions[at]!,
  );
  return scoreHeldOut(
    { rank: count, prior: standardPrior(count), positionBias: 1 },
    { ...votes, positions: shared, differences: cholesky(kernel, count), answered },
  ).logLikelihood;
}

function standardPrior(rank: number) {
  const precision = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) precision[axis * (rank + 1)] = 1;
  return { mean: new Float64Array(rank), precision };
}

/**
 * The population's mean, in coordinates in which the covariance of the members is the identity.
 * Knows no members, only their sum.
 */

import { dot } from "../../algebra/products.js";
import { symmetricEigen } from "../../algebra/symmetric-eigen.js";

const ROUNDS = 50;
const SMALLEST_VARIANCE = 1e-6;

export interface MeanStep {
  /** [P]. */
  readonly mean: Float64Array;
  /** τ², how large the mean's entries are. */
  readonly variance: number;
}

/**
 * The most likely mean given the members' `information` B [P, P], whose Newton equation from `mean`
 * is B u = B·mean + pull, under a prior N(0, τ²I) with τ² estimated as well: when the average
 * member leans nowhere, the noise of few members must not pretend a taste. Generalised least
 * squares, so one step goes where expectation maximisation creeps.
 */
export function meanStep(
  { mean, pull }: { mean: Float64Array; pull: Float64Array },
  information: Float64Array,
  variance: number,
): MeanStep {
  const size = mean.length;
  const { values, vectors } = symmetricEigen(information, size);
  const precise = values.map((value) => Math.max(value, 0));
  const right = precise.map(
    (value, k) =>
      value * dot(vectors, k * size, mean, 0, size) + dot(vectors, k * size, pull, 0, size),
  );
  let tau = variance;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    for (let k = 0; k < size; k++) {
      const own = 1 / (precise[k]! + 1 / tau);
      sum += (own * right[k]!) ** 2 + own;
    }
    tau = Math.max(sum / size, SMALLEST_VARIANCE);
  }
  const next = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    const along = right[k]! / (precise[k]! + 1 / tau);
    for (let i = 0; i < size; i++) next[i]! += along * vectors[k * size + i]!;
  }
  return { mean: next, variance: tau };
}

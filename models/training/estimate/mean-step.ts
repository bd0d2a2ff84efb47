/**
 * The population's mean, in coordinates in which the covariance of the members is the identity.
 * Knows no members, only their sum.
 */

import { dot } from "../../algebra/products.js";
import { solveShifted, tridiagonalForm, turned, turnedBack } from "../../algebra/tridiagonal.js";

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
  const form = tridiagonalForm(information, size);
  const right = Float64Array.from(
    pull,
    (value, row) => value + dot(information, row * size, mean, 0, size),
  );
  const along = turned(form, right);
  let tau = variance;
  for (let round = 0; round < ROUNDS; round++) {
    const { solution, trace } = solveShifted(form, 1 / tau, along);
    tau = Math.max((dot(solution, 0, solution, 0, size) + trace) / size, SMALLEST_VARIANCE);
  }
  return { mean: turnedBack(form, solveShifted(form, 1 / tau, along).solution), variance: tau };
}

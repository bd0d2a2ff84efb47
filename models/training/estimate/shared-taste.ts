/**
 * Whether members share a taste: the population's mean is used only if it foretells members who
 * had no part in it. Where tastes are opposed, a mean of few members is an accident of who they are.
 */

import { dot } from "../../algebra/products.js";
import { softplus } from "../../rewards/user-weights-objective.js";
import type { Fold } from "../validate/folds.js";
import { meanOf } from "../validate/paired.js";
import type { Population } from "./member-posterior.js";
import { type TrainingData, writeDifference } from "./training-data.js";

/** Standard errors. A mean that is used by chance misleads everybody before their first vote. */
const CLEARLY = 2;

export interface TrainedPopulations {
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  /** Second moment of the differences, [P, P]. */
  readonly moment: Float64Array;
}

/**
 * Whether the means of the folds' `populations` make all votes of more held-out members likelier than
 * less likely, by more than two standard errors. Every member counts the same: a mean of the size of the
 * gains would be decided by the few who vote against everybody, to whom it does most harm.
 */
export function foretells(
  { data, folds, moment }: TrainedPopulations,
  populations: readonly Population[],
): boolean {
  const gains = folds.flatMap(({ heldOut }, index) => {
    const population = populations[index]!;
    // Σ S·M is the variance of a reward's difference among members, which makes logits smaller.
    const variance = dot(population.covariance, 0, moment, 0, moment.length);
    const attenuation = 1 / Math.sqrt(1 + (Math.PI * variance) / 8);
    return heldOut.map((member) => gainOf(data, member, population, attenuation));
  });
  const { mean, standardError } = meanOf(gains.map(Math.sign));
  return mean > CLEARLY * standardError;
}

/** By how much the mean makes the votes of `member` likelier, nats per comparison. */
function gainOf(
  data: TrainingData,
  member: number,
  { mean, positionBias }: Population,
  attenuation: number,
): number {
  const size = data.dimensions;
  const own = new Float64Array(size);
  let gain = 0;
  let total = 0;
  for (let row = data.starts[member]!; row < data.starts[member + 1]!; row++) {
    writeDifference(data, row, own, 0);
    const bias = positionBias * data.positions[row]!;
    const logit = attenuation * (bias + dot(own, 0, mean, 0, size));
    const likelihood = (x: number) => data.outcomes[row]! * x - softplus(x);
    gain += data.weights[row]! * (likelihood(logit) - likelihood(attenuation * bias));
    total += data.weights[row]!;
  }
  return total > 0 ? gain / total : 0;
}

/** The same second moments about no taste at all: what members had in common becomes spread. */
export function withoutMean({ mean, covariance, positionBias }: Population): Population {
  const size = mean.length;
  const second = covariance.map(
    (value, at) => value + mean[Math.floor(at / size)]! * mean[at % size]!,
  );
  return { mean: new Float64Array(size), covariance: second, positionBias };
}

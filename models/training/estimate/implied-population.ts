/**
 * Where the estimator of the population starts: at no knowledge of members, or at what a model with readable
 * axes implies. Knows no members.
 */

import { cholesky, solveLower } from "../../algebra/linear-algebra.js";
import { addGram, mirrorLower } from "../../algebra/products.js";
import { type Encoding, featureSources } from "../../encoder/encoding.js";
import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import type { Origin } from "../../rewards/recipe.js";
import type { Population } from "./member-posterior.js";

/**
 * A weight for words varies between people by so much of what one for a text's form does. On people held out from
 * training, a spread in form alone was worth .008 nats a vote and more where the same spread over all features was
 * worth .003 at most; .1 for words cost nothing of that, and leaves something to begin with (docs/people.md).
 */
const VARIANCE_OF_WORDS = 0.1;

/** The populations that training may start from. */
export interface Starts {
  readonly nothing: Population;
  /** What the starter base rewards imply, where there are any for these features. */
  readonly starter: Population | undefined;
}

/** The starts for features of `encoding`, in units standardised by `scales` [D]. */
export function startsFor(
  encoding: Encoding,
  starter: BaseRewardModel | undefined,
  scales: Float64Array,
): Starts {
  const nothing = expectedPopulation(encoding);
  return { nothing, starter: starter && impliedPopulation(starter, scales, nothing) };
}

/** A recipe that starts from the starter is of other features than these where there is none. */
export function startOf({ from }: Pick<Origin, "from">, { nothing, starter }: Starts): Population {
  return from === "starter" && starter ? starter : nothing;
}

/**
 * What is expected of people whose votes nobody has seen: mean zero, independent weights whose rewards' differences
 * have variance 1, and most of it in the form of a text.
 */
export function expectedPopulation(encoding: Encoding): Population {
  const shares = featureSources(encoding).map((source) =>
    source === "words" ? VARIANCE_OF_WORDS : 1,
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return independent(shares.map((share) => share / total));
}

/**
 * The population that `model` implies, in units standardised by `scales` [D]: β = Wᵀλ, and
 * next to it `nothing`, what is expected without it.
 */
export function impliedPopulation(
  model: BaseRewardModel,
  scales: Float64Array,
  nothing: Population,
): Population {
  const { dimensions, rank, prior } = model;
  const known = { mean: nothing.mean.slice(), covariance: nothing.covariance.slice() };
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

/** The same of every feature: mean zero, independent weights whose rewards' differences have variance 1. */
export function flatPopulation(dimensions: number): Population {
  return independent(new Array<number>(dimensions).fill(1 / dimensions));
}

function independent(variances: readonly number[]): Population {
  const size = variances.length;
  const covariance = new Float64Array(size * size);
  variances.forEach((variance, i) => {
    covariance[i * (size + 1)] = variance;
  });
  return { mean: new Float64Array(size), covariance, positionBias: 0 };
}

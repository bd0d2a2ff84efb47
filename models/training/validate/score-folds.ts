/** Scores each fold's held-out members under the base rewards of that fold's population. */

import { dot } from "../../algebra/products.js";
import {
  type Directions,
  type FactorisationOptions,
  factorise,
  type LinearBaseRewards,
} from "../estimate/factorise.js";
import type { Population } from "../estimate/member-posterior.js";
import { type TrainingData, writeDifference } from "../estimate/training-data.js";
import type { Fold } from "./folds.js";
import {
  type HeldOutScore,
  heldOutRows,
  type MemberVotes,
  memberRows,
  scoreHeldOut,
} from "./held-out.js";
import { paired } from "./paired.js";

export interface TrainedFolds {
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  /** One for each fold. */
  readonly populations: readonly Population[];
  readonly directions: readonly Directions[];
}

export interface ScoredFolds {
  /** By member. */
  readonly scores: ReadonlyMap<number, HeldOutScore>;
  /** Mean over the members, nats per comparison. */
  readonly likelihood: number;
  /** One for each fold. */
  readonly models: readonly LinearBaseRewards[];
}

/**
 * The scores with at most `rank` base rewards: with attenuation, unless those without are better by
 * more than a standard error.
 */
export function scoreRank(trained: TrainedFolds, rank: number): ScoredFolds & FactorisationOptions {
  const plain = { rank, attenuated: false };
  const attenuated = { rank, attenuated: true };
  const first = { ...scoreFolds(trained, plain), ...plain };
  if (rank >= trained.data.dimensions) return first;
  const second = { ...scoreFolds(trained, attenuated), ...attenuated };
  const gain = paired(first.scores, second.scores, (score) => score.logLikelihood);
  return gain.mean > gain.standardError ? first : second;
}

/** The scores with the given options. */
export function scoreFolds(
  { data, folds, populations, directions }: TrainedFolds,
  options: FactorisationOptions,
): ScoredFolds {
  const scores = new Map<number, HeldOutScore>();
  const models = folds.map((fold, index) => {
    const model = factorise(populations[index]!, directions[index]!, options);
    for (const member of fold.heldOut) {
      scores.set(member, scoreHeldOut(model, votesOf(data, member, model)));
      data.pause();
    }
    return model;
  });
  const total = [...scores.values()].reduce((sum, score) => sum + score.logLikelihood, 0);
  return { scores, models, likelihood: total / scores.size };
}

/** One member's comparisons in the base rewards of `model`. */
function votesOf(data: TrainingData, member: number, model: LinearBaseRewards): MemberVotes {
  const { rows, answered } = heldOutRows(data, member);
  const size = data.dimensions;
  const { rank, weights } = model;
  const differences = new Float64Array(rows.length * rank);
  const own = new Float64Array(size);
  rows.forEach((row, at) => {
    writeDifference(data, row, own, 0);
    for (let axis = 0; axis < rank; axis++) {
      differences[at * rank + axis] = dot(own, 0, weights, axis * size, size);
    }
  });
  return { ...memberRows(data, rows), answered, differences };
}

/**
 * Held-out scoring: how well a preference model predicts a member it was not trained on, once a
 * part of the member's votes has fitted their user weights. Knows no training.
 */

import { solveLower } from "../../algebra/linear-algebra.js";
import { dot } from "../../algebra/products.js";
import type { UserWeightsPrior } from "../../rewards/base-rewards.js";
import { fitUserWeights, type UserWeights } from "../../rewards/user-weights.js";
import { softplus } from "../../rewards/user-weights-objective.js";
import type { TrainingData } from "../estimate/training-data.js";
import { splitByResponse } from "./response-split.js";

/** What scoring needs of a model once the differences φ(a) − φ(b) are there. */
export interface PreferenceModel {
  /** J. */
  readonly rank: number;
  readonly prior: UserWeightsPrior;
  readonly positionBias: number;
}

/** One member's comparisons with their differences of base rewards. */
export interface MemberVotes {
  readonly count: number;
  /** The first so many fit the user weights, the rest are predicted. */
  readonly answered: number;
  /** [n, J], φ(a) − φ(b). */
  readonly differences: Float64Array;
  readonly outcomes: Float64Array;
  readonly positions: Float64Array;
  readonly weights: Float64Array;
  /** [n], how much a vote counts among those that are predicted; its weight if not given. */
  readonly importance?: Float64Array;
}

/** Means over the comparisons of one member that were scored. */
export interface MemberScore {
  /** Nats per comparison, negative; −ln 2 is guessing. */
  readonly logLikelihood: number;
  /** Share of comparisons whose preferred response has the higher probability; ties count half. */
  readonly accuracy: number;
  readonly comparisons: number;
}

/** A held-out member's scores. */
export interface HeldOutScore {
  /** From all answered votes; what the gate judges by. */
  readonly all: MemberScore;
  /** Mean log-likelihood from a quarter, half and all of them; what settings are chosen by. */
  readonly logLikelihood: number;
}

/**
 * Fits user weights on the first `answered` votes and scores the votes from `from` on. The
 * probability of a vote is averaged over λ ~ N(λ̂, H⁻¹), so that a model is not punished for what
 * it knows that it does not know (MacKay 1992: σ(s / √(1 + πv/8))).
 */
export function scoreMember(
  model: PreferenceModel,
  votes: MemberVotes,
  answered: number,
  from: number,
): MemberScore {
  const { positionBias, prior, rank } = model;
  const fitted = fitUserWeights({ ...votes, count: answered, rank, prior, positionBias });
  return scoreFitted(model, fitted, votes, from);
}

/** Scores the votes from `from` on under weights that have been fitted. */
export function scoreFitted(
  { positionBias, rank }: PreferenceModel,
  { cholesky, weights }: Pick<UserWeights, "weights" | "cholesky">,
  votes: MemberVotes,
  from: number,
): MemberScore {
  const importance = votes.importance ?? votes.weights;
  let logLikelihood = 0;
  let accuracy = 0;
  let total = 0;
  for (let row = from; row < votes.count; row++) {
    const difference = votes.differences.subarray(row * rank, (row + 1) * rank);
    const spread = solveLower(cholesky, difference, rank);
    const variance = dot(spread, 0, spread, 0, rank);
    const mean = dot(difference, 0, weights, 0, rank) + positionBias * votes.positions[row]!;
    const logit = mean / Math.sqrt(1 + (Math.PI * variance) / 8);
    const outcome = votes.outcomes[row]!;
    const weight = importance[row]!;
    logLikelihood += weight * (outcome * logit - softplus(logit));
    accuracy += weight * agreement(logit, outcome);
    total += weight;
  }
  return {
    logLikelihood: total > 0 ? logLikelihood / total : 0,
    accuracy: total > 0 ? accuracy / total : 0.5,
    comparisons: votes.count - from,
  };
}

function agreement(logit: number, outcome: number): number {
  if (logit === 0 || outcome === 0.5) return 0.5;
  return logit > 0 === outcome > 0.5 ? 1 : 0;
}

/** Scores a member's predicted votes after a quarter, half and all of the answered ones. */
export function scoreHeldOut(model: PreferenceModel, votes: MemberVotes): HeldOutScore {
  const { answered } = votes;
  const parts = [answered, Math.ceil(answered / 2), Math.ceil(answered / 4)].map((fitted) =>
    scoreMember(model, votes, fitted, answered),
  );
  const total = parts.reduce((sum, part) => sum + part.logLikelihood, 0);
  return { all: parts[0]!, logLikelihood: total / parts.length };
}

/** Rows of one member: the first `answered` fit the user weights, the rest are predicted. */
export interface HeldOutRows {
  readonly rows: readonly number[];
  readonly answered: number;
}

/** The rows of `member` in `data`: first those that are answered, then those that are predicted. */
export function heldOutRows(data: TrainingData, member: number): HeldOutRows {
  const start = data.starts[member]!;
  const own = Array.from({ length: data.starts[member + 1]! - start }, (_, at) => start + at);
  const { answered, predicted } = splitByResponse(own, data.responses);
  return { rows: [...answered, ...predicted], answered: answered.length };
}

/** What is the same in every model: outcomes, positions and weights of one member's `rows`. */
export function memberRows(
  data: TrainingData,
  rows: readonly number[],
): Pick<MemberVotes, "count" | "outcomes" | "positions" | "weights"> {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    count: rows.length,
    outcomes: pick(data.outcomes),
    positions: pick(data.positions),
    weights: pick(data.weights),
  };
}

/**
 * Held-out scoring: how well a preference model predicts a member it was not trained on, once a
 * part of the member's votes has fitted their user weights. Knows no training.
 */
import type { UserWeightsPrior } from "../base-rewards.js";
import { solveLower } from "../linear-algebra.js";
import { fitUserWeights } from "../user-weights.js";
import { softplus } from "../user-weights-objective.js";
import { dot } from "./matrix.js";
import type { TrainingData } from "./training-data.js";

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
  /** [n, J], φ(a) − φ(b). */
  readonly differences: Float64Array;
  readonly outcomes: Float64Array;
  readonly positions: Float64Array;
  readonly weights: Float64Array;
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
  /** From half of the votes; what the gate judges by. */
  readonly half: MemberScore;
  /** Mean log-likelihood from an eighth, a quarter and half; what settings are chosen by. */
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
  const rank = model.rank;
  const { weights, cholesky } = fitUserWeights({
    ...votes,
    count: answered,
    rank,
    prior: model.prior,
    positionBias: model.positionBias,
  });
  let logLikelihood = 0;
  let accuracy = 0;
  let total = 0;
  for (let row = from; row < votes.count; row++) {
    const difference = votes.differences.subarray(row * rank, (row + 1) * rank);
    const spread = solveLower(cholesky, difference, rank);
    const variance = dot(spread, 0, spread, 0, rank);
    const logit =
      dot(difference, 0, weights, 0, rank) / Math.sqrt(1 + (Math.PI * variance) / 8) +
      model.positionBias * votes.positions[row]!;
    const outcome = votes.outcomes[row]!;
    const weight = votes.weights[row]!;
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

/** Scores the second half of a member's votes after an eighth, a quarter and half of them. */
export function scoreHeldOut(model: PreferenceModel, votes: MemberVotes): HeldOutScore {
  const half = Math.floor(votes.count / 2);
  const parts = [half, Math.ceil(half / 2), Math.ceil(half / 4)].map((answered) =>
    scoreMember(model, votes, answered, half),
  );
  const total = parts.reduce((sum, part) => sum + part.logLikelihood, 0);
  return { half: parts[0]!, logLikelihood: total / parts.length };
}

/** What is the same in every model: outcomes, positions and weights of one member's comparisons. */
export function memberRows(data: TrainingData, member: number): Omit<MemberVotes, "differences"> {
  const start = data.starts[member]!;
  const end = data.starts[member + 1]!;
  return {
    count: end - start,
    outcomes: data.outcomes.subarray(start, end),
    positions: data.positions.subarray(start, end),
    weights: data.weights.subarray(start, end),
  };
}

/**
 * The position bias and the scale of votes by "another answer": empirical Bayes, with each person's taste
 * integrated out. Their ballots say where it lies; these votes have to agree with them and with each other.
 * Knows nothing of how base rewards are learned.
 */
import { BIAS_DEVIATION, MOST_BIAS, SCALE_DEVIATION } from "../../rewards/another-answer.js";
import type { AnotherAnswer, BaseRewardModel } from "../../rewards/base-rewards.js";
import { fitUserWeights } from "../../rewards/user-weights.js";
import {
  createExpansion,
  type UserWeightsProblem,
  writeObjectiveAndGradient,
} from "../../rewards/user-weights-objective.js";

/** Votes of one person in terms of base rewards. */
export interface RewardVotes {
  /** n. */
  readonly count: number;
  /** z, [n, J]. */
  readonly differences: Float64Array;
  /** [n], 1, 0.5 or 0. */
  readonly outcomes: ArrayLike<number>;
  /** [n], +1 if a was shown first, −1 if b was, 0 if neither. */
  readonly positions: ArrayLike<number>;
  /** [n]. */
  readonly weights: ArrayLike<number>;
}

/** Somebody who has voted in both ways. */
export interface AnotherVoter {
  readonly ballots: RewardVotes;
  readonly another: RewardVotes;
}

export type BallotModel = Pick<BaseRewardModel, "rank" | "prior" | "positionBias">;

/** The search ends when its steps are so much smaller than the first ones. */
const FINEST = 1 / 64;
const FIRST_STEPS = { positionBias: 1, scale: 0.25 };

/**
 * −log p(all votes of all `voters` | b, s) p(b) p(s), up to a constant: for each person f(λ̂) + ½ log |H| (Laplace)
 * with η = s λᵀz + b p for votes by "another answer", b ~ N(b₀, 1) and s ~ N(1, ½²).
 */
export function negativeEvidence(
  voters: readonly AnotherVoter[],
  model: BallotModel,
  at: AnotherAnswer,
): number {
  const bias = (at.positionBias - model.positionBias) / BIAS_DEVIATION;
  const scale = (at.scale - 1) / SCALE_DEVIATION;
  let sum = (bias ** 2 + scale ** 2) / 2;
  for (const voter of voters) {
    const problem = problemOf(voter, model, at);
    const { weights, cholesky } = fitUserWeights(problem);
    const expansion = createExpansion(problem);
    writeObjectiveAndGradient(problem, weights, expansion);
    sum += expansion.objective;
    for (let axis = 0; axis < model.rank; axis++) {
      sum += Math.log(cholesky[axis * (model.rank + 1)]!);
    }
  }
  return sum;
}

/** Both kinds of votes of one person, read with (b₀, 1) and with `at`. */
function problemOf(
  { ballots, another }: AnotherVoter,
  { rank, prior, positionBias }: BallotModel,
  at: AnotherAnswer,
): UserWeightsProblem {
  const join = (one: ArrayLike<number>, other: ArrayLike<number>, first = 1, second = 1) => {
    const joined = new Float64Array(one.length + other.length);
    for (let row = 0; row < one.length; row++) joined[row] = first * one[row]!;
    for (let row = 0; row < other.length; row++) joined[one.length + row] = second * other[row]!;
    return joined;
  };
  return {
    count: ballots.count + another.count,
    rank,
    prior,
    differences: join(ballots.differences, another.differences, 1, at.scale),
    outcomes: join(ballots.outcomes, another.outcomes),
    weights: join(ballots.weights, another.weights),
    positions: join(ballots.positions, another.positions, positionBias, at.positionBias),
    positionBias: 1,
  };
}

/**
 * The b within 3 of b₀ and the s within 0 and 1 with the least {@link negativeEvidence}, from those
 * of ballots on: step by step along both axes, with steps half as large where none goes down.
 */
export function fitAnotherAnswer(
  voters: readonly AnotherVoter[],
  model: BallotModel,
): AnotherAnswer {
  let at: AnotherAnswer = { positionBias: model.positionBias, scale: 1 };
  let lowest = negativeEvidence(voters, model, at);
  for (let size = 1; size >= FINEST; ) {
    const next = neighbours(at, model.positionBias, size)
      .map((one) => ({ at: one, sum: negativeEvidence(voters, model, one) }))
      .reduce((one, other) => (other.sum < one.sum ? other : one));
    if (next.sum < lowest) [at, lowest] = [next.at, next.sum];
    else size /= 2;
  }
  return at;
}

function neighbours(
  { positionBias, scale }: AnotherAnswer,
  ballotBias: number,
  size: number,
): AnotherAnswer[] {
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  const [least, most] = [ballotBias - MOST_BIAS, ballotBias + MOST_BIAS];
  return [-size, size].flatMap((step) => [
    { positionBias: clamp(positionBias + step * FIRST_STEPS.positionBias, least, most), scale },
    { positionBias, scale: clamp(scale + step * FIRST_STEPS.scale, 0, 1) },
  ]);
}

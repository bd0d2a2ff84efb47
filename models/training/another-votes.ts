/**
 * Votes by "another answer" in a training: they teach nobody else's taste, since those who cast them are
 * displeased with what their profile chose, and are measured against it when it is learned.
 */
import { dot, solveLower } from "../algebra/linear-algebra.js";
import {
  type AnotherAnswer,
  type BaseRewardModel,
  baseRewardDifferences,
} from "../rewards/base-rewards.js";
import type { PooledComparisons } from "../rewards/comparison.js";
import { estimateUserWeights } from "../rewards/user-weights.js";
import { ofMembers, ofRows } from "./collusion/select-members.js";
import { type AnotherVotes, fitAnotherAnswer } from "./estimate/another-answer.js";
import { rowsByMember } from "./estimate/training-data.js";

/** Whoever presses the button often counts as much as so many of their votes. */
const MOST_EACH = 20;

/** What base rewards are learned from: all votes but those by "another answer". */
export function withoutAnother(pooled: PooledComparisons): PooledComparisons {
  const { another, ...votes } = pooled;
  if (!another?.includes(1)) return votes;
  const { another: _another, ...rest } = ofRows(pooled, rowsWhere(another, 0));
  return rest;
}

/** The votes of `members` by "another answer"; undefined if there are none. */
export function anotherOf(
  pooled: PooledComparisons,
  members: readonly number[],
): PooledComparisons | undefined {
  if (!pooled.another?.includes(1)) return undefined;
  const votes = ofMembers(ofRows(pooled, rowsWhere(pooled.another, 1)), members);
  return votes.count > 0 ? votes : undefined;
}

/**
 * How votes by "another answer" are to be read under `model`: `votes` are those, and `ballots` what
 * else the same people said of their taste.
 */
export function learnAnotherAnswer(
  model: BaseRewardModel,
  ballots: PooledComparisons,
  votes: PooledComparisons,
): AnotherAnswer {
  const { featuresA, featuresB, outcomes, positions } = votes;
  const differences = baseRewardDifferences(model, featuresA, featuresB);
  const means = new Float64Array(votes.count);
  const variances = new Float64Array(votes.count);
  const weights = new Float64Array(votes.count);
  const [ballotsOf, votesOf] = [rowsByMember(ballots), rowsByMember(votes)];
  for (const member of new Set(votes.memberOf)) {
    const rows = rowsOf(votesOf, member);
    const known = estimateUserWeights(model, ofRows(ballots, rowsOf(ballotsOf, member)));
    for (const row of rows) {
      const z = differences.subarray(row * model.rank, (row + 1) * model.rank);
      const whitened = solveLower(known.cholesky, z, model.rank);
      means[row] = dot(known.weights, z);
      variances[row] = dot(whitened, whitened);
      weights[row] = votes.weights[row]! * Math.min(1, MOST_EACH / rows.length);
    }
  }
  const ballotBias = model.positionBias;
  const read: AnotherVotes = { means, variances, outcomes, positions, weights, ballotBias };
  return fitAnotherAnswer(read);
}

function rowsWhere(another: Uint8Array, value: 0 | 1): Int32Array {
  return Int32Array.from([...another.keys()].filter((row) => another[row] === value));
}

function rowsOf({ order, starts }: ReturnType<typeof rowsByMember>, member: number): Int32Array {
  return order.subarray(starts[member]!, starts[member + 1]!);
}

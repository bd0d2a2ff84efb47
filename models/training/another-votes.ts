/**
 * Votes by "another answer" in a training: they teach nobody else's taste, since those who cast them are
 * displeased with what their profile chose, and are measured against it when it is learned.
 */
import {
  type AnotherAnswer,
  type BaseRewardModel,
  baseRewardDifferences,
} from "../rewards/base-rewards.js";
import type { PooledComparisons } from "../rewards/comparison.js";
import { ofMembers, ofRows } from "./collusion/select-members.js";
import { fitAnotherAnswer, type RewardVotes } from "./estimate/another-answer.js";
import { rowsByMember } from "./estimate/training-data.js";

/** Of whoever presses the button often only the newest votes have a say in how all are read. */
const MOST_EACH = 20;
/** More people than these would only take time. */
const MOST_PEOPLE = 400;

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
  const [ballotsOf, votesOf] = [rowsByMember(ballots), rowsByMember(votes)];
  const voters = [...new Set(votes.memberOf)].slice(0, MOST_PEOPLE).map((member) => ({
    ballots: underModel(model, ballots, rowsOf(ballotsOf, member)),
    another: underModel(model, votes, rowsOf(votesOf, member).slice(-MOST_EACH)),
  }));
  return fitAnotherAnswer(voters, model);
}

function underModel(
  model: BaseRewardModel,
  pooled: PooledComparisons,
  rows: Int32Array,
): RewardVotes {
  const { count, featuresA, featuresB, outcomes, positions, weights } = ofRows(pooled, rows);
  const differences = baseRewardDifferences(model, featuresA, featuresB);
  return { count, differences, outcomes, positions, weights };
}

function rowsWhere(another: Uint8Array, value: 0 | 1): Int32Array {
  return Int32Array.from([...another.keys()].filter((row) => another[row] === value));
}

function rowsOf({ order, starts }: ReturnType<typeof rowsByMember>, member: number): Int32Array {
  return order.subarray(starts[member]!, starts[member + 1]!);
}

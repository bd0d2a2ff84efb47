/** Scores members under a base-reward model of any kind, from the pooled features. */
import { type BaseRewardModel, baseRewardDifferences } from "../base-rewards.js";
import type { PooledComparisons } from "../comparison.js";
import { type HeldOutScore, type MemberVotes, memberRows, scoreHeldOut } from "./held-out.js";
import { rowsByMember, type TrainingData } from "./training-data.js";

/** The scores of `members` under `model`, by member. `data` is made of `pooled`. */
export function scoreMembers(
  model: BaseRewardModel,
  members: Iterable<number>,
  pooled: PooledComparisons,
  data: TrainingData,
): Map<number, HeldOutScore> {
  const votes = votesUnder(model, members, pooled, data);
  return new Map([...votes].map(([member, own]) => [member, scoreHeldOut(model, own)]));
}

/** The comparisons of `members` in the base rewards of `model`, by member. */
export function votesUnder(
  model: BaseRewardModel,
  members: Iterable<number>,
  pooled: PooledComparisons,
  data: TrainingData,
): Map<number, MemberVotes> {
  const { order } = rowsByMember(pooled);
  const votes = new Map<number, MemberVotes>();
  for (const member of members) {
    const rows = order.subarray(data.starts[member]!, data.starts[member + 1]!);
    const differences = baseRewardDifferences(
      model,
      pickRows(pooled.featuresA, rows, model.dimensions),
      pickRows(pooled.featuresB, rows, model.dimensions),
    );
    votes.set(member, { ...memberRows(data, member), differences });
  }
  return votes;
}

/** The given rows of `matrix` [n, columns], in that order. */
export function pickRows(matrix: Float32Array, rows: Int32Array, columns: number): Float32Array {
  const picked = new Float32Array(rows.length * columns);
  rows.forEach((row, to) => {
    picked.set(matrix.subarray(row * columns, (row + 1) * columns), to * columns);
  });
  return picked;
}

/** Scores members under a base-reward model of any kind, from the pooled features. */
import { type BaseRewardModel, baseRewardDifferences } from "../../rewards/base-rewards.js";
import type { PooledComparisons } from "../../rewards/comparison.js";
import type { TrainingData } from "../estimate/training-data.js";
import {
  type HeldOutRows,
  type HeldOutScore,
  type MemberVotes,
  memberRows,
  scoreHeldOut,
} from "./held-out.js";

/** The scores of held-out members, whose rows are given, under `model`. `data` is made of `pooled`. */
export function scoreMembers(
  model: BaseRewardModel,
  rowsOf: Iterable<readonly [number, HeldOutRows]>,
  pooled: PooledComparisons,
  data: TrainingData,
): Map<number, HeldOutScore> {
  const { order } = data;
  const scores = new Map<number, HeldOutScore>();
  for (const [member, { rows, answered }] of rowsOf) {
    const votes = votesUnder(model, rows, order, pooled, data);
    scores.set(member, scoreHeldOut(model, { ...votes, answered }));
    data.pause();
  }
  return scores;
}

/**
 * The comparisons in the given `rows` of `data` in the base rewards of `model`; row r of `data` is
 * row order[r] of `pooled`.
 */
export function votesUnder(
  model: BaseRewardModel,
  rows: readonly number[],
  order: Int32Array,
  pooled: PooledComparisons,
  data: TrainingData,
): Omit<MemberVotes, "answered"> {
  const own = Int32Array.from(rows, (row) => order[row]!);
  const differences = baseRewardDifferences(
    model,
    pickRows(pooled.featuresA, own, model.dimensions),
    pickRows(pooled.featuresB, own, model.dimensions),
  );
  return { ...memberRows(data, rows), differences };
}

/** The given rows of `matrix` [n, columns], in that order. */
export function pickRows(matrix: Float32Array, rows: Int32Array, columns: number): Float32Array {
  const picked = new Float32Array(rows.length * columns);
  rows.forEach((row, to) => {
    picked.set(matrix.subarray(row * columns, (row + 1) * columns), to * columns);
  });
  return picked;
}

/** The part of pooled comparisons that some members gave. Knows no reason for leaving others out. */
import type { PooledComparisons } from "../../rewards/comparison.js";
import { pickRows } from "../validate/score-members.js";

/** The comparisons of `members` alone; who had none of them has none. */
export function ofMembers(
  pooled: PooledComparisons,
  members: readonly number[],
): PooledComparisons {
  const selected = new Set(members);
  const rows = [...pooled.memberOf.keys()].filter((row) => selected.has(pooled.memberOf[row]!));
  return ofRows(pooled, Int32Array.from(rows));
}

/** The comparisons in `own` rows, in that order; the members stay as they are. */
export function ofRows(pooled: PooledComparisons, own: Int32Array): PooledComparisons {
  const size = pooled.count > 0 ? pooled.featuresA.length / pooled.count : 0;
  return {
    count: own.length,
    members: pooled.members,
    memberOf: own.map((row) => pooled.memberOf[row]!),
    featuresA: pickRows(pooled.featuresA, own, size),
    featuresB: pickRows(pooled.featuresB, own, size),
    outcomes: pickRows(pooled.outcomes, own, 1),
    positions: pickRows(pooled.positions, own, 1),
    weights: pickRows(pooled.weights, own, 1),
    ...(pooled.another && { another: Uint8Array.from(own, (row) => pooled.another![row]!) }),
    ...(pooled.trainedBefore && {
      trainedBefore: Uint8Array.from(own, (row) => pooled.trainedBefore![row]!),
    }),
  };
}

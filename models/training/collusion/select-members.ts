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
  const size = pooled.count > 0 ? pooled.featuresA.length / pooled.count : 0;
  const own = Int32Array.from(rows);
  return {
    count: rows.length,
    members: pooled.members,
    memberOf: own.map((row) => pooled.memberOf[row]!),
    featuresA: pickRows(pooled.featuresA, own, size),
    featuresB: pickRows(pooled.featuresB, own, size),
    outcomes: pickRows(pooled.outcomes, own, 1),
    positions: pickRows(pooled.positions, own, 1),
    weights: pickRows(pooled.weights, own, 1),
    ...(pooled.trainedBefore && {
      trainedBefore: Uint8Array.from(own, (row) => pooled.trainedBefore![row]!),
    }),
  };
}

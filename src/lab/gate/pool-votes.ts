/** Planted votes as the arrays that training and scoring take. */
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { DIMENSIONS, type PlantedVote } from "./planted-people.js";

/** What one person has voted, oldest first. */
export interface PersonVotes {
  readonly votes: readonly PlantedVote[];
  /** The first so many trained the current base rewards. */
  readonly trainedBefore: number;
}

export function poolVotes(people: readonly PersonVotes[]): PooledComparisons {
  const rows = people.flatMap(({ votes, trainedBefore }, person) =>
    votes.map((vote, at) => ({ ...vote, person, before: at < trainedBefore })),
  );
  const count = rows.length;
  const featuresA = new Float32Array(count * DIMENSIONS);
  const featuresB = new Float32Array(count * DIMENSIONS);
  rows.forEach(({ a, b }, row) => {
    featuresA.set(a, row * DIMENSIONS);
    featuresB.set(b, row * DIMENSIONS);
  });
  return {
    count,
    members: people.length,
    memberOf: Int32Array.from(rows, ({ person }) => person),
    featuresA,
    featuresB,
    outcomes: Float32Array.from(rows, ({ outcome }) => outcome),
    positions: new Float32Array(count),
    weights: new Float32Array(count).fill(1),
    trainedBefore: Uint8Array.from(rows, ({ before }) => (before ? 1 : 0)),
  };
}

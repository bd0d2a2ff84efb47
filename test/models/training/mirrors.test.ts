import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { withoutMirrors } from "../../../models/training/collusion/mirrors.js";
import {
  differenceScales,
  prepareTrainingData,
} from "../../../models/training/estimate/training-data.js";
import { plantMembers } from "../../support/planted-members.js";

const DIMENSIONS = 3;
const MEMBERS = 40;
const VOTES = 40;

describe("members who vote the opposite of another one", () => {
  it("leave one of the two, whatever the order of questions and responses", () => {
    const stayed = SEEDS.map((seed) => {
      const pooled = plant();
      follow(pooled, 3, 11, VOTES, opposite);
      const left = leftOut(pooled, seed);
      expect(left).toHaveLength(1);
      return left[0];
    });
    expect(new Set(stayed)).toEqual(new Set([3, 11]));
  });

  it("leave either the one that several follow, or all of these", () => {
    const stayed = SEEDS.map((seed) => {
      const pooled = plant();
      for (const follower of [11, 12, 13]) follow(pooled, 3, follower, VOTES, opposite);
      return leftOut(pooled, seed).join(" ");
    });
    expect(new Set(stayed)).toEqual(new Set(["3", "11 12 13"]));
  });

  it("are found where one vote in twenty differs and some questions are others", () => {
    const pooled = plant();
    follow(pooled, 3, 11, 0.9 * VOTES, (outcome, vote) =>
      vote % 20 === 0 ? outcome : 1 - outcome,
    );
    expect(leftOut(pooled)).toHaveLength(1);
  });

  it("are not those with the opposite taste, whose votes are as uncertain as others'", () => {
    const random = createRandomGenerator(2);
    for (const seed of SEEDS) {
      const pooled = plant(seed);
      follow(pooled, 3, 11, VOTES, (outcome) => (random() < 0.75 ? 1 - outcome : outcome));
      expect(leftOut(pooled)).toEqual([]);
    }
  });

  it("are not those who agree, or tie, or share few questions", () => {
    for (const vote of [(outcome: number) => outcome, () => 0.5]) {
      const pooled = plant();
      follow(pooled, 3, 11, VOTES, vote);
      expect(leftOut(pooled)).toEqual([]);
    }
    const pooled = plant();
    follow(pooled, 3, 11, VOTES / 2, opposite);
    expect(leftOut(pooled)).toEqual([]);
  });

  it("are found among those whom everybody was asked the same as", () => {
    const pooled = plant();
    const random = createRandomGenerator(3);
    for (let member = 1; member < MEMBERS; member++) {
      follow(pooled, 0, member, VOTES, () => (random() < 0.5 ? 1 : 0));
    }
    expect(leftOut(pooled)).toEqual([]);
    follow(pooled, 3, 11, VOTES, opposite);
    expect(leftOut(pooled)).toHaveLength(1);
  });
});

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

function opposite(outcome: number): number {
  return 1 - outcome;
}

function plant(seed = 1): PooledComparisons {
  return plantMembers({
    members: MEMBERS,
    votesEach: VOTES,
    dimensions: DIMENSIONS,
    seed,
    baseRewards: (features) => [features[0]!],
  });
}

/** `follower` is asked the first `count` questions of `leader`, last first and swapped, and votes `vote` of theirs. */
function follow(
  { featuresA, featuresB, outcomes }: PooledComparisons,
  leader: number,
  follower: number,
  count: number,
  vote: (outcome: number, at: number) => number,
): void {
  for (let at = 0; at < count; at++) {
    const from = leader * VOTES + at;
    const to = follower * VOTES + count - 1 - at;
    const features = (own: Float32Array) => own.slice(from * DIMENSIONS, (from + 1) * DIMENSIONS);
    const [a, b] = [features(featuresA), features(featuresB)];
    featuresA.set(b, to * DIMENSIONS);
    featuresB.set(a, to * DIMENSIONS);
    outcomes[to] = 1 - vote(outcomes[from]!, at);
  }
}

function leftOut(pooled: PooledComparisons, seed = 1): number[] {
  const data = prepareTrainingData(pooled, DIMENSIONS, differenceScales(pooled, DIMENSIONS));
  const members = [...Array(data.members).keys()];
  const kept = new Set(withoutMirrors(data, members, createRandomGenerator(seed)));
  return members.filter((member) => !kept.has(member));
}

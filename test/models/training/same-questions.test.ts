import { describe, expect, it } from "vitest";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import {
  differenceScales,
  prepareTrainingData,
} from "../../../models/training/estimate/training-data.js";
import { askedTheSame } from "../../../models/training/validate/same-questions.js";
import { plantMembers } from "../../support/planted-members.js";

const DIMENSIONS = 3;
const MEMBERS = 40;
const VOTES = 8;

describe("members who were asked the same questions", () => {
  it("are found, in whichever order they were asked and whichever response came first", () => {
    const pooled = plant();
    copyQuestions(pooled, 3, 11, VOTES);
    expect(found(pooled)).toEqual([3, 11]);
  });

  it("are not those who have some questions in common", () => {
    const pooled = plant();
    copyQuestions(pooled, 3, 11, VOTES / 2);
    expect(found(pooled)).toEqual([]);
  });

  it("are nobody where they are half of all, so that somebody is left to predict", () => {
    const pooled = plant();
    for (let member = 0; member < MEMBERS; member += 2) {
      copyQuestions(pooled, member, member + 1, VOTES);
    }
    expect(found(pooled)).toEqual([]);
  });

  it("are not those who were asked what everybody was asked", () => {
    const pooled = plant();
    for (let member = 1; member < MEMBERS; member++) copyQuestions(pooled, 0, member, VOTES);
    expect(found(pooled)).toEqual([]);
  });
});

function plant(): PooledComparisons {
  return plantMembers({
    members: MEMBERS,
    votesEach: VOTES,
    dimensions: DIMENSIONS,
    seed: 1,
    baseRewards: (features) => [features[0]!],
  });
}

/** Asks `to` the first `count` questions of `from`, the last first, with the responses swapped. */
function copyQuestions(pooled: PooledComparisons, from: number, to: number, count: number): void {
  const { featuresA, featuresB } = pooled;
  const rowOf = (features: Float32Array, member: number, vote: number) => {
    const row = (member * VOTES + vote) * DIMENSIONS;
    return features.slice(row, row + DIMENSIONS);
  };
  for (let vote = 0; vote < count; vote++) {
    const at = (to * VOTES + count - 1 - vote) * DIMENSIONS;
    featuresA.set(rowOf(featuresB, from, vote), at);
    featuresB.set(rowOf(featuresA, from, vote), at);
  }
}

function found(pooled: PooledComparisons): number[] {
  const data = prepareTrainingData(pooled, DIMENSIONS, differenceScales(pooled, DIMENSIONS));
  const members = [...Array(data.members).keys()];
  return [...askedTheSame(data, members)].sort((first, second) => first - second);
}

import { beforeAll, describe, expect, it } from "vitest";
import {
  type BaseRewardModel,
  baseRewardDifferences,
} from "../../../models/rewards/base-rewards.js";
import { NotEnoughFeedbackError } from "../../../models/training/not-enough-feedback.js";
import type { TrainingOptions } from "../../../models/training/prepare-training.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { plantMembers } from "../../support/planted-members.js";
import { untrainedModel } from "../../support/untrained-model.js";

const DIMENSIONS = 12;
const OPTIONS: TrainingOptions = { seed: 1, encoderId: "planted", maximumRank: 6 };

/** Two directions among twelve that tastes differ in. */
const twoDirections = (features: Float32Array) => [
  1.5 * (features[0]! + features[1]!),
  1.5 * (features[2]! - features[3]!),
];

describe("the training of base rewards", () => {
  beforeAll(async () => {
    await chooseBackend();
  });

  it("finds the directions that tastes differ in, and how many there are", async () => {
    const pooled = plantMembers({
      members: 60,
      votesEach: 30,
      dimensions: DIMENSIONS,
      seed: 1,
      baseRewards: twoDirections,
    });
    const { model, adopted, candidate, settings } = await trainBaseRewards(
      pooled,
      untrainedModel(DIMENSIONS),
      OPTIONS,
    );
    expect(adopted).toBe(true);
    expect(candidate.accuracy).toBeGreaterThan(0.7);
    expect(settings.rank).toBeLessThanOrEqual(3);
    const relevant = [0, 1, 2, 3].map((feature) => strengthOf(model, feature));
    const others = [4, 5, 6, 7, 8, 9, 10, 11].map((feature) => strengthOf(model, feature));
    expect(Math.min(...relevant)).toBeGreaterThan(3 * Math.max(...others));
  });

  it("fixes the gauge: uncorrelated axes, by explained variance, liked on average", async () => {
    const pooled = plantMembers({
      members: 50,
      votesEach: 24,
      dimensions: DIMENSIONS,
      seed: 2,
      baseRewards: twoDirections,
      mean: 0.8,
    });
    const { model } = await trainBaseRewards(pooled, untrainedModel(DIMENSIONS), OPTIONS);
    const { rank, prior } = model;
    expect(prior.mean.every((value) => value >= 0)).toBe(true);
    prior.precision.forEach((entry, at) => {
      expect(entry).toBeCloseTo(at % (rank + 1) === 0 ? 1 : 0, 9);
    });
    const differences = baseRewardDifferences(model, pooled.featuresA, pooled.featuresB);
    const moment = (i: number, j: number) => {
      let sum = 0;
      for (let row = 0; row < pooled.count; row++) {
        sum += differences[row * rank + i]! * differences[row * rank + j]!;
      }
      return sum / pooled.count;
    };
    for (let i = 1; i < rank; i++) {
      expect(moment(i, i)).toBeLessThanOrEqual(moment(i - 1, i - 1) * (1 + 1e-5));
      for (let j = 0; j < i; j++) {
        expect(Math.abs(moment(i, j))).toBeLessThan(1e-4 * moment(0, 0));
      }
    }
  });

  it("does not adopt what coins have voted", async () => {
    const pooled = plantMembers({
      members: 40,
      votesEach: 20,
      dimensions: DIMENSIONS,
      seed: 3,
      baseRewards: () => [],
    });
    const { adopted, reason } = await trainBaseRewards(pooled, untrainedModel(DIMENSIONS), OPTIONS);
    expect(adopted).toBe(false);
    expect(reason).toMatch(/not adopted/);
  });

  it("does not adopt what is no better than what is there", async () => {
    const planted = {
      members: 60,
      votesEach: 30,
      dimensions: DIMENSIONS,
      baseRewards: twoDirections,
    };
    const first = await trainBaseRewards(
      plantMembers({ ...planted, seed: 4 }),
      untrainedModel(DIMENSIONS),
      OPTIONS,
    );
    const again = await trainBaseRewards(
      plantMembers({ ...planted, seed: 5, members: 12 }),
      first.model,
      OPTIONS,
    );
    expect(first.adopted).toBe(true);
    expect(again.adopted).toBe(false);
  });

  it("grows a hidden layer where taste is not linear, and only there", async () => {
    const planted = { members: 60, votesEach: 40, dimensions: 4, seed: 6 };
    const bent = await trainBaseRewards(
      plantMembers({ ...planted, baseRewards: ([x]) => [4 * Math.tanh(2 * (x! - 1))] }),
      untrainedModel(4),
      OPTIONS,
    );
    const straight = await trainBaseRewards(
      plantMembers({ ...planted, baseRewards: ([x]) => [2 * x!] }),
      untrainedModel(4),
      OPTIONS,
    );
    expect(bent.settings.hiddenTurns).toBeGreaterThan(0);
    expect(bent.model.hidden).toBeDefined();
    expect(straight.model.hidden).toBeUndefined();
  });

  it("gives the same for the same seed", async () => {
    const pooled = plantMembers({
      members: 12,
      votesEach: 12,
      dimensions: 5,
      seed: 7,
      baseRewards: ([x]) => [2 * x!],
    });
    const [first, second] = [
      await trainBaseRewards(pooled, untrainedModel(5), OPTIONS),
      await trainBaseRewards(pooled, untrainedModel(5), OPTIONS),
    ];
    expect(first).toEqual(second);
  });

  it("says what is missing where there is too little", async () => {
    const pooled = plantMembers({
      members: 4,
      votesEach: 20,
      dimensions: 5,
      seed: 8,
      baseRewards: ([x]) => [x!],
    });
    await expect(trainBaseRewards(pooled, untrainedModel(5), OPTIONS)).rejects.toThrow(
      NotEnoughFeedbackError,
    );
  });

  it("refuses features that are no numbers", async () => {
    const pooled = plantMembers({
      members: 6,
      votesEach: 10,
      dimensions: 5,
      seed: 9,
      baseRewards: ([x]) => [x!],
    });
    pooled.featuresA[7] = Number.NaN;
    await expect(trainBaseRewards(pooled, untrainedModel(5), OPTIONS)).rejects.toThrow(RangeError);
  });
});

function strengthOf({ weights, rank, dimensions }: BaseRewardModel, feature: number): number {
  return Math.hypot(
    ...Array.from({ length: rank }, (_, axis) => weights[axis * dimensions + feature]!),
  );
}

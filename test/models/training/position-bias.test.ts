import { beforeAll, describe, expect, it } from "vitest";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { Comparisons, PooledComparisons } from "../../../models/rewards/comparison.js";
import { estimateUserWeights } from "../../../models/rewards/user-weights.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { type PlantedOptions, plantMembers } from "../../support/planted-members.js";
import { untrainedModel } from "../../support/untrained-model.js";

const DIMENSIONS = 12;
const MEMBERS = 60;

describe("the position bias", () => {
  beforeAll(async () => {
    await chooseBackend();
  });

  it("is learned beside the tastes, and is next to nothing where there is none", async () => {
    const biased = await train({ positionBias: 1, members: 4 * MEMBERS });
    const fair = await train({ positionBias: 1e-9 });
    expect(biased.model.positionBias).toBeGreaterThan(0.75);
    expect(biased.model.positionBias).toBeLessThan(1.05);
    expect(Math.abs(fair.model.positionBias)).toBeLessThan(0.2);
  });

  it("explains members who all tap the first answer: finite, and no taste is left over", async () => {
    const { model, pooled } = await train({ alwaysFirst: MEMBERS });
    expect(Number.isFinite(model.positionBias)).toBe(true);
    expect(model.positionBias).toBeGreaterThan(3);
    const members = [...Array(MEMBERS).keys()];
    const left = meanTaste(model, pooled, members);
    expect(left).toBeLessThan(0.02);
    expect(left).toBeLessThan(0.05 * meanTaste({ ...model, positionBias: 0 }, pooled, members));
  });

  it("takes from those who always tap the first answer, not from the others, what looks like taste", async () => {
    const { model, pooled } = await train({ alwaysFirst: MEMBERS / 2 });
    expect(model.positionBias).toBeGreaterThan(0.5);
    const members = [...Array(MEMBERS).keys()];
    const [always, others] = [members.slice(0, MEMBERS / 2), members.slice(MEMBERS / 2)];
    const left = meanTaste(model, pooled, always);
    expect(left).toBeLessThan(0.8 * meanTaste({ ...model, positionBias: 0 }, pooled, always));
    expect(left).toBeLessThan(0.3 * meanTaste(model, pooled, others));
  });
});

async function train(
  planted: Pick<PlantedOptions, "positionBias" | "alwaysFirst"> &
    Partial<Pick<PlantedOptions, "members">>,
) {
  const pooled = plantMembers({
    members: MEMBERS,
    votesEach: 30,
    dimensions: DIMENSIONS,
    seed: 1,
    baseRewards: (features) => [
      1.5 * (features[0]! + features[1]!),
      1.5 * (features[2]! - features[3]!),
    ],
    ...planted,
  });
  const options = { seed: 1, encoderId: "planted", maximumRank: 6, hiddenUnits: 0 };
  return { pooled, ...(await trainBaseRewards(pooled, untrainedModel(DIMENSIONS), options)) };
}

function meanTaste(
  model: BaseRewardModel,
  pooled: PooledComparisons,
  members: readonly number[],
): number {
  const tastes = members.map((member) => tasteOf(model, votesOf(pooled, member)));
  return tastes.reduce((sum, taste) => sum + taste, 0) / members.length;
}

/** ‖λ̂ − μ‖: how far the member's weights are from those of the average member. */
function tasteOf(model: BaseRewardModel, votes: Comparisons): number {
  const { weights } = estimateUserWeights(model, votes);
  return Math.hypot(...weights.map((weight, axis) => weight - model.prior.mean[axis]!));
}

/** The comparisons of one member; planted members own consecutive rows. */
function votesOf(pooled: PooledComparisons, member: number): Comparisons {
  const start = pooled.memberOf.indexOf(member);
  const end = pooled.memberOf.lastIndexOf(member) + 1;
  return {
    count: end - start,
    featuresA: pooled.featuresA.subarray(start * DIMENSIONS, end * DIMENSIONS),
    featuresB: pooled.featuresB.subarray(start * DIMENSIONS, end * DIMENSIONS),
    outcomes: pooled.outcomes.subarray(start, end),
    positions: pooled.positions.subarray(start, end),
    weights: pooled.weights.subarray(start, end),
  };
}

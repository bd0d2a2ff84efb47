import { beforeAll, describe, expect, it } from "vitest";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { ofMembers } from "../../../models/training/collusion/select-members.js";
import type { TrainingOptions } from "../../../models/training/prepare-training.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { plantMembers } from "../../support/planted-members.js";
import { untrainedModel } from "../../support/untrained-model.js";

const DIMENSIONS = 12;
const OPTIONS: TrainingOptions = {
  seed: 1,
  encoderId: "planted",
  maximumRank: 6,
  hiddenUnits: 0,
};
const BEFORE = 8;
const AFTER = 30;

const twoDirections = (features: Float32Array) => [
  1.5 * (features[0]! + features[1]!),
  1.5 * (features[2]! - features[3]!),
];

describe("a second training of the same people", () => {
  let all: PooledComparisons;
  let early: PooledComparisons;
  let first: BaseRewardModel;
  beforeAll(async () => {
    await chooseBackend();
    const planted = { members: 40, votesEach: AFTER, dimensions: DIMENSIONS, seed: 5 };
    all = plantMembers({ ...planted, baseRewards: twoDirections });
    early = firstVotes(all, BEFORE);
    first = (await trainBaseRewards(early, untrainedModel(DIMENSIONS), OPTIONS)).model;
  });

  it("is adopted where many more votes have made it better", async () => {
    const { adopted, reason } = await trainBaseRewards(marked(all, BEFORE), first, OPTIONS);
    expect(adopted, reason).toBe(true);
  });

  it("is held against people that the present base rewards did not know", async () => {
    const fair = await trainBaseRewards(marked(all, BEFORE), first, OPTIONS);
    const unfair = await trainBaseRewards(all, first, OPTIONS);
    expect(fair.current.logLikelihood).toBeLessThan(unfair.current.logLikelihood - 0.01);
    expect(fair.candidate.members).toBe(40);
  });

  it("is not adopted where nobody has voted since", async () => {
    const { adopted, difference } = await trainBaseRewards(marked(early, BEFORE), first, OPTIONS);
    expect(adopted).toBe(false);
    expect(Math.abs(difference.mean)).toBeLessThan(1e-9);
  });

  it("judges by the recipe that the version was trained by, and by the new one in older versions", async () => {
    expect(first.recipe).toMatchObject({ from: "nothing", rounds: expect.any(Number) });
    const { recipe: _recipe, ...older } = first;
    const { candidate, current } = await trainBaseRewards(marked(all, BEFORE), older, OPTIONS);
    expect(current.logLikelihood).toBeLessThan(candidate.logLikelihood);
  });

  it("holds newcomers against the present base rewards themselves", async () => {
    const known = [...Array(30).keys()];
    const before = ofMembers(early, known);
    const { model } = await trainBaseRewards(before, untrainedModel(DIMENSIONS), OPTIONS);
    const trainedBefore = all.memberOf.map((member, row) =>
      member < 30 && row % AFTER < BEFORE ? 1 : 0,
    );
    const pooled = { ...all, trainedBefore: Uint8Array.from(trainedBefore) };
    const { current, candidate } = await trainBaseRewards(pooled, model, OPTIONS);
    expect(current.members).toBe(40);
    expect(candidate.members).toBe(40);
  });
});

/** The first `count` votes of everybody. */
function firstVotes(pooled: PooledComparisons, count: number): PooledComparisons {
  const rows = [...pooled.memberOf.keys()].filter((row) => row % AFTER < count);
  const pick = (values: Float32Array, columns: number) => {
    const picked = new Float32Array(rows.length * columns);
    rows.forEach((row, at) => {
      picked.set(values.subarray(row * columns, (row + 1) * columns), at * columns);
    });
    return picked;
  };
  return {
    count: rows.length,
    members: pooled.members,
    memberOf: Int32Array.from(rows, (row) => pooled.memberOf[row]!),
    featuresA: pick(pooled.featuresA, DIMENSIONS),
    featuresB: pick(pooled.featuresB, DIMENSIONS),
    outcomes: pick(pooled.outcomes, 1),
    positions: pick(pooled.positions, 1),
    weights: pick(pooled.weights, 1),
  };
}

/** With a mark at the first `count` votes of everybody. */
function marked(pooled: PooledComparisons, count: number): PooledComparisons {
  const votesEach = pooled.count / pooled.members;
  const trainedBefore = Uint8Array.from(pooled.memberOf, (_, row) =>
    row % votesEach < count ? 1 : 0,
  );
  return { ...pooled, trainedBefore };
}

import { beforeAll, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { plantMembers } from "../../support/planted-members.js";
import { untrainedModel } from "../../support/untrained-model.js";

const DIMENSIONS = 6;
const MEMBERS = 30;
const VOTES = 20;
const OPTIONS = { seed: 1, encoderId: "planted", maximumRank: 4, hiddenUnits: 0 };

describe("a training with votes by another answer", () => {
  let plain: BaseRewardModel;

  beforeAll(async () => {
    await chooseBackend();
    plain = (await trainBaseRewards(ballots(), untrainedModel(DIMENSIONS), OPTIONS)).model;
  });

  it("learns the same base rewards as without them, to the last bit", async () => {
    const pooled = addAnother(ballots(), 10, () => 0);
    const { anotherAnswer, ...model } = (
      await trainBaseRewards(pooled, untrainedModel(DIMENSIONS), OPTIONS)
    ).model;
    expect(model).toEqual(plain);
    expect(anotherAnswer).toBeDefined();
    expect(plain.anotherAnswer).toBeUndefined();
  });

  it("finds that they are against the answer shown first, whatever it says", async () => {
    const pooled = addAnother(ballots(), 10, (random) => (random() < 0.8 ? 0 : 1));
    const { model } = await trainBaseRewards(pooled, untrainedModel(DIMENSIONS), OPTIONS);
    expect(model.anotherAnswer!.positionBias).toBeLessThan(-0.9);
    expect(model.anotherAnswer!.scale).toBeLessThan(0.3);
  });
});

function ballots(): PooledComparisons {
  return plantMembers({
    members: MEMBERS,
    votesEach: VOTES,
    dimensions: DIMENSIONS,
    seed: 1,
    baseRewards: (features) => [1.5 * features[0]!, 1.5 * features[1]!],
  });
}

/** `votes` with some more of each member on the same responses, that came by another answer. */
function addAnother(
  votes: PooledComparisons,
  each: number,
  choose: (random: () => number) => number,
): PooledComparisons {
  const random = createRandomGenerator(7);
  const { count, featuresA, featuresB, memberOf, outcomes, positions, weights } = votes;
  const rows = [...Array(count).keys()];
  const more = rows.filter((row) => row % VOTES < each);
  const all = [...rows, ...more];
  const matrix = (values: Float32Array) =>
    Float32Array.from(
      all.flatMap((row) => [...values.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS)]),
    );
  const chosen = all.map((row, at) => (at < count ? outcomes[row]! : choose(random)));
  return {
    count: all.length,
    members: votes.members,
    featuresA: matrix(featuresA),
    featuresB: matrix(featuresB),
    memberOf: Int32Array.from(all, (row) => memberOf[row]!),
    outcomes: Float32Array.from(chosen),
    positions: Float32Array.from(all, (row, at) => (at < count ? positions[row]! : 1)),
    weights: Float32Array.from(all, (row) => weights[row]!),
    another: Uint8Array.from(all, (_, at) => (at < count ? 0 : 1)),
  };
}

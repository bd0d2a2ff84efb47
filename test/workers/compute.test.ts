import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeResponses } from "../../models/encoder/encoder.js";
import { computeBaseRewards } from "../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { estimateUserWeights, priorUserWeights } from "../../models/rewards/user-weights.js";
import { type Compute, createCompute } from "../../workers/compute.js";
import { PATIENT_COMPUTE } from "../support/test-services.js";

const RESPONSES = ["Yes.", "Well, perhaps; what do you think?", "Absolutely! I love that idea!"];

describe("the worker pool", () => {
  const model = createStarterModel();
  let compute: Compute;
  beforeAll(() => {
    compute = createCompute({ threads: 2, ...PATIENT_COMPUTE });
  });
  afterAll(() => compute.close());

  it("scores candidates as the mathematics does here", async () => {
    const userWeights = {
      ...priorUserWeights(model),
      weights: Float64Array.from({ length: model.rank }, (_, axis) => axis - 2),
    };
    const scored = await compute.scoreCandidates({ model, userWeights, responses: RESPONSES });
    const features = encodeResponses(RESPONSES);
    const baseRewards = computeBaseRewards(model, features);
    expect(scored.features).toEqual(features);
    expect(scored.baseRewards).toEqual(baseRewards);
    RESPONSES.forEach((_, row) => {
      const own = [...baseRewards.subarray(row * model.rank, (row + 1) * model.rank)];
      const reward = own.reduce((sum, value, axis) => sum + value * (axis - 2), 0);
      expect(scored.rewards[row]).toBeCloseTo(reward, 10);
    });
  });

  it("gives the caller's arrays away instead of copying them", async () => {
    const comparisons = someComparisons(model.dimensions);
    const { featuresA } = comparisons;
    const expected = estimateUserWeights(model, someComparisons(model.dimensions));
    expect(await compute.updateWeights({ model, comparisons })).toEqual(expected);
    expect(featuresA.byteLength).toBe(0);
  });

  it("has no pair to ask about where all candidates are alike", async () => {
    const userWeights = priorUserWeights(model);
    const alike = await compute.scoreCandidates({
      model,
      userWeights,
      responses: ["Yes.", "Yes."],
    });
    const pair = await compute.selectPair({
      baseRewards: alike.baseRewards,
      count: 2,
      userWeights,
      acquisition: "ellipsoid",
    });
    expect(pair).toBeNull();
    expect(alike.doubt).toBe(0);
  });

  it("answers many callers at once, each with their own result", async () => {
    const userWeights = priorUserWeights(model);
    const texts = Array.from({ length: 40 }, (_, at) => `Answer ${"very ".repeat(at)}long.`);
    const results = await Promise.all(
      texts.map((text) => compute.scoreCandidates({ model, userWeights, responses: [text] })),
    );
    results.forEach((result, at) => {
      expect(result.features).toEqual(encodeResponses([texts[at]!]));
    });
  });
});

function someComparisons(dimensions: number) {
  const encoded = encodeResponses(RESPONSES);
  const row = (at: number) => encoded.subarray(at * dimensions, (at + 1) * dimensions);
  return {
    count: 2,
    featuresA: Float32Array.from([...row(0), ...row(1)]),
    featuresB: Float32Array.from([...row(1), ...row(2)]),
    outcomes: Float32Array.of(1, 0),
    positions: Float32Array.of(1, 1),
    weights: Float32Array.of(1, 1),
  };
}

import { describe, expect, it } from "vitest";
import { encodeResponses, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { lengthRange } from "../../../src/conversation/steering/answer-lengths.js";

const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(" ");
const deck = {
  dimensions: FEATURE_COUNT,
  features: encodeResponses([20, 50, 80].map(words)),
};

describe("the lengths between which directives stay", () => {
  it("are those of the answers that the member has voted on", () => {
    const { usual, covered } = lengthRange([30, 120], deck);
    expect(usual).toBeCloseTo(50, -1);
    expect(covered).toEqual([30, 120]);
  });

  it("are any where no vote tells", () => {
    expect(lengthRange([], deck).covered).toEqual([15, 400]);
  });
});

import { describe, expect, it } from "vitest";
import { encodeResponse, encodeResponses, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { lengthRange } from "../../../src/conversation/steering/answer-lengths.js";
import type { ComparisonRecord } from "../../../src/store/records.js";
import { featuresToText } from "../../../src/store/vector-text.js";

const ENCODER = "attune-style-3";
const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(" ");
const deck = {
  encoderId: ENCODER,
  dimensions: FEATURE_COUNT,
  features: encodeResponses([20, 50, 80].map(words)),
};

function vote(a: number, b: number, changed: Partial<ComparisonRecord> = {}): ComparisonRecord {
  return {
    a: featuresToText(encodeResponse(words(a))),
    b: featuresToText(encodeResponse(words(b))),
    outcome: 1,
    weight: 1,
    encoder: ENCODER,
    firstShown: "a",
    source: "chat",
    trains: true,
    at: 0,
    ...changed,
  };
}

describe("the lengths between which directives stay", () => {
  it("are those of the answers that the member has voted on", () => {
    const { usual, covered } = lengthRange([vote(30, 60), vote(120, 40)], deck);
    expect(usual).toBeCloseTo(50, -1);
    expect(covered[0]).toBeGreaterThan(25);
    expect(covered[0]).toBeLessThan(35);
    expect(covered[1]).toBeGreaterThan(105);
    expect(covered[1]).toBeLessThan(135);
  });

  it("are any where nothing was voted on, and wishes and other encoders tell nothing", () => {
    const any = lengthRange([], deck).covered;
    expect(any).toEqual([15, 400]);
    const wish = vote(3, 900, { source: "nudge" });
    expect(lengthRange([wish, vote(3, 900, { encoder: "another" })], deck).covered).toEqual(any);
  });
});

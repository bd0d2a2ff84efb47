import { describe, expect, it } from "vitest";
import {
  NO_LENGTHS,
  type PlainLengths,
  usualLength,
  withPlainAnswer,
} from "../../../models/steering/plain-lengths.js";

const sumsOf = (words: readonly number[], from: PlainLengths = NO_LENGTHS) =>
  words.reduce(withPlainAnswer, from);
const times = (count: number, words: number) => Array.from({ length: count }, () => words);

describe("the length of a language model's plain answers", () => {
  it("is not known from a few", () => {
    expect(usualLength(sumsOf(times(4, 100)))).toBeUndefined();
  });

  it("is their geometric mean", () => {
    expect(usualLength(sumsOf([...times(50, 50), ...times(50, 200)]))).toBeGreaterThan(90);
    expect(usualLength(sumsOf(times(30, 100)))).toBeCloseTo(100);
    expect(usualLength(sumsOf(times(30, 0)))).toBeCloseTo(1);
  });

  it("follows a model that is updated", () => {
    const before = sumsOf(times(2_000, 300));
    expect(usualLength(sumsOf(times(500, 60), before))).toBeLessThan(65);
  });
});

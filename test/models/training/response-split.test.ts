import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  numberResponses,
  splitByResponse,
} from "../../../models/training/validate/response-split.js";

describe("a held-out member's comparisons", () => {
  it("are parted so that no response is on both sides, in their order", () => {
    const pair = fc.tuple(fc.nat(30), fc.nat(30)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), (pairs) => {
        const rows = pairs.map((_, row) => row);
        const { answered, predicted } = splitByResponse(rows, Int32Array.from(pairs.flat()));
        const known = new Set(answered.flatMap((row) => pairs[row]!));
        for (const row of predicted) {
          for (const response of pairs[row]!) expect(known.has(response)).toBe(false);
        }
        for (const side of [answered, predicted]) {
          expect([...side].sort((first, second) => first - second)).toEqual(side);
        }
        expect(new Set([...answered, ...predicted]).size).toBe(answered.length + predicted.length);
      }),
    );
  });

  it("are all used, half and half, where every response is new", () => {
    const rows = Array.from({ length: 21 }, (_, row) => row);
    const { answered, predicted } = splitByResponse(
      rows,
      Int32Array.from({ length: 42 }, (_, k) => k),
    );
    expect(answered).toHaveLength(11);
    expect(predicted).toHaveLength(10);
  });

  it("have the same response where the features are the same, on either side", () => {
    const featuresA = Float32Array.from([1, 2, 3, 4, 1, 2]);
    const featuresB = Float32Array.from([3, 4, 1, 2.5, 5, 6]);
    expect([...numberResponses(featuresA, featuresB, 2)]).toEqual([0, 1, 1, 2, 0, 3]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  featuresFromText,
  featuresToText,
  VectorTextError,
  weightsFromText,
  weightsToText,
} from "../../src/storage/vector-text.js";

describe("vectors as text", () => {
  it("gives features back within a 127th of the largest one", () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, maxLength: 300, min: -4, max: 4, noNaN: true }),
        (features) => {
          const largest = Math.max(...features.map(Math.abs));
          const back = featuresFromText(featuresToText(features));
          expect(back.length).toBe(features.length);
          back.forEach((value, at) => {
            expect(Math.abs(value - features[at]!)).toBeLessThanOrEqual(largest / 127 + 1e-6);
          });
        },
      ),
      { seed: 1 },
    );
  });

  it("gives weights back exactly", () => {
    const weights = Float32Array.from([0, -1.5, Math.PI, 1e-30, 3e38]);
    expect(weightsFromText(weightsToText(weights))).toEqual(weights);
  });

  it("keeps a comparison of two responses below a kilobyte", () => {
    const features = Float32Array.from({ length: 224 }, (_, at) => Math.sin(at));
    expect(2 * featuresToText(features).length).toBeLessThan(700);
  });

  it("says that a damaged vector is damaged", () => {
    expect(() => featuresFromText("no scale here")).toThrow(VectorTextError);
    expect(() => weightsFromText("AAA=")).toThrow(VectorTextError);
  });
});

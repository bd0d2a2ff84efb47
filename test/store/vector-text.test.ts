import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VectorTextError } from "../../src/store/store-error.js";
import {
  featureCount,
  featureFromText,
  featuresFromText,
  featuresToText,
  lowerTriangleFromText,
  lowerTriangleToText,
  weightsFromText,
  weightsToText,
} from "../../src/store/vector-text.js";

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

  it("gives one feature as all of them have it", () => {
    fc.assert(
      fc.property(fc.float32Array({ minLength: 1, maxLength: 30, noNaN: true }), (features) => {
        fc.pre(features.every(Number.isFinite));
        const text = featuresToText(features);
        featuresFromText(text).forEach((value, at) => {
          expect(featureFromText(text, at)).toBe(value);
        });
        expect(() => featureFromText(text, features.length)).toThrow(RangeError);
      }),
    );
    expect(() => featureFromText("AAAA", 0)).toThrow(VectorTextError);
  });

  it("gives weights back exactly", () => {
    const weights = Float32Array.from([0, -1.5, Math.PI, 1e-30, 3e38]);
    expect(weightsFromText(weightsToText(weights))).toEqual(weights);
  });

  it("gives a lower triangle back exactly, and takes half the room", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.infiniteStream(fc.double()), (n, numbers) => {
        const matrix = new Float64Array(n * n);
        for (let row = 0; row < n; row++) {
          for (let column = 0; column <= row; column++) {
            matrix[row * n + column] = numbers.next().value as number;
          }
        }
        const text = lowerTriangleToText(matrix, n);
        expect(lowerTriangleFromText(text, n)).toEqual(matrix);
        expect(text.length).toBeLessThanOrEqual(4 * Math.ceil((n * (n + 1) * 4) / 3));
      }),
      { seed: 1 },
    );
  });

  it("counts features without reading them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (count) => {
        expect(featureCount(featuresToText(new Float32Array(count).fill(0.5)))).toBe(count);
      }),
      { seed: 1 },
    );
  });

  it("keeps a comparison of two responses below a kilobyte", () => {
    const features = Float32Array.from({ length: 224 }, (_, at) => Math.sin(at));
    expect(2 * featuresToText(features).length).toBeLessThan(700);
  });

  it("says that a damaged vector is damaged", () => {
    expect(() => featuresFromText("no scale here")).toThrow(VectorTextError);
    expect(() => weightsFromText("AAA=")).toThrow(VectorTextError);
    expect(() => lowerTriangleFromText("AAA=", 1)).toThrow(VectorTextError);
    expect(() => lowerTriangleFromText("", 1)).toThrow(VectorTextError);
  });
});

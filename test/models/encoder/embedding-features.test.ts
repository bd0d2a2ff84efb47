import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  EncodingMismatchError,
  encodeFor,
  scaleEmbedding,
} from "../../../models/encoder/embedding-features.js";
import { encodeResponses, STYLE_FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { BUILT_IN_ENCODING, embeddingEncoding } from "../../../models/encoder/encoding.js";
import { computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { createStarterModel, isStarterVersion } from "../../../models/rewards/starter.js";

const RESPONSES = ["Yes.", "Well, perhaps; what do you think?", "Absolutely! I love that idea!"];
const ENCODING = embeddingEncoding("text-embedding-3-small", 5);

describe("an embedding among the features", () => {
  it("has the scale of the hashed n-grams: unit mean square, unless a number is out of bounds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 64 }),
        fc.integer({ min: 1, max: 8 }),
        (vector, dimensions) => {
          const scaled = scaleEmbedding(vector, dimensions);
          const used = vector.slice(0, dimensions);
          // So that squares of the smallest doubles are not nothing; a power of two costs no digits.
          const lift = used.every((value) => Math.abs(value) < 1e-100) ? 2 ** 600 : 1;
          const lifted = used.map((value) => value * lift);
          const squares = lifted.reduce((sum, value) => sum + value ** 2, 0);
          const root = Math.sqrt(squares / dimensions);
          lifted.forEach((value, at) => {
            const expected = root > 0 ? Math.max(-4, Math.min(4, value / root)) : 0;
            expect(scaled[at]).toBeCloseTo(expected, 4);
          });
        },
      ),
      { numRuns: 1_000, examples: [[[5e-323, -6.4e-323, 0, 0, 0, 0, 0, 0], 2]] },
    );
  });

  it("stands behind the style statistics of its own response", () => {
    const embeddings = Float32Array.from({ length: 15 }, (_, at) => at / 10);
    const features = encodeFor(ENCODING.id, RESPONSES, { embeddings });
    expect(features).toHaveLength(3 * ENCODING.dimensions);
    const builtIn = encodeResponses(RESPONSES);
    RESPONSES.forEach((_, row) => {
      const start = row * ENCODING.dimensions;
      const style = features.subarray(start, start + STYLE_FEATURE_COUNT);
      const from = row * BUILT_IN_ENCODING.dimensions;
      expect(style).toEqual(builtIn.subarray(from, from + STYLE_FEATURE_COUNT));
      const rest = features.subarray(start + STYLE_FEATURE_COUNT, start + ENCODING.dimensions);
      expect(rest).toEqual(embeddings.subarray(row * 5, (row + 1) * 5));
    });
  });

  it("leaves the starter axes as they are, under a version of its own", () => {
    const starter = createStarterModel(ENCODING);
    const features = encodeFor(ENCODING.id, RESPONSES, {
      embeddings: new Float32Array(15).fill(2),
    });
    const builtIn = createStarterModel();
    expect(computeBaseRewards(starter, features)).toEqual(
      computeBaseRewards(builtIn, encodeResponses(RESPONSES)),
    );
    expect(starter.version).not.toBe(builtIn.version);
    expect(isStarterVersion(starter.version)).toBe(true);
  });

  it("names its model and its size, and never mixes with the built-in encoder", () => {
    expect(embeddingEncoding("text-embedding-3-small", 192).id).toBe(
      "attune-style-3+text-embedding-3-small-192",
    );
    const some = new Float32Array(15);
    expect(() => encodeFor(ENCODING.id, RESPONSES, {})).toThrow(EncodingMismatchError);
    expect(() => encodeFor(BUILT_IN_ENCODING.id, RESPONSES, { embeddings: some })).toThrow(
      EncodingMismatchError,
    );
  });

  it("that is too short or not finite is refused with what to do", () => {
    expect(() => scaleEmbedding([1, 2], 3)).toThrow(/lower EMBEDDING_DIMENSIONS/);
    expect(() => scaleEmbedding([1, Number.NaN], 2)).toThrow(EncodingMismatchError);
  });
});

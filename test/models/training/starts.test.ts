import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { encodeResponse, STYLE_FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import {
  BUILT_IN_ENCODING,
  embeddingEncoding,
  featureSources,
  withRubric,
} from "../../../models/encoder/encoding.js";
import { STYLE_STATISTICS } from "../../../models/encoder/style-statistics.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import {
  expectedPopulation,
  flatPopulation,
  startOf,
  startsFor,
} from "../../../models/training/estimate/implied-population.js";

const SOURCES = featureSources(BUILT_IN_ENCODING);
const FOREIGN = { id: "somebody-else's", dimensions: 40 };

function variances({ covariance, mean }: { covariance: Float64Array; mean: Float64Array }) {
  return Float64Array.from(mean, (_, i) => covariance[i * (mean.length + 1)]!);
}

describe("what a feature is read from", () => {
  it("is its words where nothing can be said of them in a language without lists", () => {
    const russianWord = fc.constantFrom("который", "окно", "мы", "сегодня", "красивый", "и", "они");
    const mark = fc.constantFrom(" ", ", ", ". ", "! ", "? ", "\n- ", " (", ": ");
    fc.assert(
      fc.property(fc.array(fc.tuple(russianWord, mark), { minLength: 5 }), (parts) => {
        const features = encodeResponse(parts.flat().join(""));
        STYLE_STATISTICS.forEach((_, at) => {
          if (SOURCES[at] === "words") expect(features[at]).toBe(0);
        });
      }),
    );
  });

  it("is its form where an unlisted language shows it all the same", () => {
    const plain = encodeResponse("Мы сегодня красивый окно и они который.");
    const laid = encodeResponse("# Мы\n\n- сегодня!\n- **окно** (и) они?\n\n1. который: 😂");
    const differing = STYLE_STATISTICS.filter((_, at) => plain[at] !== laid[at]);
    expect(differing.length).toBeGreaterThan(15);
    for (const name of differing) expect(SOURCES[STYLE_STATISTICS.indexOf(name)]).toBe("form");
  });

  it("is neither for an embedding, a rubric and what is not Attune's", () => {
    const embedded = featureSources(embeddingEncoding("some-model", 64));
    expect(embedded.slice(0, STYLE_FEATURE_COUNT)).toEqual(SOURCES.slice(0, STYLE_FEATURE_COUNT));
    expect(new Set(embedded.slice(STYLE_FEATURE_COUNT))).toEqual(new Set(["other"]));
    const scored = featureSources(withRubric(BUILT_IN_ENCODING));
    expect(scored.slice(0, SOURCES.length)).toEqual(SOURCES);
    expect(new Set(scored.slice(SOURCES.length))).toEqual(new Set(["other"]));
    expect(new Set(featureSources(FOREIGN))).toEqual(new Set(["other"]));
  });
});

describe("what is expected before any vote", () => {
  it("is rewards whose differences have variance 1, a tenth as much for a word as for form", () => {
    for (const encoding of [BUILT_IN_ENCODING, embeddingEncoding("some-model", 64)]) {
      const own = variances(expectedPopulation(encoding));
      expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      featureSources(encoding).forEach((source, at) => {
        expect(own[at]! / own[0]!).toBeCloseTo(source === "words" ? 0.1 : 1, 12);
      });
    }
  });

  it("is the same of every feature where it is not known what they are", () => {
    expect(expectedPopulation(FOREIGN)).toEqual(flatPopulation(FOREIGN.dimensions));
  });

  it("has what the starter's axes imply on top", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const starter = createStarterModel();
        const { dimensions, rank } = starter;
        const random = createRandomGenerator(seed);
        const scales = Float64Array.from({ length: dimensions }, () => 0.5 + random());
        const mean = Float64Array.from({ length: rank }, random);
        const precision = starter.prior.precision.map((entry) => 2 * entry);
        const model = { ...starter, prior: { mean, precision } };
        const starts = startsFor(BUILT_IN_ENCODING, model, scales);
        const implied = startOf({ from: "starter" }, starts);
        // β = Wᵀλ in standardised units, λ ~ N(mean, ½ I), one entry after the other.
        const weight = (axis: number, i: number) =>
          model.weights[axis * dimensions + i]! / scales[i]!;
        for (let i = 0; i < dimensions; i += 7) {
          let leaning = 0;
          for (let axis = 0; axis < rank; axis++) leaning += mean[axis]! * weight(axis, i);
          expect(implied.mean[i]).toBeCloseTo(leaning, 10);
          for (let j = 0; j < dimensions; j++) {
            let entry = starts.nothing.covariance[i * dimensions + j]!;
            for (let axis = 0; axis < rank; axis++) {
              entry += (weight(axis, i) * weight(axis, j)) / 2;
            }
            expect(implied.covariance[i * dimensions + j]).toBeCloseTo(entry, 10);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it("is where a recipe from the starter begins if there is none for the features", () => {
    const starts = startsFor(FOREIGN, undefined, new Float64Array(FOREIGN.dimensions).fill(1));
    expect(startOf({ from: "starter" }, starts)).toBe(starts.nothing);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decayWeights } from "../../../models/rewards/vote-decay.js";

const weights = fc
  .array(fc.constantFrom(0.5, 1), { maxLength: 60 })
  .map((own) => Float32Array.from(own));
const halfLives = fc.double({ min: 0.5, max: 200, noNaN: true });

describe("the half-life of votes", () => {
  it("halves a vote for every half-life of later ones", () => {
    fc.assert(
      fc.property(weights, halfLives, (own, halfLife) => {
        const decayed = decayWeights(own, halfLife);
        own.forEach((weight, vote) => {
          const later = own.length - 1 - vote;
          const expected = weight * Math.exp((-Math.LN2 * later) / halfLife);
          expect(Math.abs(decayed[vote]! - expected)).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it("ages all earlier votes alike when one more comes", () => {
    fc.assert(
      fc.property(weights, halfLives, (own, halfLife) => {
        const before = decayWeights(own, halfLife);
        const after = decayWeights(Float32Array.from([...own, 1]), halfLife);
        expect(after.at(-1)).toBe(1);
        before.forEach((weight, vote) => {
          expect(after[vote]).toBeCloseTo(weight * 0.5 ** (1 / halfLife), 5);
        });
      }),
    );
  });

  it("never lets the votes together count for more than 1/(1 − ½^(1/half-life)), nor a vote for more than itself", () => {
    fc.assert(
      fc.property(weights, halfLives, (own, halfLife) => {
        const decayed = decayWeights(own, halfLife);
        const total = decayed.reduce((sum, weight) => sum + weight, 0);
        expect(total).toBeLessThanOrEqual(1 / (1 - 0.5 ** (1 / halfLife)) + 1e-4);
        decayed.forEach((weight, vote) => {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(own[vote]!);
        });
      }),
    );
  });

  it("leaves everything as it is where it is infinite, and refuses to be nothing", () => {
    fc.assert(
      fc.property(weights, (own) => {
        expect(decayWeights(own, Number.POSITIVE_INFINITY)).toEqual(own);
      }),
    );
    for (const halfLife of [0, -1, Number.NaN]) {
      expect(() => decayWeights(Float32Array.of(1), halfLife)).toThrow(RangeError);
    }
  });
});

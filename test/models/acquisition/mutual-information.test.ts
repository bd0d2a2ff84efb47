import { describe, expect, it } from "vitest";
import {
  mutualInformation,
  varianceForInformation,
} from "../../../models/acquisition/mutual-information.js";
import { integratedInformation } from "../../support/textbook-acquisitions.js";

const DEVIATIONS = Array.from({ length: 60 }, (_, at) => 1e-4 * 1.35 ** at);
const MEANS = [0, 0.3, 1, 2, 4, 8];

describe("the mutual information of an answer and a logit", () => {
  it("is the integral, from the smallest uncertainty to the largest", () => {
    for (const deviation of DEVIATIONS) {
      for (const mean of MEANS) {
        const exact = integratedInformation(deviation ** 2, mean);
        const error = Math.abs(mutualInformation(deviation ** 2, mean) - exact);
        // Below 1e-2 the integral is a difference of entropies that agree to all but a few digits.
        expect(error).toBeLessThan(1e-4 * exact + 1e-14);
        expect(mutualInformation(deviation ** 2, -mean)).toBe(
          mutualInformation(deviation ** 2, mean),
        );
      }
    }
  });

  it("grows with the uncertainty, is largest for an even question, and never reaches one bit", () => {
    for (const mean of MEANS) {
      let previous = 0;
      for (const deviation of DEVIATIONS) {
        const information = mutualInformation(deviation ** 2, mean);
        expect(information).toBeGreaterThan(previous * (1 - 1e-4));
        expect(information).toBeLessThanOrEqual(mutualInformation(deviation ** 2, 0));
        expect(information).toBeLessThan(Math.LN2);
        previous = information;
      }
    }
  });

  it("needs at least the variance that its bound says", () => {
    for (const deviation of DEVIATIONS) {
      const information = mutualInformation(deviation ** 2, 0);
      expect(varianceForInformation(information)).toBeLessThan(deviation ** 2 * (1 + 1e-5));
    }
  });
});

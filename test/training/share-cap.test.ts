import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capShares, largestShare } from "../../src/training/share-cap.js";

describe("one person's share of the likelihood", () => {
  it("is capped, and nobody below the cap loses anything", () => {
    const votes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(votes, (counts) => {
        const personOf = Int32Array.from(counts.flatMap((count, at) => Array(count).fill(at)));
        const weights = new Float32Array(personOf.length).fill(1);
        capShares(weights, personOf, counts.length);
        const sums = counts.map(() => 0);
        weights.forEach((weight, row) => {
          sums[personOf[row]!]! += weight;
        });
        const total = sums.reduce((sum, value) => sum + value, 0);
        const share = largestShare(counts.length);
        const highest = Math.max(...sums);
        expect(highest / total).toBeLessThanOrEqual(share + 1e-4);
        sums.forEach((sum, person) => {
          const lowered = sum < counts[person]! - 1e-2;
          if (lowered) expect(sum / total).toBeGreaterThan(share - 1e-3);
        });
      }),
    );
  });

  it("is a quarter among five people and a tenth on a large server", () => {
    expect(largestShare(5)).toBeCloseTo(0.25);
    expect(largestShare(100)).toBeCloseTo(0.1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { ENOUGH, sampleSizes } from "../../src/training/sample-sizes.js";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("how many comparisons of each member train", () => {
  const counts = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 40 });
  const most = fc.integer({ min: 1, max: 5_000 });

  it("is all of them where they fit, and otherwise as many as may", () => {
    fc.assert(
      fc.property(counts, most, (stored, limit) => {
        const sizes = sampleSizes(stored, limit, createRandomGenerator(1));
        sizes.forEach((size, at) => {
          expect(size).toBeLessThanOrEqual(stored[at]!);
        });
        if (sum(stored) <= limit) expect(sizes).toEqual(stored);
        else expect(sum(sizes)).toBeLessThanOrEqual(limit);
        // What is left over is less than one more of everybody.
        const cut = sizes.filter((size, at) => size < stored[at]!).length;
        if (cut > 0 && Math.max(...sizes) > ENOUGH) expect(sum(sizes) + cut).toBeGreaterThan(limit);
      }),
    );
  });

  it("cuts nobody to a few votes: some members train with enough, drawn anew each time", () => {
    const stored = Array(200).fill(100);
    const [first, second] = [1, 2].map((seed) =>
      sampleSizes(stored, 1_000, createRandomGenerator(seed)),
    );
    expect(first!.filter((size) => size === ENOUGH)).toHaveLength(1_000 / ENOUGH);
    expect(sum(first!)).toBe(1_000);
    expect(second).not.toEqual(first);
  });

  it("is the same for all who voted more than it", () => {
    expect(sampleSizes([200, 10, 90], 150, createRandomGenerator(1))).toEqual([70, 10, 70]);
  });
});

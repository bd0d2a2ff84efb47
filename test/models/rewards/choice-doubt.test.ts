import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { doubtOfBest, indexOfBest } from "../../../models/rewards/choice-doubt.js";

const SAMPLES = 40_000;

describe("the doubt of a choice", () => {
  it("is how often another candidate is better when the weights are drawn from the ellipsoid", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const random = createRandomGenerator(seed);
        const cholesky = Float64Array.of(0.6 + random(), 0, random() - 0.5, 0.6 + random());
        const weights = Float64Array.of(2 * random() - 1, 2 * random() - 1);
        const phi = Float64Array.from({ length: 6 }, () => 2 * random() - 1);
        const rewards = Float64Array.from({ length: 3 }, (_, row) => dot(weights, phi, row));
        const best = indexOfBest(rewards);
        const wins = [0, 0, 0];
        for (let sample = 0; sample < SAMPLES; sample++) {
          const drawn = draw(weights, cholesky, random);
          for (let row = 0; row < 3; row++) {
            if (dot(drawn, phi, row) > dot(drawn, phi, best)) wins[row]!++;
          }
        }
        const sampled = Math.max(...wins) / SAMPLES;
        const userWeights = { weights, cholesky, votes: 0, modelVersion: "" };
        expect(doubtOfBest(phi, rewards, userWeights)).toBeCloseTo(sampled, 1);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  it("is none for one candidate, and none between candidates that are alike", () => {
    const userWeights = {
      weights: Float64Array.of(1),
      cholesky: Float64Array.of(1),
      votes: 0,
      modelVersion: "",
    };
    expect(doubtOfBest(Float64Array.of(1), Float64Array.of(1), userWeights)).toBe(0);
    expect(doubtOfBest(Float64Array.of(1, 1), Float64Array.of(1, 1), userWeights)).toBe(0);
  });
});

/** λ = λ̂ + L⁻ᵀ ε, whose covariance is H⁻¹. */
function draw(mean: Float64Array, cholesky: Float64Array, random: () => number): Float64Array {
  const [first, second] = normals(random);
  const y = second! / cholesky[3]!;
  const x = (first! - cholesky[2]! * y) / cholesky[0]!;
  return Float64Array.of(mean[0]! + x, mean[1]! + y);
}

function normals(random: () => number): number[] {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  const angle = 2 * Math.PI * random();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function dot(weights: Float64Array, phi: Float64Array, row: number): number {
  return weights[0]! * phi[2 * row]! + weights[1]! * phi[2 * row + 1]!;
}

import { describe, expect, it } from "vitest";
import { type Acquisition, selectPair } from "../../models/acquisition.js";
import { cholesky } from "../../models/linear-algebra.js";
import { createRandomGenerator } from "../../models/random.js";
import { randomMatrix, randomPositiveDefinite } from "../support/random-problems.js";

const PROBLEMS = 1_000;

/** Straight from the definitions, with an explicit inverse. */
const SCORES: Partial<Record<Acquisition, (variance: number, mean: number) => number>> = {
  ellipsoid: (variance) => variance,
  weightedEllipsoid: (variance, mean) => slope(mean) ** 2 * variance,
  informationGain: (variance, mean) => 0.5 * Math.log(1 + slope(mean) * variance),
};

describe("the pair to ask about", () => {
  it.each(Object.keys(SCORES) as Acquisition[])("is the best of all by %s", (acquisition) => {
    const random = createRandomGenerator(1);
    for (let repetition = 0; repetition < PROBLEMS; repetition++) {
      const rank = 1 + Math.floor(random() * 6);
      const count = 2 + Math.floor(random() * 7);
      const scale = 10 ** (random() * 4 - 2);
      const hessian = randomPositiveDefinite(random, rank, 10 ** (random() * 4 - 3));
      const baseRewards = randomMatrix(random, count * rank, scale);
      const weights = randomMatrix(random, rank);
      const userWeights = {
        weights,
        cholesky: cholesky(hessian, rank),
        votes: 0,
        modelVersion: "",
      };
      const chosen = selectPair(baseRewards, count, userWeights, acquisition)!;

      const inverse = invert(hessian, rank);
      const value = (a: number, b: number) => {
        const z = weights.map((_, k) => baseRewards[a * rank + k]! - baseRewards[b * rank + k]!);
        return SCORES[acquisition]!(quadratic(inverse, z), dot(z, weights));
      };
      let best = Number.NEGATIVE_INFINITY;
      for (let a = 0; a < count; a++) {
        for (let b = a + 1; b < count; b++) best = Math.max(best, value(a, b));
      }
      expect(chosen.a).not.toBe(chosen.b);
      expect(value(chosen.a, chosen.b)).toBeGreaterThan(best * (1 - 1e-6) - 1e-12);
      expect(Math.abs(chosen.score - best)).toBeLessThan(1e-6 * Math.abs(best) + 1e-12);
    }
  });

  it("is none where all candidates are alike", () => {
    const userWeights = {
      weights: new Float64Array(2),
      cholesky: Float64Array.from([1, 0, 0, 1]),
      votes: 0,
      modelVersion: "",
    };
    expect(selectPair(new Float64Array(8).fill(3), 4, userWeights, "ellipsoid")).toBeNull();
    expect(selectPair(new Float64Array(2), 1, userWeights, "ellipsoid")).toBeNull();
  });

  it("shrinks the ellipsoid more than a pair at random, vote after vote", () => {
    const random = createRandomGenerator(5);
    let [chosenVolume, randomVolume] = [0, 0];
    for (let repetition = 0; repetition < 50; repetition++) {
      const rank = 4;
      const baseRewards = randomMatrix(random, 12 * rank);
      chosenVolume += logVolumeAfter("ellipsoid", baseRewards, rank, random);
      randomVolume += logVolumeAfter("random", baseRewards, rank, random);
    }
    expect(chosenVolume).toBeLessThan(randomVolume);
  });
});

/** −½ log det H after five answers with σ′ = ¼. */
function logVolumeAfter(
  acquisition: Acquisition,
  baseRewards: Float64Array,
  rank: number,
  random: () => number,
): number {
  const hessian = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) hessian[axis * rank + axis] = 1;
  const weights = new Float64Array(rank);
  for (let vote = 0; vote < 5; vote++) {
    const userWeights = {
      weights,
      cholesky: cholesky(hessian, rank),
      votes: vote,
      modelVersion: "",
    };
    const { a, b } = selectPair(baseRewards, 12, userWeights, acquisition, { random })!;
    const z = weights.map((_, k) => baseRewards[a * rank + k]! - baseRewards[b * rank + k]!);
    for (let row = 0; row < rank; row++) {
      for (let column = 0; column < rank; column++) {
        hessian[row * rank + column]! += (z[row]! * z[column]!) / 4;
      }
    }
  }
  const factor = cholesky(hessian, rank);
  return -Array.from({ length: rank }, (_, k) => Math.log(factor[k * rank + k]!)).reduce(
    (sum, value) => sum + value,
  );
}

function slope(logit: number): number {
  const p = 1 / (1 + Math.exp(-logit));
  return p * (1 - p);
}

function dot(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, at) => sum + value * second[at]!, 0);
}

function quadratic(matrix: number[][], z: Float64Array): number {
  return matrix.reduce(
    (sum, row, at) => sum + z[at]! * row.reduce((inner, value, k) => inner + value * z[k]!, 0),
    0,
  );
}

/** Gauss and Jordan, with pivoting. */
function invert(matrix: Float64Array, size: number): number[][] {
  const rows = Array.from({ length: size }, (_, row) => [
    ...matrix.subarray(row * size, (row + 1) * size),
    ...Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)),
  ]);
  for (let step = 0; step < size; step++) {
    let pivot = step;
    for (let row = step; row < size; row++) {
      if (Math.abs(rows[row]![step]!) > Math.abs(rows[pivot]![step]!)) pivot = row;
    }
    [rows[step], rows[pivot]] = [rows[pivot]!, rows[step]!];
    const divisor = rows[step]![step]!;
    rows[step] = rows[step]!.map((value) => value / divisor);
    for (let row = 0; row < size; row++) {
      if (row === step) continue;
      const factor = rows[row]![step]!;
      rows[row] = rows[row]!.map((value, at) => value - factor * rows[step]![at]!);
    }
  }
  return rows.map((row) => row.slice(size));
}

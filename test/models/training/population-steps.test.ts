import { describe, expect, it } from "vitest";
import { cholesky } from "../../../models/algebra/linear-algebra.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { covarianceStep } from "../../../models/training/estimate/covariance-step.js";
import { factorise, leadingDirections } from "../../../models/training/estimate/factorise.js";
import { meanStep } from "../../../models/training/estimate/mean-step.js";
import { randomMatrix, randomPositiveDefinite } from "../../support/random-problems.js";

const SIZE = 5;

describe("the population's mean", () => {
  it("solves the Newton equation under the prior that it estimates", () => {
    const random = createRandomGenerator(1);
    for (let problem = 0; problem < 200; problem++) {
      const information = randomPositiveDefinite(random, SIZE, 0.1);
      const mean = randomMatrix(random, SIZE);
      const pull = randomMatrix(random, SIZE, 3);
      const next = meanStep({ mean, pull }, information, 1);
      const right = times(information, mean).map((value, at) => value + pull[at]!);
      times(information, next.mean).forEach((value, at) => {
        expect(value + next.mean[at]! / next.variance).toBeCloseTo(right[at]!, 6);
      });
    }
  });

  it("is nothing where members pull no more than chance does, and what they say where they agree", () => {
    const information = Float64Array.from({ length: SIZE ** 2 }, (_, at) =>
      at % (SIZE + 1) === 0 ? 50 : 0,
    );
    const mean = new Float64Array(SIZE);
    const noise = meanStep({ mean, pull: new Float64Array(SIZE).fill(2) }, information, 1);
    const agreement = meanStep({ mean, pull: new Float64Array(SIZE).fill(100) }, information, 1);
    // 100 / 50 = 2, and hardly less.
    for (const value of agreement.mean) expect(value).toBeCloseTo(2, 1);
    for (const value of noise.mean) expect(Math.abs(value)).toBeLessThan(0.01);
  });
});

describe("the population's covariance", () => {
  it("stays where the members' spread is what their votes leave open", () => {
    const random = createRandomGenerator(2);
    const covariance = randomPositiveDefinite(random, SIZE, 0.5);
    const members = 400;
    // Modes ±√κ along each axis, and κ the share that votes determine: spread + (1 − κ) = 1.
    const shares = [0.9, 0.7, 0.5, 0.3, 0.1];
    const spread = Float64Array.from({ length: members * SIZE }, (_, at) => {
      const [row, axis] = [Math.floor(at / SIZE), at % SIZE];
      return Math.floor(row / SIZE) % 2 === 0
        ? signed(row, axis, shares)
        : -signed(row, axis, shares);
    });
    const information = Float64Array.from({ length: SIZE ** 2 }, (_, at) =>
      at % (SIZE + 1) === 0 ? members * shares[at % SIZE]! : 0,
    );
    const next = covarianceStep(cholesky(covariance, SIZE), spread, information, members, SIZE);
    next.forEach((value, at) => {
      expect(value).toBeCloseTo(covariance[at]!, 8);
    });
  });
});

describe("base rewards made of a population", () => {
  it("reward as the average member does, however few they are, and are uncorrelated", () => {
    const random = createRandomGenerator(3);
    for (let problem = 0; problem < 50; problem++) {
      const covariance = randomPositiveDefinite(random, SIZE, 0.01);
      const moment = randomPositiveDefinite(random, SIZE, 0.1);
      const population = { mean: randomMatrix(random, SIZE), covariance, positionBias: 0 };
      const directions = leadingDirections(population, moment);
      for (let rank = 2; rank <= SIZE; rank++) {
        const { prior, weights } = factorise(population, directions, { rank, attenuated: false });
        const feature = (at: number) =>
          prior.mean.reduce((sum, value, axis) => sum + value * weights[axis * SIZE + at]!, 0);
        population.mean.forEach((value, at) => {
          expect(feature(at)).toBeCloseTo(value, 6);
        });
        const row = (axis: number) => weights.subarray(axis * SIZE, (axis + 1) * SIZE);
        const own = (axis: number) => product(row(axis), times(moment, row(axis)));
        for (let a = 1; a < rank; a++) {
          for (let b = 0; b < a; b++) {
            const shared = product(row(a), times(moment, row(b)));
            expect(Math.abs(shared)).toBeLessThan(1e-4 * Math.sqrt(own(a) * own(b)));
          }
        }
      }
    }
  });
});

/** One axis in five members has the whole of its spread. */
function signed(row: number, axis: number, shares: readonly number[]): number {
  return row % SIZE === axis ? Math.sqrt(SIZE * shares[axis]!) : 0;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => product(matrix.subarray(row * size, (row + 1) * size), vector));
}

function product(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, at) => sum + value * second[at]!, 0);
}

import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/random.js";
import { fitUserWeights } from "../../models/user-weights.js";
import {
  objective,
  type UserWeightsProblem,
  writeGradient,
  writeHessian,
} from "../../models/user-weights-objective.js";
import { randomMatrix, randomProblem } from "../support/random-problems.js";

const PROBLEMS = 300;

describe("the objective of the user weights", () => {
  it("has the gradient and the Hessian that finite differences find", () => {
    const random = createRandomGenerator(1);
    for (let repetition = 0; repetition < PROBLEMS; repetition++) {
      const rank = 1 + Math.floor(random() * 6);
      const problem = randomProblem(random, { rank, count: 12, scale: 1, ridge: 0.5 });
      const at = randomMatrix(random, rank);
      const gradient = gradientAt(problem, at);
      const hessian = new Float64Array(rank * rank);
      writeHessian(problem, at, hessian);
      for (let axis = 0; axis < rank; axis++) {
        const slope = difference((point) => objective(problem, point), at, axis);
        expect(Math.abs(slope - gradient[axis]!)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
        for (let other = 0; other < rank; other++) {
          const bend = difference((point) => gradientAt(problem, point)[other]!, at, axis);
          const entry = hessian[axis * rank + other]!;
          expect(Math.abs(bend - entry)).toBeLessThan(1e-5 * (1 + Math.abs(entry)));
        }
      }
    }
  });
});

describe("the user weights", () => {
  it("are those that plain gradient descent finds in its own slow way", () => {
    const random = createRandomGenerator(2);
    for (let repetition = 0; repetition < PROBLEMS; repetition++) {
      const rank = 1 + Math.floor(random() * 4);
      const count = Math.floor(random() * 15);
      const problem = randomProblem(random, { rank, count, scale: 1, ridge: 1 });
      const { weights } = fitUserWeights(problem);
      const slow = descend(problem);
      for (let axis = 0; axis < rank; axis++) {
        expect(Math.abs(weights[axis]! - slow[axis]!)).toBeLessThan(1e-6);
      }
    }
  });

  it("are a stationary point, finite, with the Hessian's factor, however hard the problem", () => {
    const random = createRandomGenerator(3);
    for (let repetition = 0; repetition < 2_000; repetition++) {
      const rank = 1 + Math.floor(random() * 12);
      const count = Math.floor(random() * 40);
      const scale = 10 ** (random() * 5 - 2);
      const problem = randomProblem(random, {
        rank,
        count,
        scale,
        ridge: 10 ** (random() * 7 - 6),
      });
      const { weights, cholesky } = fitUserWeights(problem);
      expect([...weights, ...cholesky].every(Number.isFinite)).toBe(true);
      // Rounding of n differences of this size is what keeps the gradient from zero.
      const tolerance = 1e-7 * (1 + scale * count);
      for (const slope of gradientAt(problem, weights)) {
        expect(Math.abs(slope)).toBeLessThan(tolerance);
      }
      expectFactorOfHessian(problem, weights, cholesky);
    }
  });

  it("are the population's mean without votes, and stay finite for who always says A", () => {
    const random = createRandomGenerator(4);
    const none = randomProblem(random, { rank: 3, count: 0, scale: 1, ridge: 1 });
    expect(fitUserWeights(none).weights).toEqual(none.prior.mean);
    const differences = Float64Array.from({ length: 300 }, () => 5);
    const ones = new Float64Array(100).fill(1);
    const always = { ...none, count: 100, differences, outcomes: ones, weights: ones };
    const { weights } = fitUserWeights({ ...always, positions: new Float64Array(100) });
    expect(weights.every((weight) => Math.abs(weight) < 100)).toBe(true);
  });
});

function gradientAt(problem: UserWeightsProblem, at: Float64Array): Float64Array {
  const gradient = new Float64Array(problem.rank);
  writeGradient(problem, at, gradient);
  return gradient;
}

function difference(f: (point: Float64Array) => number, at: Float64Array, axis: number): number {
  const step = 1e-5;
  const [above, below] = [at.slice(), at.slice()];
  above[axis]! += step;
  below[axis]! -= step;
  return (f(above) - f(below)) / (2 * step);
}

/** Written out from the definition, with a step that can't be too long. */
function descend({
  count,
  rank,
  differences,
  outcomes,
  weights,
  positions,
  positionBias,
  prior,
}: UserWeightsProblem): number[] {
  let steepest = 0;
  for (let axis = 0; axis < rank; axis++) steepest += prior.precision[axis * rank + axis]!;
  for (let row = 0; row < count; row++) {
    for (let axis = 0; axis < rank; axis++) steepest += differences[row * rank + axis]! ** 2 / 4;
  }
  const at = Array.from({ length: rank }, () => 0);
  for (let iteration = 0; iteration < 20_000; iteration++) {
    const slope = at.map((_, axis) =>
      at.reduce(
        (sum, value, other) =>
          sum + prior.precision[axis * rank + other]! * (value - prior.mean[other]!),
        0,
      ),
    );
    for (let row = 0; row < count; row++) {
      let eta = positionBias * positions[row]!;
      for (let axis = 0; axis < rank; axis++) eta += at[axis]! * differences[row * rank + axis]!;
      const miss = weights[row]! * (1 / (1 + Math.exp(-eta)) - outcomes[row]!);
      for (let axis = 0; axis < rank; axis++)
        slope[axis]! += miss * differences[row * rank + axis]!;
    }
    for (let axis = 0; axis < rank; axis++) at[axis]! -= slope[axis]! / steepest;
    if (Math.max(...slope.map(Math.abs)) < 1e-9) break;
  }
  return at;
}

function expectFactorOfHessian(
  problem: UserWeightsProblem,
  weights: Float64Array,
  factor: Float64Array,
): void {
  const { rank } = problem;
  const hessian = new Float64Array(rank * rank);
  writeHessian(problem, weights, hessian);
  const largest = Math.max(...hessian.map(Math.abs));
  for (let row = 0; row < rank; row++) {
    for (let column = 0; column <= row; column++) {
      let product = 0;
      for (let k = 0; k < rank; k++)
        product += factor[row * rank + k]! * factor[column * rank + k]!;
      expect(Math.abs(product - hessian[row * rank + column]!)).toBeLessThan(1e-9 * largest);
    }
  }
}

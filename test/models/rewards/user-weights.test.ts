import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { ModelShapeError } from "../../../models/rewards/base-rewards.js";
import type { Comparisons } from "../../../models/rewards/comparison.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { estimateUserWeights, fitUserWeights } from "../../../models/rewards/user-weights.js";
import {
  createExpansion,
  type UserWeightsProblem,
  writeHessian,
  writeObjectiveAndGradient,
} from "../../../models/rewards/user-weights-objective.js";
import { randomMatrix, randomProblem, randomRotation } from "../../support/random-problems.js";
import {
  bisectUserWeights,
  descendToUserWeights,
  gradientAt,
} from "../../support/slow-user-weights.js";
import { stretchProblem } from "../../support/stretched-problems.js";

/** As near as λ̂ has to come to the independent solvers. */
const NEAR = 1e-6;

describe("the objective of the user weights", () => {
  it("has the gradient and the Hessian that finite differences find", () => {
    const random = createRandomGenerator(1);
    for (let repetition = 0; repetition < 300; repetition++) {
      const rank = 1 + Math.floor(random() * 6);
      const problem = randomProblem(random, { rank, count: 12, scale: 1, ridge: 0.5 });
      const at = randomMatrix(random, rank);
      const { gradient } = expansionAt(problem, at);
      const hessian = hessianAt(problem, at);
      for (let axis = 0; axis < rank; axis++) {
        const slope = difference((point) => expansionAt(problem, point).objective, at, axis);
        expect(Math.abs(slope - gradient[axis]!)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
        for (let other = 0; other <= axis; other++) {
          const bend = difference((p) => expansionAt(problem, p).gradient[other]!, at, axis);
          const entry = hessian[axis * rank + other]!;
          expect(Math.abs(bend - entry)).toBeLessThan(1e-5 * (1 + Math.abs(entry)));
        }
      }
    }
  });
});

describe("the user weights", () => {
  it("are those that a quasi-Newton method finds in its own slow way", () => {
    const random = createRandomGenerator(2);
    for (let repetition = 0; repetition < 1_500; repetition++) {
      const rank = 1 + Math.floor(random() * 8);
      const count = Math.floor(random() * 25);
      const problem = randomProblem(random, { rank, count, scale: 1, ridge: 0.3 });
      const { weights } = fitUserWeights(problem);
      descendToUserWeights(problem).forEach((weight, axis) => {
        expect(Math.abs(weights[axis]! - weight)).toBeLessThan(NEAR);
      });
    }
  });

  it("are the same in coordinates where the Hessian is nearly singular and differences are huge", () => {
    const random = createRandomGenerator(3);
    for (let repetition = 0; repetition < 500; repetition++) {
      const rank = 2 + Math.floor(random() * 5);
      const count = Math.floor(random() * 20);
      const problem = randomProblem(random, { rank, count, scale: 1, ridge: 0.3 });
      const expected = Float64Array.from(descendToUserWeights(problem));
      // Up to a condition of 1e8 of the prior alone, and differences of 1e6.
      const stretches = Array.from({ length: rank }, () => 10 ** (random() * 4 - 2));
      const { stretched, back } = stretchProblem(problem, {
        rotation: randomRotation(random, rank),
        stretches: stretches.map((stretch) => stretch * 10 ** (repetition % 5)),
      });
      back(fitUserWeights(stretched).weights).forEach((weight, axis) => {
        expect(Math.abs(weight - expected[axis]!)).toBeLessThan(NEAR * (1 + largest(expected)));
      });
    }
  });

  it.each([1e-6, 1e-3, 1, 1e3, 1e6])(
    "are those that bisection finds with differences of %d, however weak the prior",
    (scale) => {
      const random = createRandomGenerator(4);
      for (let repetition = 0; repetition < 300; repetition++) {
        const rank = 1 + (repetition % 2);
        const ridge = 10 ** (random() * 8 - 6);
        const count = Math.floor(random() * 15);
        const drawn = randomProblem(random, { rank, count, scale, ridge });
        // The prior may hold a question for settled, but not by more logits than leave digits.
        const reach = Math.min(1, 1_000 / scale);
        const mean = drawn.prior.mean.map((value) => value * reach);
        const problem = { ...drawn, prior: { ...drawn.prior, mean } };
        const slow = Float64Array.from(bisectUserWeights(problem));
        const error = fitUserWeights(problem).weights.map((weight, axis) => weight - slow[axis]!);
        expect(standardDeviations(problem, slow, error)).toBeLessThan(NEAR);
      }
    },
  );

  it("are no worse than those of bisection where the prior is wrong by a million logits", () => {
    const random = createRandomGenerator(5);
    for (let repetition = 0; repetition < 300; repetition++) {
      const rank = 1 + (repetition % 2);
      const count = Math.floor(random() * 15);
      const problem = randomProblem(random, { rank, count, scale: 1e6, ridge: 0.1 });
      const slow = Float64Array.from(bisectUserWeights(problem));
      const { objective } = expansionAt(problem, fitUserWeights(problem).weights);
      expect(objective).toBeLessThan(expansionAt(problem, slow).objective + 1e-9);
    }
  });

  it("are a stationary point, finite, with the Hessian's factor, however hard the problem", () => {
    const random = createRandomGenerator(6);
    for (let repetition = 0; repetition < 2_000; repetition++) {
      const rank = 1 + Math.floor(random() * 12);
      const count = Math.floor(random() * 40);
      const scale = 10 ** (random() * 8 - 2);
      const ridge = 10 ** (random() * 7 - 6);
      const problem = randomProblem(random, { rank, count, scale, ridge });
      const { weights, cholesky } = fitUserWeights(problem);
      expect([...weights, ...cholesky].every(Number.isFinite)).toBe(true);
      // What rounding of the logits leaves of the gradient.
      const noise = Number.EPSILON * scale * scale * (1 + largest(weights)) * rank * (1 + count);
      const hessian = hessianAt(problem, weights);
      gradientAt(problem, weights).forEach((slope, axis) => {
        const steepness = Math.sqrt(hessian[axis * rank + axis]!);
        expect(Math.abs(slope)).toBeLessThan(NEAR * steepness + 10 * noise);
      });
      expectFactorOfHessian(problem, weights, cholesky);
    }
  });

  it("keep what the prior says of directions that no huge difference touches", () => {
    const random = createRandomGenerator(7);
    for (let repetition = 0; repetition < 300; repetition++) {
      const rank = 2 + Math.floor(random() * 7);
      const rotation = randomRotation(random, rank);
      const touched = 1 + Math.floor(random() * (rank - 1));
      const count = touched * 3;
      const differences = Float64Array.from({ length: count * rank }, (_, at) => {
        const axis = Math.floor(at / rank) % touched;
        return 1e6 * rotation[axis * rank + (at % rank)]!;
      });
      const drawn = randomProblem(random, { rank, count, scale: 1, ridge: 1 });
      const precision = Float64Array.from({ length: rank * rank }, (_, at) =>
        at % (rank + 1) === 0 ? 1 : 0,
      );
      const prior = { mean: new Float64Array(rank), precision };
      const { cholesky } = fitUserWeights({ ...drawn, differences, prior });
      // The row of the rotation after the touched ones is at right angles to all differences.
      const untouched = rotation.subarray(touched * rank, (touched + 1) * rank);
      expect(uncertainty(cholesky, untouched)).toBeCloseTo(1, 5);
    }
  });

  it("are the population's mean without votes, and stay finite for who always says A", () => {
    const random = createRandomGenerator(8);
    const none = randomProblem(random, { rank: 3, count: 0, scale: 1, ridge: 1 });
    expect(fitUserWeights(none).weights).toEqual(none.prior.mean);
    const differences = Float64Array.from({ length: 300 }, () => 5);
    const ones = new Float64Array(100).fill(1);
    const always = { ...none, count: 100, differences, outcomes: ones, weights: ones };
    const { weights } = fitUserWeights({ ...always, positions: new Float64Array(100) });
    expect(weights.every((weight) => Math.abs(weight) < 100)).toBe(true);
  });
});

function expansionAt(problem: UserWeightsProblem, at: Float64Array) {
  const expansion = createExpansion(problem);
  writeObjectiveAndGradient(problem, at, expansion);
  return expansion;
}

function hessianAt(problem: UserWeightsProblem, at: Float64Array): Float64Array {
  const hessian = new Float64Array(problem.rank ** 2);
  writeHessian(problem, expansionAt(problem, at).curvatures, hessian);
  return hessian;
}

function difference(f: (point: Float64Array) => number, at: Float64Array, axis: number): number {
  const step = 1e-5;
  const [above, below] = [at.slice(), at.slice()];
  above[axis]! += step;
  below[axis]! -= step;
  return (f(above) - f(below)) / (2 * step);
}

function largest(vector: Float64Array): number {
  return Math.max(...vector.map(Math.abs));
}

/** √(eᵀHe): how long `error` is for somebody whose weights are known no better than H says. */
function standardDeviations(
  problem: UserWeightsProblem,
  at: Float64Array,
  error: Float64Array,
): number {
  const hessian = hessianAt(problem, at);
  let sum = 0;
  for (let row = 0; row < problem.rank; row++) {
    for (let column = 0; column <= row; column++) {
      const twice = column < row ? 2 : 1;
      sum += twice * hessian[row * problem.rank + column]! * error[row]! * error[column]!;
    }
  }
  return Math.sqrt(Math.max(0, sum));
}

/** ‖L⁻¹v‖, by forward substitution. */
function uncertainty(factor: Float64Array, vector: Float64Array): number {
  const size = vector.length;
  const solved: number[] = [];
  for (let row = 0; row < size; row++) {
    const known = solved.reduce((sum, value, k) => sum + factor[row * size + k]! * value, 0);
    solved.push((vector[row]! - known) / factor[row * size + row]!);
  }
  return Math.hypot(...solved);
}

function expectFactorOfHessian(
  problem: UserWeightsProblem,
  weights: Float64Array,
  factor: Float64Array,
): void {
  const { rank } = problem;
  const hessian = hessianAt(problem, weights);
  for (let row = 0; row < rank; row++) {
    for (let column = 0; column <= row; column++) {
      let product = 0;
      for (let k = 0; k < rank; k++)
        product += factor[row * rank + k]! * factor[column * rank + k]!;
      const size = Math.sqrt(hessian[row * rank + row]! * hessian[column * rank + column]!);
      expect(Math.abs(product - hessian[row * rank + column]!)).toBeLessThan(1e-9 * size);
    }
  }
}

describe("user weights of comparisons with another number of features than the model's", () => {
  const model = createStarterModel();
  const withDimensions = (dimensions: number, count: number): Comparisons => ({
    count,
    featuresA: new Float32Array(count * dimensions).fill(1),
    featuresB: new Float32Array(count * dimensions),
    outcomes: new Float32Array(count).fill(1),
    positions: new Float32Array(count),
    weights: new Float32Array(count).fill(1),
  });

  it.each([1 / 2, 2, 3])("are refused, also %d times as many", (times) => {
    const comparisons = withDimensions(times * model.dimensions, 2);
    expect(() => estimateUserWeights(model, comparisons)).toThrow(ModelShapeError);
    expect(() => estimateUserWeights(model, comparisons)).toThrow(/2 comparisons have/);
  });
});

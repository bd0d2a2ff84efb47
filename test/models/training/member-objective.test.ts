import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import {
  type MemberProblem,
  objective,
  writeLogits,
  writeSlopesAndCurvatures,
} from "../../../models/training/estimate/member-objective.js";
import { randomMatrix, randomPositiveDefinite } from "../../support/random-problems.js";

const STEP = 1e-5;

describe("the objective of a member's feature weights", () => {
  it("has the gradient K (a + s) and the Hessian K + K W K that finite differences find", () => {
    const random = createRandomGenerator(1);
    for (let repetition = 0; repetition < 200; repetition++) {
      const count = 1 + Math.floor(random() * 6);
      const problem: MemberProblem = {
        count,
        kernel: randomPositiveDefinite(random, count, 0.1),
        prior: randomMatrix(random, count),
        outcomes: Array.from({ length: count }, () => Math.floor(random() * 3) / 2),
        weights: Array.from({ length: count }, () => 0.5 + random()),
      };
      const at = randomMatrix(random, count);
      const gradient = gradientAt(problem, at);
      const hessian = hessianAt(problem, at);
      for (let axis = 0; axis < count; axis++) {
        const slope = difference((point) => objectiveAt(problem, point), at, axis);
        expect(Math.abs(slope - gradient[axis]!)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
        for (let other = 0; other < count; other++) {
          const bend = difference((point) => gradientAt(problem, point)[other]!, at, axis);
          const entry = hessian[axis * count + other]!;
          expect(Math.abs(bend - entry)).toBeLessThan(1e-5 * (1 + Math.abs(entry)));
        }
      }
    }
  });
});

function expansionAt(problem: MemberProblem, point: Float64Array) {
  const [logits, slopes, curvatures] = Array.from(
    { length: 3 },
    () => new Float64Array(problem.count),
  ) as [Float64Array, Float64Array, Float64Array];
  writeLogits(problem, point, logits);
  writeSlopesAndCurvatures(problem, logits, slopes, curvatures);
  return { logits, slopes, curvatures };
}

function objectiveAt(problem: MemberProblem, point: Float64Array): number {
  return objective(problem, point, expansionAt(problem, point).logits);
}

function gradientAt(problem: MemberProblem, point: Float64Array): number[] {
  const { slopes } = expansionAt(problem, point);
  return rowsOf(problem).map((row) =>
    row.reduce((sum, entry, at) => sum + entry * (point[at]! + slopes[at]!), 0),
  );
}

function hessianAt(problem: MemberProblem, point: Float64Array): number[] {
  const { curvatures } = expansionAt(problem, point);
  const rows = rowsOf(problem);
  return rows.flatMap((row, i) =>
    rows.map((other, j) =>
      row.reduce((sum, entry, at) => sum + entry * curvatures[at]! * other[at]!, rows[i]![j]!),
    ),
  );
}

function rowsOf({ count, kernel }: MemberProblem): number[][] {
  return Array.from({ length: count }, (_, row) => [
    ...kernel.subarray(row * count, (row + 1) * count),
  ]);
}

function difference(of: (point: Float64Array) => number, at: Float64Array, axis: number): number {
  const [above, below] = [at.slice(), at.slice()];
  above[axis]! += STEP;
  below[axis]! -= STEP;
  return (of(above) - of(below)) / (2 * STEP);
}

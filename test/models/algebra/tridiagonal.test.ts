import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { symmetricEigen } from "../../../models/algebra/symmetric-eigen.js";
import {
  solveShifted,
  tridiagonalForm,
  turned,
  turnedBack,
} from "../../../models/algebra/tridiagonal.js";
import { randomMatrix, randomPositiveDefinite } from "../../support/random-problems.js";

/** (A + sI) x. */
function product(matrix: Float64Array, shift: number, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((value, row) =>
    vector.reduce((sum, other, k) => sum + matrix[row * size + k]! * other, shift * value),
  );
}

describe("a symmetric matrix in tridiagonal form", () => {
  it("solves shifted systems, with the trace of the inverse that the eigenvalues give", () => {
    const random = createRandomGenerator(4);
    for (let size = 1; size <= 24; size++) {
      const matrix = randomPositiveDefinite(random, size, 0.01);
      const right = randomMatrix(random, size, 2);
      const form = tridiagonalForm(matrix, size);
      for (const shift of [1e-4, 0.3, 1e3]) {
        const { solution, trace } = solveShifted(form, shift, turned(form, right));
        product(matrix, shift, turnedBack(form, solution)).forEach((value, at) => {
          expect(value).toBeCloseTo(right[at]!, 7);
        });
        const { values } = symmetricEigen(matrix, size);
        const expected = values.reduce((sum, value) => sum + 1 / (value + shift), 0);
        expect(trace / expected).toBeCloseTo(1, 8);
      }
    }
  });

  it("keeps directions that a matrix says nothing about", () => {
    const size = 6;
    const matrix = new Float64Array(size * size);
    matrix[0] = 3;
    const form = tridiagonalForm(matrix, size);
    const right = new Float64Array(size).fill(1);
    const { solution, trace } = solveShifted(form, 0.5, turned(form, right));
    expect([...turnedBack(form, solution)]).toEqual([1 / 3.5, 2, 2, 2, 2, 2]);
    expect(trace).toBeCloseTo(1 / 3.5 + 5 / 0.5, 12);
  });
});

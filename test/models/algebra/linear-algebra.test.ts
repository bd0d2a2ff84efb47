import { describe, expect, it } from "vitest";
import {
  cholesky,
  choleskySolve,
  NotPositiveDefiniteError,
} from "../../../models/algebra/linear-algebra.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { EigenError, symmetricEigen } from "../../../models/algebra/symmetric-eigen.js";
import { randomMatrix, randomPositiveDefinite } from "../../support/random-problems.js";

describe("Cholesky's factor", () => {
  it("solves what it factorises", () => {
    const random = createRandomGenerator(1);
    for (let size = 1; size <= 32; size++) {
      const matrix = randomPositiveDefinite(random, size, 0.1);
      const wanted = randomMatrix(random, size);
      const right = wanted.map((_, row) =>
        wanted.reduce((sum, value, k) => sum + matrix[row * size + k]! * value, 0),
      );
      const solved = choleskySolve(cholesky(matrix, size), right, size);
      for (let row = 0; row < size; row++) expect(solved[row]).toBeCloseTo(wanted[row]!, 5);
    }
  });

  it("refuses what is not positive definite", () => {
    expect(() => cholesky(Float64Array.from([1, 2, 2, 1]), 2)).toThrow(NotPositiveDefiniteError);
    expect(() => cholesky(Float64Array.from([Number.NaN]), 1)).toThrow(/check its input for NaN/);
  });
});

describe("the eigenvectors of a symmetric matrix", () => {
  it("are orthonormal and make the matrix again, largest value first", () => {
    const random = createRandomGenerator(2);
    for (const size of [1, 2, 3, 5, 8, 13, 40]) {
      const root = randomMatrix(random, size * size);
      const matrix = root.map((_, at) => {
        const [row, column] = [Math.floor(at / size), at % size];
        return root[row * size + column]! + root[column * size + row]!;
      });
      expectDecomposition(matrix, size);
    }
  });

  it("are found for equal values, zeros and wide ranges", () => {
    expectDecomposition(new Float64Array(25), 5);
    expectDecomposition(
      Float64Array.from({ length: 36 }, (_, at) => (at % 7 === 0 ? 1 : 0)),
      6,
    );
    expectDecomposition(
      Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 10 ** (at - 7) : 0)),
      4,
    );
    expectDecomposition(new Float64Array(64).fill(1), 8);
  });

  it("are found for large singular matrices, whose last rows are rounding errors", () => {
    const random = createRandomGenerator(3);
    const [size, rank] = [150, 20];
    for (let trial = 0; trial < 10; trial++) {
      const root = randomMatrix(random, size * rank);
      const matrix = new Float64Array(size * size).map((_, at) => {
        const [row, column] = [Math.floor(at / size), at % size];
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += root[row * rank + k]! * root[column * rank + k]!;
        return sum;
      });
      const { values, vectors } = symmetricEigen(matrix, size);
      expect(values.every((value, k) => (k < rank ? value > 1 : Math.abs(value) < 1e-9))).toBe(
        true,
      );
      const again = (row: number, column: number) =>
        values.reduce(
          (sum, value, k) => sum + value * vectors[k * size + row]! * vectors[k * size + column]!,
          0,
        );
      for (const at of [0, 77, 149]) expect(again(at, 5)).toBeCloseTo(matrix[at * size + 5]!, 9);
    }
  });

  it("are refused for what is not finite", () => {
    expect(() => symmetricEigen(new Float64Array(9).fill(Number.NaN), 3)).toThrow(EigenError);
  });
});

function expectDecomposition(matrix: Float64Array, size: number): void {
  const { values, vectors } = symmetricEigen(matrix, size);
  const largest = Math.max(1e-300, ...matrix.map(Math.abs));
  for (let row = 0; row < size; row++) {
    if (row > 0) expect(values[row]!).toBeLessThanOrEqual(values[row - 1]!);
    for (let column = 0; column < size; column++) {
      let [product, inner] = [0, 0];
      for (let k = 0; k < size; k++) {
        product += values[k]! * vectors[k * size + row]! * vectors[k * size + column]!;
        inner += vectors[row * size + k]! * vectors[column * size + k]!;
      }
      expect(Math.abs(product - matrix[row * size + column]!)).toBeLessThan(1e-10 * size * largest);
      expect(inner).toBeCloseTo(row === column ? 1 : 0, 9);
    }
  }
}

/**
 * Dense linear algebra on row-major Float64Arrays: Cholesky factors and triangular systems.
 * Knows nothing of rewards.
 */

/** A matrix that should have been positive definite. */
export class NotPositiveDefiniteError extends Error {
  override readonly name = "NotPositiveDefiniteError";

  constructor(readonly row: number) {
    super(
      `The matrix is not positive definite (row ${row}): add a ridge to its diagonal, or check its input for NaN.`,
    );
  }
}

/**
 * The lower factor L of the symmetric positive definite `matrix` [size, size], LLᵀ = matrix; only
 * the lower triangle is read. Writes to `out` where given. Throws {@link NotPositiveDefiniteError}.
 */
export function cholesky(
  matrix: Float64Array,
  size: number,
  out: Float64Array = new Float64Array(size * size),
): Float64Array {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    for (let column = 0; column <= row; column++) {
      const columnStart = column * size;
      let sum = matrix[rowStart + column]!;
      for (let k = 0; k < column; k++) sum -= out[rowStart + k]! * out[columnStart + k]!;
      if (column < row) out[rowStart + column] = sum / out[columnStart + column]!;
      else if (sum > 0 && Number.isFinite(sum)) out[rowStart + row] = Math.sqrt(sum);
      else throw new NotPositiveDefiniteError(row);
    }
    out.fill(0, rowStart + row + 1, rowStart + size);
  }
  return out;
}

/** x with Lx = `vector`, for a lower triangular L [size, size]. `out` may be `vector` itself. */
export function solveLower(
  lower: Float64Array,
  vector: Float64Array,
  size: number,
  out: Float64Array = new Float64Array(size),
): Float64Array {
  for (let row = 0; row < size; row++) {
    let sum = vector[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * out[k]!;
    out[row] = sum / lower[row * size + row]!;
  }
  return out;
}

/** x with Lᵀx = `vector`, for a lower triangular L [size, size]. `out` may be `vector` itself. */
export function solveLowerTransposed(
  lower: Float64Array,
  vector: Float64Array,
  size: number,
  out: Float64Array = new Float64Array(size),
): Float64Array {
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row]!;
    for (let k = row + 1; k < size; k++) sum -= lower[k * size + row]! * out[k]!;
    out[row] = sum / lower[row * size + row]!;
  }
  return out;
}

/** x with LLᵀx = `vector`. `out` may be `vector` itself. */
export function choleskySolve(
  lower: Float64Array,
  vector: Float64Array,
  size: number,
  out: Float64Array = new Float64Array(size),
): Float64Array {
  solveLower(lower, vector, size, out);
  return solveLowerTransposed(lower, out, size, out);
}

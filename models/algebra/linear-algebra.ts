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
 * the lower triangle is read. Writes to `out` if given. Throws {@link NotPositiveDefiniteError}.
 */
export function cholesky(
  matrix: Float64Array,
  size: number,
  out: Float64Array = new Float64Array(size * size),
): Float64Array {
  tryCholesky(matrix, size, out);
  for (let row = 0; row < size; row++) {
    if (!(out[row * size + row]! > 0)) throw new NotPositiveDefiniteError(row);
  }
  return out;
}

/**
 * Writes L as {@link cholesky} does and returns the smallest pivot relative to its entry of the
 * diagonal: how much of the matrix was left to take a root of. A value near 1e-16 says that L is
 * made of rounding, 0 that there is none; then the diagonal of `out` has a zero.
 */
export function tryCholesky(matrix: Float64Array, size: number, out: Float64Array): number {
  let smallest = 1;
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    for (let column = 0; column < row; column++) {
      const columnStart = column * size;
      let sum = matrix[rowStart + column]!;
      for (let k = 0; k < column; k++) sum -= out[rowStart + k]! * out[columnStart + k]!;
      out[rowStart + column] = sum / out[columnStart + column]!;
    }
    const diagonal = matrix[rowStart + row]!;
    let pivot = diagonal;
    for (let k = 0; k < row; k++) pivot -= out[rowStart + k]! * out[rowStart + k]!;
    for (let column = row; column < size; column++) out[rowStart + column] = 0;
    if (!(pivot > 0 && pivot < Number.POSITIVE_INFINITY)) return 0;
    out[rowStart + row] = Math.sqrt(pivot);
    smallest = Math.min(smallest, pivot / diagonal);
  }
  return smallest;
}

/**
 * Turns the factor of A into that of A + vvᵀ, in place, by Givens rotations; `vector` is used up.
 * Unlike a new factorisation it keeps the small directions of A exact when v is huge.
 */
export function addOuterProduct(lower: Float64Array, vector: Float64Array, size: number): void {
  for (let column = 0; column < size; column++) {
    const diagonal = lower[column * size + column]!;
    const entry = vector[column]!;
    if (entry === 0) continue;
    const length = Math.hypot(diagonal, entry);
    const [cosine, sine] = [diagonal / length, entry / length];
    lower[column * size + column] = length;
    for (let row = column + 1; row < size; row++) {
      const at = row * size + column;
      const [before, own] = [lower[at]!, vector[row]!];
      lower[at] = cosine * before + sine * own;
      vector[row] = cosine * own - sine * before;
    }
  }
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

/** firstᵀ second. */
export function dot(first: Float64Array, second: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < first.length; at++) sum += first[at]! * second[at]!;
  return sum;
}

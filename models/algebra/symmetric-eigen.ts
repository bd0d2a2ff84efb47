/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then the
 * implicit QL iteration (Golub & Van Loan, Matrix Computations, chapter 8). O(n³), good to n = 500. By hand, because `ml-matrix` takes twice as long at n = 192.
 */

/** The iteration did not settle, which happens only if the input is not finite. */
export class EigenError extends Error {
  override readonly name = "EigenError";
}

export interface Eigen {
  /** Largest first, [n]. */
  readonly values: Float64Array;
  /** Row k is the unit eigenvector of value k, [n, n] row-major. */
  readonly vectors: Float64Array;
}

const MAXIMUM_SWEEPS = 80;

/** Decomposes `matrix` [size, size], which is left as it is. Throws {@link EigenError}. */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const basis = new Float64Array(size * size);
  for (let row = 0; row < size; row++) basis[row * size + row] = 1;
  const product = new Float64Array(size);
  const { diagonal, offDiagonal } = reduceToTridiagonal(matrix, size, (step, mirror) => {
    reflectRows(basis, size, step, mirror, product);
  });
  // The rows of Qᵀ, so that rotations work on whole rows.
  iterate(diagonal, offDiagonal, basis, size);
  return sorted(diagonal, basis, size);
}

/**
 * T = QᵀAQ tridiagonal; `onMirror` gets each unit vector v, from entry step + 1 on, of the reflections
 * I − 2vvᵀ whose product is Q.
 */
export function reduceToTridiagonal(
  matrix: Float64Array,
  size: number,
  onMirror: (step: number, mirror: Float64Array) => void,
): { diagonal: Float64Array; offDiagonal: Float64Array } {
  const work = matrix.slice();
  const mirror = new Float64Array(size);
  const product = new Float64Array(size);
  for (let step = 0; step < size - 2; step++) {
    if (!makeMirror(work, size, step, mirror)) continue;
    reflectBothSides(work, size, step, mirror, product);
    onMirror(step, mirror);
  }
  const diagonal = new Float64Array(size);
  const offDiagonal = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    diagonal[row] = work[row * size + row]!;
    if (row + 1 < size) offDiagonal[row] = work[(row + 1) * size + row]!;
  }
  return { diagonal, offDiagonal };
}

/** The unit vector v whose reflection I − 2vvᵀ clears column `step` below the first entry under the diagonal. */
function makeMirror(work: Float64Array, size: number, step: number, mirror: Float64Array): boolean {
  let below = 0;
  let norm = 0;
  for (let row = step + 1; row < size; row++) {
    const value = work[row * size + step]!;
    mirror[row] = value;
    norm += value * value;
    if (row > step + 1) below += value * value;
  }
  if (below === 0) return false;
  const first = mirror[step + 1]!;
  mirror[step + 1] = first + (first < 0 ? -1 : 1) * Math.sqrt(norm);
  const length = Math.sqrt(below + mirror[step + 1]! ** 2);
  for (let row = step + 1; row < size; row++) mirror[row]! /= length;
  return true;
}

/** A ← (I − 2vvᵀ) A (I − 2vvᵀ), in the columns from `step` on. */
function reflectBothSides(
  work: Float64Array,
  size: number,
  step: number,
  mirror: Float64Array,
  product: Float64Array,
): void {
  let inner = 0;
  for (let row = step; row < size; row++) {
    let sum = 0;
    for (let k = step + 1; k < size; k++) sum += work[row * size + k]! * mirror[k]!;
    product[row] = sum;
    if (row > step) inner += sum * mirror[row]!;
  }
  mirror[step] = 0;
  for (let row = step; row < size; row++) product[row]! -= inner * mirror[row]!;
  for (let row = step; row < size; row++) {
    const v = 2 * mirror[row]!;
    const w = 2 * product[row]!;
    const start = row * size;
    for (let k = step; k < size; k++) work[start + k]! -= v * product[k]! + w * mirror[k]!;
  }
}

/** B ← (I − 2vvᵀ) B. */
function reflectRows(
  basis: Float64Array,
  size: number,
  step: number,
  mirror: Float64Array,
  product: Float64Array,
): void {
  product.fill(0);
  for (let row = step + 1; row < size; row++) {
    const v = mirror[row]!;
    for (let k = 0; k < size; k++) product[k]! += v * basis[row * size + k]!;
  }
  for (let row = step + 1; row < size; row++) {
    const v = 2 * mirror[row]!;
    for (let k = 0; k < size; k++) basis[row * size + k]! -= v * product[k]!;
  }
}

/** Turns the tridiagonal matrix into a diagonal one by rotations, which `basis` takes part in. */
function iterate(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  basis: Float64Array,
  size: number,
): void {
  const rounding = Number.EPSILON * largestRow(diagonal, offDiagonal);
  for (let first = 0; first < size; first++) {
    for (let sweep = 0; ; sweep++) {
      const last = endOfBlock(offDiagonal, rounding, first, size);
      if (last === first) break;
      if (sweep === MAXIMUM_SWEEPS) {
        throw new EigenError("The eigenvalues do not converge: check the matrix for NaN.");
      }
      rotateBlock(diagonal, offDiagonal, basis, size, first, last);
    }
  }
}

/** max |T_ii| + |T_i,i+1|: the tridiagonal form is exact up to ε times it, and so may the rest be. */
function largestRow(diagonal: Float64Array, offDiagonal: Float64Array): number {
  return diagonal.reduce((a, d, row) => Math.max(a, Math.abs(d) + Math.abs(offDiagonal[row]!)), 0);
}

/** What is smaller than `rounding` counts as zero: a singular matrix has nothing else in its last rows. */
function endOfBlock(
  offDiagonal: Float64Array,
  rounding: number,
  first: number,
  size: number,
): number {
  let last = first;
  while (last < size - 1) {
    if (Math.abs(offDiagonal[last]!) <= rounding) break;
    last++;
  }
  return last;
}

/** One implicit QL sweep with Wilkinson's shift over the rows `first` to `last`. */
function rotateBlock(
  diagonal: Float64Array,
  offDiagonal: Float64Array,
  basis: Float64Array,
  size: number,
  first: number,
  last: number,
): void {
  const half = (diagonal[first + 1]! - diagonal[first]!) / (2 * offDiagonal[first]!);
  const radius = Math.hypot(half, 1);
  let bulge =
    diagonal[last]! -
    diagonal[first]! +
    offDiagonal[first]! / (half + (half < 0 ? -radius : radius));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let row = last - 1; row >= first; row--) {
    const carried = sine * offDiagonal[row]!;
    const kept = cosine * offDiagonal[row]!;
    const length = Math.hypot(carried, bulge);
    offDiagonal[row + 1] = length;
    if (length === 0) {
      diagonal[row + 1]! -= shift;
      offDiagonal[last] = 0;
      return;
    }
    sine = carried / length;
    cosine = bulge / length;
    const shifted = diagonal[row + 1]! - shift;
    const change = (diagonal[row]! - shifted) * sine + 2 * cosine * kept;
    shift = sine * change;
    diagonal[row + 1] = shifted + shift;
    bulge = cosine * change - kept;
    rotateRows(basis, size, row, sine, cosine);
  }
  diagonal[first]! -= shift;
  offDiagonal[first] = bulge;
  offDiagonal[last] = 0;
}

function rotateRows(
  basis: Float64Array,
  size: number,
  row: number,
  sine: number,
  cosine: number,
): void {
  const upper = row * size;
  const lower = upper + size;
  for (let k = 0; k < size; k++) {
    const high = basis[upper + k]!;
    const low = basis[lower + k]!;
    basis[lower + k] = sine * high + cosine * low;
    basis[upper + k] = cosine * high - sine * low;
  }
}

function sorted(diagonal: Float64Array, basis: Float64Array, size: number): Eigen {
  const order = [...diagonal.keys()].sort((first, second) => diagonal[second]! - diagonal[first]!);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    vectors.set(basis.subarray(from * size, (from + 1) * size), to * size);
  });
  return { values: Float64Array.from(order, (from) => diagonal[from]!), vectors };
}

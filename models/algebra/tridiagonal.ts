/**
 * Systems (A + sI) x = y for many s with one symmetric A = QTQᵀ, T tridiagonal: each takes O(n) once A is
 * reduced, and the eigenvectors of A, three quarters of that work, are not needed.
 */
import { reduceToTridiagonal } from "./symmetric-eigen.js";

/** T and the mirrors whose product is Q. */
export interface Tridiagonal {
  /** T_ii, [n]. */
  readonly diagonal: Float64Array;
  /** T_i,i+1, [n]; the last is 0. */
  readonly offDiagonal: Float64Array;
  /** [n, n], row k is the unit vector v of the reflection number k, I − 2vvᵀ; 0 if there was none. */
  readonly mirrors: Float64Array;
}

/** Reduces `matrix` [size, size], which is left as it is. */
export function tridiagonalForm(matrix: Float64Array, size: number): Tridiagonal {
  const mirrors = new Float64Array(size * size);
  const { diagonal, offDiagonal } = reduceToTridiagonal(matrix, size, (step, mirror) => {
    mirrors.set(mirror.subarray(step + 1), step * size + step + 1);
  });
  return { diagonal, offDiagonal, mirrors };
}

/** Qᵀx. */
export function turned({ mirrors }: Tridiagonal, vector: Float64Array): Float64Array {
  const out = vector.slice();
  for (let step = 0; step < out.length; step++) reflect(mirrors, step, out);
  return out;
}

/** Qx. */
export function turnedBack({ mirrors }: Tridiagonal, vector: Float64Array): Float64Array {
  const out = vector.slice();
  for (let step = out.length - 1; step >= 0; step--) reflect(mirrors, step, out);
  return out;
}

function reflect(mirrors: Float64Array, step: number, vector: Float64Array): void {
  const size = vector.length;
  let along = 0;
  for (let k = step + 1; k < size; k++) along += mirrors[step * size + k]! * vector[k]!;
  for (let k = step + 1; k < size; k++) vector[k]! -= 2 * along * mirrors[step * size + k]!;
}

/**
 * The solution x of (T + sI) x = y and the trace of (T + sI)⁻¹, from the pivots of the elimination
 * downwards and upwards. T + sI has to be positive definite.
 */
export function solveShifted(
  { diagonal, offDiagonal }: Tridiagonal,
  shift: number,
  right: Float64Array,
): { solution: Float64Array; trace: number } {
  const size = right.length;
  const pivots = new Float64Array(size);
  const solution = right.slice();
  for (let i = 0; i < size; i++) {
    pivots[i] = diagonal[i]! + shift;
    if (i === 0) continue;
    const factor = offDiagonal[i - 1]! / pivots[i - 1]!;
    pivots[i]! -= factor * offDiagonal[i - 1]!;
    solution[i]! -= factor * solution[i - 1]!;
  }
  let trace = 0;
  let upwards = 0;
  for (let i = size - 1; i >= 0; i--) {
    const own = diagonal[i]! + shift;
    const last = i === size - 1;
    upwards = last ? own : own - offDiagonal[i]! ** 2 / upwards;
    trace += 1 / (pivots[i]! + upwards - own);
    const rest = last ? 0 : offDiagonal[i]! * solution[i + 1]!;
    solution[i] = (solution[i]! - rest) / pivots[i]!;
  }
  return { solution, trace };
}

/** Triangular solves over whole matrices: coordinates in which a covariance is the identity. */

/** L⁻¹ A L⁻ᵀ for a symmetric A. */
export function whiten(factor: Float64Array, matrix: Float64Array, size: number): Float64Array {
  const half = solveLowerRows(factor, matrix, size);
  return solveLowerRows(factor, transpose(half, size), size);
}

/** L⁻¹ B for a square B, row by row; four of the rows before at once, for speed. */
function solveLowerRows(factor: Float64Array, right: Float64Array, size: number): Float64Array {
  const solved = right.slice();
  for (let row = 0; row < size; row++) {
    const at = row * size;
    let before = 0;
    for (; before + 3 < row; before += 4) subtractFourRows(solved, factor, at, before, size);
    for (; before < row; before++) {
      const share = factor[at + before]!;
      for (let i = 0; i < size; i++) solved[at + i]! -= share * solved[before * size + i]!;
    }
    const pivot = 1 / factor[at + row]!;
    for (let i = 0; i < size; i++) solved[at + i]! *= pivot;
  }
  return solved;
}

function subtractFourRows(
  solved: Float64Array,
  factor: Float64Array,
  at: number,
  before: number,
  size: number,
): void {
  const f0 = factor[at + before]!;
  const f1 = factor[at + before + 1]!;
  const f2 = factor[at + before + 2]!;
  const f3 = factor[at + before + 3]!;
  const r0 = before * size;
  const r1 = r0 + size;
  const r2 = r1 + size;
  const r3 = r2 + size;
  for (let i = 0; i < size; i++) {
    solved[at + i]! -=
      f0 * solved[r0 + i]! + f1 * solved[r1 + i]! + f2 * solved[r2 + i]! + f3 * solved[r3 + i]!;
  }
}

/** The square `matrix`, turned. */
export function transpose(matrix: Float64Array, size: number): Float64Array {
  const turned = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) turned[j * size + i] = matrix[i * size + j]!;
  }
  return turned;
}

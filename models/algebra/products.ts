/**
 * Dense products of row-major matrices for training, written for V8: the inner loops run over
 * contiguous rows and take four rows at once. Knows nothing of models or members.
 */

/** out[rows, columns] = left[rows, inner] · right[inner, columns], reading `left` from `leftStart`. */
export function multiply(
  left: Float64Array,
  leftStart: number,
  right: Float64Array,
  out: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  out.fill(0, 0, rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = leftStart + row * inner;
    addCombination(left, from, right, out, row * columns, inner, columns);
  }
}

/** out[start..] += Σ_k left[from + k] · right[k, :], the row times matrix product. */
function addCombination(
  left: Float64Array,
  from: number,
  right: Float64Array,
  out: Float64Array,
  start: number,
  inner: number,
  columns: number,
): void {
  let k = 0;
  for (; k + 3 < inner; k += 4) {
    const l0 = left[from + k]!;
    const l1 = left[from + k + 1]!;
    const l2 = left[from + k + 2]!;
    const l3 = left[from + k + 3]!;
    const r0 = k * columns;
    const r1 = r0 + columns;
    const r2 = r1 + columns;
    const r3 = r2 + columns;
    for (let column = 0; column < columns; column++) {
      out[start + column]! +=
        l0 * right[r0 + column]! +
        l1 * right[r1 + column]! +
        l2 * right[r2 + column]! +
        l3 * right[r3 + column]!;
    }
  }
  for (; k < inner; k++) {
    const l0 = left[from + k]!;
    const r0 = k * columns;
    for (let column = 0; column < columns; column++) {
      out[start + column]! += l0 * right[r0 + column]!;
    }
  }
}

/** out[rows, size] = left[rows, size] · lower[size, size] for a lower triangular matrix. */
export function multiplyByLower(
  left: Float64Array,
  lower: Float64Array,
  out: Float64Array,
  rows: number,
  size: number,
): void {
  out.fill(0, 0, rows * size);
  for (let row = 0; row < rows; row++) {
    const start = row * size;
    let k = 0;
    for (; k + 3 < size; k += 4) {
      const l0 = left[start + k]!;
      const l1 = left[start + k + 1]!;
      const l2 = left[start + k + 2]!;
      const l3 = left[start + k + 3]!;
      // One-hot features are zero almost everywhere.
      if (l0 === 0 && l1 === 0 && l2 === 0 && l3 === 0) continue;
      const r0 = k * size;
      const r1 = r0 + size;
      const r2 = r1 + size;
      const r3 = r2 + size;
      for (let i = 0; i < k + 4; i++) {
        out[start + i]! +=
          l0 * lower[r0 + i]! + l1 * lower[r1 + i]! + l2 * lower[r2 + i]! + l3 * lower[r3 + i]!;
      }
    }
    for (; k < size; k++) {
      const l0 = left[start + k]!;
      for (let i = 0; i <= k; i++) out[start + i]! += l0 * lower[k * size + i]!;
    }
  }
}

/** out[rows, rows] = matrix[rows, inner] · matrixᵀ. */
export function outerProducts(
  matrix: Float64Array,
  out: Float64Array,
  rows: number,
  inner: number,
): void {
  for (let i = 0; i < rows; i++) {
    const a = i * inner;
    for (let j = 0; j <= i; j++) {
      const b = j * inner;
      let sum0 = 0;
      let sum1 = 0;
      let k = 0;
      for (; k + 1 < inner; k += 2) {
        sum0 += matrix[a + k]! * matrix[b + k]!;
        sum1 += matrix[a + k + 1]! * matrix[b + k + 1]!;
      }
      if (k < inner) sum0 += matrix[a + k]! * matrix[b + k]!;
      out[i * rows + j] = sum0 + sum1;
      out[j * rows + i] = sum0 + sum1;
    }
  }
}

/** turned[columns, rows] = matrix[rows, columns]ᵀ. */
export function transposeRows(
  matrix: Float64Array,
  rows: number,
  columns: number,
  turned: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = matrix[row * columns + column]!;
    }
  }
}

/** matrix[at..] −= Σ_{k < count} shares[from + k] · matrix[k, :], the step of a triangular solve. */
export function subtractCombination(
  shares: Float64Array,
  from: number,
  count: number,
  matrix: Float64Array,
  at: number,
  columns: number,
): void {
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const s0 = shares[from + k]!;
    const s1 = shares[from + k + 1]!;
    const s2 = shares[from + k + 2]!;
    const s3 = shares[from + k + 3]!;
    const r0 = k * columns;
    const r1 = r0 + columns;
    const r2 = r1 + columns;
    const r3 = r2 + columns;
    for (let i = 0; i < columns; i++) {
      matrix[at + i]! -=
        s0 * matrix[r0 + i]! + s1 * matrix[r1 + i]! + s2 * matrix[r2 + i]! + s3 * matrix[r3 + i]!;
    }
  }
  for (; k < count; k++) {
    const share = shares[from + k]!;
    for (let i = 0; i < columns; i++) matrix[at + i]! -= share * matrix[k * columns + i]!;
  }
}

/** out[columns, columns], lower triangle, += Σ_row weight · rowᵀ row over the rows of `matrix`. */
export function addGram(
  matrix: Float64Array,
  rows: number,
  columns: number,
  weight: number,
  out: Float64Array,
): void {
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const a = row * columns;
    const b = a + columns;
    const c = b + columns;
    const d = c + columns;
    for (let i = 0; i < columns; i++) {
      const ai = weight * matrix[a + i]!;
      const bi = weight * matrix[b + i]!;
      const ci = weight * matrix[c + i]!;
      const di = weight * matrix[d + i]!;
      const start = i * columns;
      for (let j = 0; j <= i; j++) {
        out[start + j]! +=
          ai * matrix[a + j]! + bi * matrix[b + j]! + ci * matrix[c + j]! + di * matrix[d + j]!;
      }
    }
  }
  for (; row < rows; row++) {
    const a = row * columns;
    for (let i = 0; i < columns; i++) {
      const ai = weight * matrix[a + i]!;
      const start = i * columns;
      for (let j = 0; j <= i; j++) out[start + j]! += ai * matrix[a + j]!;
    }
  }
}

/** Copies the lower triangle of the square `matrix` to its upper one. */
export function mirrorLower(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j]!;
  }
}

/** Σ left[leftStart + k] · right[rightStart + k] for k < length. */
export function dot(
  left: Float64Array,
  leftStart: number,
  right: Float64Array,
  rightStart: number,
  length: number,
): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += left[leftStart + k]! * right[rightStart + k]!;
  return sum;
}

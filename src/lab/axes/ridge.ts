/** Ridge regression, for labels of few answers on many statistics. Knows nothing of style. */
import { cholesky, choleskySolve } from "../../../models/algebra/linear-algebra.js";

/** What pulls each weight to zero, in rows: as strong as so many answers whose statistic is 1. */
const PENALTY = 30;

/** The weights w that minimise ‖y − Xw‖² + {@link PENALTY} ‖w‖² for X = `rows` [n, size], y = `labels`. */
export function fitRidge(
  rows: Float64Array,
  labels: readonly number[],
  size: number,
): Float64Array {
  const products = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let feature = 0; feature < size; feature++) products[feature * size + feature] = PENALTY;
  labels.forEach((label, row) => {
    const start = row * size;
    for (let feature = 0; feature < size; feature++) {
      const value = rows[start + feature]!;
      right[feature]! += value * label;
      for (let other = 0; other <= feature; other++) {
        products[feature * size + other]! += value * rows[start + other]!;
      }
    }
  });
  return choleskySolve(cholesky(products, size), right, size, right);
}

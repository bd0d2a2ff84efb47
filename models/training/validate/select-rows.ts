/** A part of the training data: some rows of some members. Knows no reason for leaving others out. */
import type { TrainingData } from "../estimate/training-data.js";

/**
 * The given rows of each member of `rowsOfEach`, who become members 0, 1, … of what is returned.
 * The features stay where they are.
 */
export function selectRows(
  data: TrainingData,
  rowsOfEach: readonly (readonly number[])[],
): TrainingData {
  const rows = rowsOfEach.flat();
  const starts = new Int32Array(rowsOfEach.length + 1);
  rowsOfEach.forEach((own, at) => {
    starts[at + 1] = starts[at]! + own.length;
  });
  const responses = new Int32Array(2 * rows.length);
  rows.forEach((from, to) => {
    responses.set(data.responses.subarray(2 * from, 2 * from + 2), 2 * to);
  });
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...data,
    members: rowsOfEach.length,
    count: rows.length,
    order: Int32Array.from(rows, (row) => data.order[row]!),
    responses,
    outcomes: pick(data.outcomes),
    positions: pick(data.positions),
    weights: pick(data.weights),
    starts,
  };
}

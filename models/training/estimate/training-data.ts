/**
 * Pooled comparisons in the form training works on: difference vectors in standardised units,
 * grouped by member. Knows nothing of models.
 */

import { addGram, mirrorLower } from "../../algebra/products.js";
import type { PooledComparisons } from "../../rewards/comparison.js";
import { numberResponses } from "../validate/response-split.js";

/** Comparisons grouped by member; member m owns the rows starts[m] to starts[m + 1]. */
export interface TrainingData {
  readonly members: number;
  readonly count: number;
  /** P, the length of a difference vector. */
  readonly dimensions: number;
  /** Where the features are; row r is row order[r] of these. */
  readonly pooled: PooledComparisons;
  /** [n]. */
  readonly order: Int32Array;
  /** [P], what standardises a feature's difference. */
  readonly scales: Float64Array;
  /** [n, 2], a number for each distinct response: a's and b's. */
  readonly responses: Int32Array;
  /** [n], 1, 0.5 or 0. */
  readonly outcomes: Float64Array;
  /** [n], +1 if a was shown first, −1 if b was, 0 if neither. */
  readonly positions: Float64Array;
  /** [n], how much a comparison counts. */
  readonly weights: Float64Array;
  /** [members + 1]. */
  readonly starts: Int32Array;
  /** Called between steps of a few milliseconds, in which others may go first. */
  readonly pause: () => void;
}

/** The rows of `pooled` in the order of their members; a member keeps the order of their votes. */
export function rowsByMember(pooled: PooledComparisons): { order: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(pooled.members + 1);
  for (let row = 0; row < pooled.count; row++) starts[pooled.memberOf[row]! + 1]! += 1;
  for (let member = 0; member < pooled.members; member++) starts[member + 1]! += starts[member]!;
  const next = starts.slice();
  const order = new Int32Array(pooled.count);
  for (let row = 0; row < pooled.count; row++) order[next[pooled.memberOf[row]!]!++] = row;
  return { order, starts };
}

/**
 * [D], one over the root mean square of each feature's difference; 0 for a feature that never
 * differs, so that it takes no part. Throws RangeError if a feature is not finite.
 */
export function differenceScales(pooled: PooledComparisons, dimensions: number): Float64Array {
  const squares = new Float64Array(dimensions);
  for (let row = 0; row < pooled.count; row++) {
    const start = row * dimensions;
    for (let feature = 0; feature < dimensions; feature++) {
      const difference = pooled.featuresA[start + feature]! - pooled.featuresB[start + feature]!;
      squares[feature]! += difference * difference;
    }
  }
  const broken = squares.findIndex((sum) => !Number.isFinite(sum));
  if (broken >= 0) {
    throw new RangeError(
      `Feature ${broken} of a comparison is not finite: encode the responses again.`,
    );
  }
  const largest = squares.reduce((a, b) => Math.max(a, b), 0);
  return squares.map((sum) => (sum > largest * 1e-12 ? Math.sqrt(pooled.count / sum) : 0));
}

/**
 * The comparisons grouped by member; `scales` [D] standardise their difference vectors. `pause` is
 * called between the steps of whatever is done with them.
 */
export function prepareTrainingData(
  pooled: PooledComparisons,
  dimensions: number,
  scales: Float64Array,
  pause: () => void = () => {},
): TrainingData {
  const { order, starts } = rowsByMember(pooled);
  const numbers = numberResponses(pooled.featuresA, pooled.featuresB, dimensions);
  const responses = new Int32Array(2 * pooled.count);
  order.forEach((from, to) => {
    responses.set(numbers.subarray(2 * from, 2 * from + 2), 2 * to);
  });
  const pick = (values: Float32Array) => Float64Array.from(order, (row) => values[row]!);
  return {
    members: pooled.members,
    count: pooled.count,
    dimensions,
    pooled,
    order,
    scales,
    responses,
    outcomes: pick(pooled.outcomes),
    positions: pick(pooled.positions),
    weights: pick(pooled.weights),
    starts,
    pause,
  };
}

/**
 * Writes the standardised f(a) − f(b) of `row` to `out` from `at` on. It is worked out each time: for
 * many comparisons all of them would take half as much memory again as the features do.
 */
export function writeDifference(
  { dimensions, order, pooled, scales }: TrainingData,
  row: number,
  out: Float64Array,
  at: number,
): void {
  const { featuresA, featuresB } = pooled;
  const from = order[row]! * dimensions;
  for (let i = 0; i < dimensions; i++) {
    out[at + i] = (featuresA[from + i]! - featuresB[from + i]!) * scales[i]!;
  }
}

/** Writes the standardised features of both responses of `row`, a's first, to `out` [2P]. */
export function writeFeatures(
  { dimensions, order, pooled, scales }: TrainingData,
  row: number,
  out: Float64Array,
): void {
  const from = order[row]! * dimensions;
  for (let i = 0; i < dimensions; i++) {
    out[i] = pooled.featuresA[from + i]! * scales[i]!;
    out[dimensions + i] = pooled.featuresB[from + i]! * scales[i]!;
  }
}

/** More comparisons than these change no second moment that matters. */
const MOST_COMPARISONS = 8_000;

/** Mean of xxᵀ over evenly spaced comparisons, [P, P]. */
export function secondMoment(data: TrainingData): Float64Array {
  const { count, dimensions } = data;
  const step = Math.max(1, Math.ceil(count / MOST_COMPARISONS));
  const rows = Math.ceil(count / step);
  const sample = new Float64Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    writeDifference(data, row * step, sample, row * dimensions);
  }
  const moment = new Float64Array(dimensions ** 2);
  addGram(sample, rows, dimensions, 1 / Math.max(1, rows), moment);
  mirrorLower(moment, dimensions);
  return moment;
}

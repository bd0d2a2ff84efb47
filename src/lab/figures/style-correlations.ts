/** How learned base rewards go with the readable style statistics. Draws nothing. */

import { ENCODER_ID, FEATURE_COUNT } from "../../../models/encoder/encoder.js";
import { STYLE_STATISTICS } from "../../../models/encoder/style-statistics.js";
import {
  type Axis,
  type BaseRewardModel,
  computeBaseRewards,
} from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { nameAxes } from "../../../models/training/axes/name-axes.js";
import type { Items } from "../evaluate/dataset.js";

export interface StyleCorrelations {
  /** The words for each base reward, [J]. */
  readonly axes: readonly Axis[];
  /** [J, statistics] row-major, −1 to 1, between answers to the same prompt. */
  readonly correlations: Float64Array;
}

/** `styles` are the items with the features of Attune's own encoder. */
export function correlateWithStyles(
  model: BaseRewardModel,
  items: Items,
  styles: Items,
): StyleCorrelations {
  const baseRewards = computeBaseRewards(model, items.features);
  const learned = columnsOf(baseRewards, model.rank, items.promptOf);
  const statistics = columnsOf(styles.features, styles.dimensions, items.promptOf);
  const width = STYLE_STATISTICS.length;
  const correlations = new Float64Array(model.rank * width);
  for (let axis = 0; axis < model.rank; axis++) {
    for (let statistic = 0; statistic < width; statistic++) {
      correlations[axis * width + statistic] = dot(learned[axis]!, statistics[statistic]!);
    }
  }
  const named = items.encoderId === ENCODER_ID;
  return { axes: named ? model.axes : nameByStyles(model, baseRewards, styles), correlations };
}

/** Columns as deviations from the mean of the prompt, each of length 1, or 0 if nothing varies. */
function columnsOf(
  matrix: ArrayLike<number>,
  columns: number,
  promptOf: Int32Array,
): Float64Array[] {
  const prompts = promptOf.reduce((largest, prompt) => Math.max(largest, prompt), 0) + 1;
  return Array.from({ length: columns }, (_, column) => {
    const values = Float64Array.from(promptOf, (_, row) => matrix[row * columns + column]!);
    const sums = new Float64Array(prompts);
    const counts = new Float64Array(prompts);
    values.forEach((value, row) => {
      sums[promptOf[row]!]! += value;
      counts[promptOf[row]!]! += 1;
    });
    const centred = values.map((value, row) => {
      const prompt = promptOf[row]!;
      return value - sums[prompt]! / counts[prompt]!;
    });
    const length = Math.sqrt(dot(centred, centred));
    return centred.map((value) => (length > 1e-9 ? value / length : 0));
  });
}

/**
 * Names for base rewards over other features: the naming of training, on features that are Attune's
 * own with φ behind them.
 */
function nameByStyles(model: BaseRewardModel, baseRewards: Float64Array, styles: Items): Axis[] {
  const { rank } = model;
  const dimensions = FEATURE_COUNT + rank;
  const features = new Float32Array(styles.count * dimensions);
  for (let row = 0; row < styles.count; row++) {
    const own = styles.features.subarray(row * FEATURE_COUNT, (row + 1) * FEATURE_COUNT);
    features.set(own, row * dimensions);
    features.set(
      baseRewards.subarray(row * rank, (row + 1) * rank),
      row * dimensions + FEATURE_COUNT,
    );
  }
  const starter = createStarterModel();
  const widened = new Float32Array(starter.rank * dimensions);
  for (let axis = 0; axis < starter.rank; axis++) {
    const own = starter.weights.subarray(axis * FEATURE_COUNT, (axis + 1) * FEATURE_COUNT);
    widened.set(own, axis * dimensions);
  }
  const { hidden: _, ...plain } = model;
  const picking = new Float32Array(rank * dimensions);
  for (let axis = 0; axis < rank; axis++) picking[axis * dimensions + FEATURE_COUNT + axis] = 1;
  const count = Math.floor(styles.count / 2);
  const half = count * dimensions;
  const one = new Float32Array(count);
  return nameAxes(
    { ...plain, dimensions, weights: picking },
    {
      count,
      featuresA: features.subarray(0, half),
      featuresB: features.subarray(half, 2 * half),
      outcomes: one,
      positions: one,
      weights: one,
      members: 1,
      memberOf: new Int32Array(count),
    },
    { ...starter, dimensions, weights: widened },
  );
}

function dot(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, row) => sum + value * second[row]!, 0);
}

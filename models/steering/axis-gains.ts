/**
 * What moving along a steerable axis does to the base rewards: learned from responses of which
 * several answer one prompt. Knows no member.
 */
import { cholesky, choleskySolve } from "../algebra/linear-algebra.js";
import { type BaseRewardModel, computeBaseRewards } from "../rewards/base-rewards.js";
import { AXIS_COUNT, axisValues } from "./steerable-axes.js";

/** Keeps the moment definite where the responses hardly vary along an axis. */
const RIDGE = 1e-3;

export interface AxisGains {
  /** Of the base rewards; for others the gains mean nothing. */
  readonly modelVersion: string;
  /** J. */
  readonly rank: number;
  /** g_s, [S, J] row-major: the change of φ for one standard deviation of axis s, the others held. */
  readonly gains: Float64Array;
  /** The standard deviation of each axis between the responses to one prompt, [S]. */
  readonly deviations: Float64Array;
}

/**
 * The regression of φ on the axes between the responses to one prompt: with s̃ and φ̃ centred by
 * prompt, G = Cov(φ̃, s̃) Cov(s̃)⁻¹, scaled to one standard deviation. A directive asks for one axis
 * alone, so each gain is what the axis does while the others stay. `features` is [n, D] row-major,
 * beginning with the style statistics; `promptOf` [n] says which prompt each row answers.
 */
export function estimateAxisGains(
  model: BaseRewardModel,
  features: Float32Array,
  promptOf: Int32Array,
): AxisGains {
  const { dimensions, rank, version } = model;
  const axes = centredByPrompt(axisValues(features, dimensions), AXIS_COUNT, promptOf);
  const rewards = centredByPrompt(computeBaseRewards(model, features), rank, promptOf);
  const deviations = columnDeviations(axes, AXIS_COUNT);
  const factor = cholesky(standardisedMoment(axes, deviations), AXIS_COUNT);
  const gains = new Float64Array(AXIS_COUNT * rank);
  for (let j = 0; j < rank; j++) {
    const slopes = choleskySolve(factor, pulls(axes, deviations, rewards, rank, j), AXIS_COUNT);
    for (let axis = 0; axis < AXIS_COUNT; axis++) gains[axis * rank + j] = slopes[axis]!;
  }
  return { modelVersion: version, rank, gains, deviations };
}

/** `values` [n, columns] without the mean of each prompt's rows. */
export function centredByPrompt(
  values: Float64Array,
  columns: number,
  promptOf: Int32Array,
): Float64Array {
  const sums = new Map<number, Float64Array>();
  const counts = new Map<number, number>();
  promptOf.forEach((prompt, row) => {
    const sum = sums.get(prompt) ?? new Float64Array(columns);
    for (let at = 0; at < columns; at++) sum[at]! += values[row * columns + at]!;
    sums.set(prompt, sum);
    counts.set(prompt, (counts.get(prompt) ?? 0) + 1);
  });
  const centred = values.slice();
  promptOf.forEach((prompt, row) => {
    const sum = sums.get(prompt)!;
    const count = counts.get(prompt)!;
    for (let at = 0; at < columns; at++) centred[row * columns + at]! -= sum[at]! / count;
  });
  return centred;
}

/** √(mean square) of each column; 1 where a column does not vary, so that it divides. */
function columnDeviations(values: Float64Array, columns: number): Float64Array {
  const rows = Math.max(1, values.length / columns);
  const deviations = new Float64Array(columns);
  for (let at = 0; at < values.length; at++) deviations[at % columns]! += values[at]! ** 2;
  return deviations.map((sum) => Math.sqrt(sum / rows) || 1);
}

/** Σ s̃s̃ᵀ / n in standard deviations, with a ridge, [S, S]. */
function standardisedMoment(axes: Float64Array, deviations: Float64Array): Float64Array {
  const rows = Math.max(1, axes.length / AXIS_COUNT);
  const moment = new Float64Array(AXIS_COUNT * AXIS_COUNT);
  for (let row = 0; row < axes.length; row += AXIS_COUNT) {
    for (let first = 0; first < AXIS_COUNT; first++) {
      const scaled = axes[row + first]! / deviations[first]! / rows;
      for (let second = 0; second < AXIS_COUNT; second++) {
        moment[first * AXIS_COUNT + second]! +=
          (scaled * axes[row + second]!) / deviations[second]!;
      }
    }
  }
  for (let axis = 0; axis < AXIS_COUNT; axis++) moment[axis * AXIS_COUNT + axis]! += RIDGE;
  return moment;
}

/** Σ s̃ φ̃_j / n with the axes in standard deviations, [S]. */
function pulls(
  axes: Float64Array,
  deviations: Float64Array,
  rewards: Float64Array,
  rank: number,
  j: number,
): Float64Array {
  const rows = Math.max(1, axes.length / AXIS_COUNT);
  const sums = new Float64Array(AXIS_COUNT);
  for (let row = 0; row < rows; row++) {
    for (let axis = 0; axis < AXIS_COUNT; axis++) {
      sums[axis]! += (axes[row * AXIS_COUNT + axis]! * rewards[row * rank + j]!) / rows;
    }
  }
  return sums.map((sum, axis) => sum / deviations[axis]!);
}

/**
 * Names for learned base rewards: what their extremes look like, in the words of axes that people
 * can read. Works on the features of the training responses; knows no text.
 */
import { type Axis, type BaseRewardModel, computeBaseRewards } from "../base-rewards.js";
import type { PooledComparisons } from "../comparison.js";

/** More responses than these change no name. */
const MOST_RESPONSES = 4_000;
/** A readable axis says something about a base reward from this correlation on. */
const TELLING = 0.25;
/** The second word has to be at least this share as telling as the first. */
const ALSO_TELLING = 0.6;

/**
 * One axis per base reward of `model`, named by the one or two axes of `readable` that correlate
 * most with it over the responses of `pooled`. A base reward that resembles none of them is called by its number.
 */
export function nameAxes(
  model: BaseRewardModel,
  pooled: PooledComparisons,
  readable: BaseRewardModel | undefined,
): Axis[] {
  if (readable === undefined) return Array.from({ length: model.rank }, (_, k) => unnamed(k));
  const features = sampleResponses(pooled, model.dimensions);
  const learned = standardisedColumns(computeBaseRewards(model, features), model.rank);
  const known = standardisedColumns(computeBaseRewards(readable, features), readable.rank);
  const names = new Set<string>();
  return learned.map((column, k) => {
    const axis = nameByCorrelation(
      known.map((other) => correlation(column, other)),
      readable.axes,
      k,
    );
    const name = names.has(axis.name) ? `${axis.name} (${k + 1})` : axis.name;
    names.add(name);
    return { ...axis, name };
  });
}

/** The axis described by the `readable` ones, given its correlation with each of them. */
export function nameByCorrelation(
  correlations: readonly number[],
  readable: readonly Axis[],
  index: number,
): Axis {
  const order = [...correlations.keys()].sort(
    (first, second) => Math.abs(correlations[second]!) - Math.abs(correlations[first]!),
  );
  const strongest = Math.abs(correlations[order[0]!] ?? 0);
  const threshold = Math.max(TELLING, strongest * ALSO_TELLING);
  const telling = order.slice(0, 2).filter((axis) => Math.abs(correlations[axis]!) >= threshold);
  if (telling.length === 0) return unnamed(index);
  const end = (high: boolean) =>
    telling
      .map((axis) => {
        const { low: lowWord, high: highWord } = readable[axis]!;
        return correlations[axis]! > 0 === high ? highWord : lowWord;
      })
      .join(", ");
  return {
    name: telling.map((axis) => readable[axis]!.name).join(" and "),
    low: end(false),
    high: end(true),
  };
}

function unnamed(index: number): Axis {
  return { name: `taste ${index + 1}`, low: "less of it", high: "more of it" };
}

/** Responses a and b of evenly spaced comparisons, [n, D]. */
function sampleResponses(pooled: PooledComparisons, dimensions: number): Float32Array {
  const step = Math.max(1, Math.ceil((2 * pooled.count) / MOST_RESPONSES));
  const count = Math.ceil(pooled.count / step);
  const features = new Float32Array(2 * count * dimensions);
  for (let to = 0; to < count; to++) {
    const from = to * step * dimensions;
    features.set(pooled.featuresA.subarray(from, from + dimensions), 2 * to * dimensions);
    features.set(pooled.featuresB.subarray(from, from + dimensions), (2 * to + 1) * dimensions);
  }
  return features;
}

/** The columns of [n, J], each with mean 0 and length 1 (or 0 where it does not vary). */
function standardisedColumns(matrix: Float64Array, columns: number): Float64Array[] {
  const rows = matrix.length / columns;
  return Array.from({ length: columns }, (_, column) => {
    const values = Float64Array.from({ length: rows }, (_, row) => matrix[row * columns + column]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return values.map((value) => (length > 1e-9 ? (value - mean) / length : 0));
  });
}

function correlation(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, row) => sum + value * second[row]!, 0);
}

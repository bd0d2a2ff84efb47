/**
 * Names for learned base rewards: what their extremes look like, in the words of axes that people
 * can read. Works on the features of the training responses; knows no text.
 */

import { beginsWithStyle } from "../../encoder/encoding.js";
import { type Axis, type BaseRewardModel, computeBaseRewards } from "../../rewards/base-rewards.js";
import type { PooledComparisons } from "../../rewards/comparison.js";
import { createStyleVocabulary } from "./style-vocabulary.js";

/** More responses than these change no name. */
const MOST_RESPONSES = 4_000;
/** A readable axis says something about a base reward from this correlation on. */
const TELLING = 0.25;
/** The second word has to be at least this share as telling as the first. */
const ALSO_TELLING = 0.6;
/** Less than this is left of an axis that says the same as another. */
const SMALLEST_REST = 0.3;
/** A style statistic is taken instead of a starter axis if it says this many times as much. */
const CLEARLY_MORE_TELLING = 1.5;

/**
 * One axis per base reward of `model`, named by the one or two axes of `readable` that correlate
 * most with it over the responses of `pooled`; by one or two style statistics if those say
 * clearly more. A base reward that resembles none of them is called by its number.
 */
export function nameAxes(
  model: BaseRewardModel,
  pooled: PooledComparisons,
  readable: BaseRewardModel | undefined,
): Axis[] {
  if (readable === undefined) return Array.from({ length: model.rank }, (_, k) => unnamed(k));
  const features = sampleResponses(pooled, model.dimensions);
  const learned = standardisedColumns(computeBaseRewards(model, features), model.rank);
  const vocabularies = vocabulariesOf(readable).map((vocabulary) => ({
    axes: vocabulary.axes,
    columns: standardisedColumns(computeBaseRewards(vocabulary, features), vocabulary.rank),
  }));
  const names = new Set<string>();
  return learned.map((column, k) => {
    const [first, ...rest] = vocabularies.map((vocabulary) => inWordsOf(vocabulary, column));
    const better = rest.find(({ telling }) => telling > CLEARLY_MORE_TELLING * first!.telling);
    const chosen = better ?? first!;
    const axis = chosen.telling >= TELLING ? chosen.axis : unnamed(k);
    const name = names.has(axis.name) ? `${axis.name} (${k + 1})` : axis.name;
    names.add(name);
    return { ...axis, name };
  });
}

/** `readable`, and the style statistics if its features begin with them. */
function vocabulariesOf(readable: BaseRewardModel): BaseRewardModel[] {
  const { encoderId: id, dimensions } = readable;
  if (!beginsWithStyle(id)) return [readable];
  return [readable, createStyleVocabulary({ id, dimensions })];
}

interface Vocabulary {
  readonly axes: readonly Axis[];
  /** Standardised values over the responses, one column for each axis. */
  readonly columns: readonly Float64Array[];
}

interface Description {
  readonly axis: Axis;
  /** The strongest correlation, 0 to 1. */
  readonly telling: number;
}

/**
 * A base reward in the words of a vocabulary: the axis that correlates most, and the one that says
 * most beyond it.
 */
function inWordsOf({ axes, columns }: Vocabulary, learned: Float64Array): Description {
  const first = strongestOf(columns.map((column) => correlation(learned, column)));
  const beyond = columns.map((column) => {
    const rest = withoutShareOf(column, columns[first.at]!);
    return rest === undefined ? 0 : correlation(learned, rest);
  });
  const second = strongestOf(beyond);
  const telling = Math.abs(first.value);
  const words = [first];
  if (Math.abs(second.value) >= Math.max(TELLING, ALSO_TELLING * telling)) words.push(second);
  const end = (sign: number) =>
    words.map(({ at, value }) => (value * sign > 0 ? axes[at]!.high : axes[at]!.low)).join(", ");
  const name = words.map(({ at }) => axes[at]!.name).join(" and ");
  return { axis: { name, low: end(-1), high: end(1) }, telling };
}

function strongestOf(values: readonly number[]): { at: number; value: number } {
  let at = 0;
  values.forEach((value, other) => {
    if (Math.abs(value) > Math.abs(values[at]!)) at = other;
  });
  return { at, value: values[at]! };
}

/** What is left of `column` without `other`, of length 1; undefined if hardly anything is. */
function withoutShareOf(column: Float64Array, other: Float64Array): Float64Array | undefined {
  const share = correlation(column, other);
  const length = Math.sqrt(Math.max(0, 1 - share * share));
  if (length < SMALLEST_REST) return undefined;
  return column.map((value, row) => (value - share * other[row]!) / length);
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

/** The columns of [n, J], each with mean 0 and length 1 (or 0 if it does not vary). */
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

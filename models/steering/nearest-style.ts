/**
 * What a writer gives who has a few texts and obeys: the one that comes nearest to what is asked for.
 * Knows no texts, only their axes.
 */
import { STYLE_STATISTICS, wordsOfStatistic } from "../encoder/style-statistics.js";
import type { Slot } from "./spread.js";
import { AXIS_COUNT, axisValues, STEERABLE_AXES } from "./steerable-axes.js";
import type { Directive } from "./vocabulary.js";

/** How much a length that is off by a factor of e weighs, in steps of another axis. */
const LENGTH_WEIGHT = 2;
const LOG_WORDS = STYLE_STATISTICS.indexOf("logWords");

export interface StyledTexts {
  /** [n]. */
  readonly words: ArrayLike<number>;
  /** On scales that can be compared, [n, S] row-major. */
  readonly axes: ArrayLike<number>;
}

/** The one of `rows`, at least one of them, that is nearest; the first one among equals. */
export function nearestStyle(
  texts: StyledTexts,
  rows: readonly number[],
  directives: readonly Directive[],
): number {
  return rows.reduce((best, row) =>
    nearness(texts, row, directives) > nearness(texts, best, directives) ? row : best,
  );
}

/** One of `rows` for each slot, in their order and none twice, while there are any left. */
export function obedientRows(
  texts: StyledTexts,
  rows: readonly number[],
  slots: readonly Pick<Slot, "directives">[],
): number[] {
  const left = [...rows];
  return slots.slice(0, rows.length).map(({ directives }) => {
    const row = nearestStyle(texts, left, directives);
    left.splice(left.indexOf(row), 1);
    return row;
  });
}

/** What {@link obedientRows} goes by, from features [n, D] that begin with the style statistics. */
export function styledTexts(features: Float32Array, dimensions: number): StyledTexts {
  const count = features.length / dimensions;
  return {
    words: Float64Array.from({ length: count }, (_, row) =>
      wordsOfStatistic(features[row * dimensions + LOG_WORDS]!),
    ),
    axes: axisValues(features, dimensions),
  };
}

/** How near `row` comes to what is asked for, in steps of the axes; more is nearer. */
export function nearness(
  { axes, words: lengths }: StyledTexts,
  row: number,
  directives: readonly Directive[],
): number {
  return directives.reduce((sum, { axis, dose, pole, words }) => {
    if (words !== undefined) {
      return sum - LENGTH_WEIGHT * Math.abs(Math.log(lengths[row]! / words));
    }
    return sum + pole * dose * axes[row * AXIS_COUNT + STEERABLE_AXES.indexOf(axis)]!;
  }, 0);
}

/** Which of several texts comes nearest to what directives ask for. Knows no texts, only their axes. */
import { AXIS_COUNT, STEERABLE_AXES } from "./steerable-axes.js";
import type { Directive } from "./vocabulary.js";

/** How much a length that is off by a factor of e weighs, in steps of another axis. */
const LENGTH_WEIGHT = 2;

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

function nearness(
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

/**
 * What a directive does to the answers of one language model: the regression of the realised axis on
 * the dose, from the bot's own candidates. Numbers alone; knows no text and no member.
 */
import { AXIS_COUNT, STEERABLE_AXES, type SteerableAxis } from "./steerable-axes.js";
import type { Directive } from "./vocabulary.js";

/** Sums over candidates of one language model for one axis: all that the regression needs. */
export interface DoseSums {
  /** How many candidates were asked for the axis. */
  readonly count: number;
  /** Σ dose², Σ dose · response, Σ response². Doses −3 to 3; responses in standard deviations. */
  readonly doseSquares: number;
  readonly products: number;
  readonly responseSquares: number;
}

export type DoseTable = Readonly<Record<SteerableAxis, DoseSums>>;

export interface DoseResponse {
  /** Standard deviations of the axis for one step of dose. */
  readonly slope: number;
  readonly standardError: number;
  readonly count: number;
}

/** One old candidate weighs less with every new one, so that a model that is updated is learned anew. */
const FORGETTING = 0.999;
/** With fewer candidates nothing is concluded. */
const ENOUGH = 100;
/** And with fewer than these a few lucky ones may look like obedience. */
const SOME = 20;
/** An axis is moved by a model whose slope may well be above this. */
const LEAST_SLOPE = 0.1;
/** Standard errors; wide, because an axis is looked at after every candidate, and once is enough to drop it. */
const QUANTILE = 3;
/** No candidate counts for more than one that is so many standard deviations away. */
const LARGEST_RESPONSE = 4;

const NOTHING: DoseSums = { count: 0, doseSquares: 0, products: 0, responseSquares: 0 };

export function emptyDoseTable(): DoseTable {
  return Object.fromEntries(STEERABLE_AXES.map((axis) => [axis, NOTHING])) as DoseTable;
}

/**
 * The table with one more candidate: it was asked for `directives`, and stands `response` [S] away
 * from the plain candidate of the same message, in standard deviations of each axis.
 */
export function withCandidate(
  table: DoseTable,
  directives: readonly Directive[],
  response: Float64Array,
): DoseTable {
  const next = { ...table };
  for (const { axis, pole, dose } of directives) {
    const at = STEERABLE_AXES.indexOf(axis);
    const moved = Math.max(-LARGEST_RESPONSE, Math.min(LARGEST_RESPONSE, response[at]!));
    if (response.length !== AXIS_COUNT || !Number.isFinite(moved)) continue;
    const signed = pole * dose;
    const { count, doseSquares, products, responseSquares } = table[axis];
    next[axis] = {
      count: count * FORGETTING + 1,
      doseSquares: doseSquares * FORGETTING + signed * signed,
      products: products * FORGETTING + signed * moved,
      responseSquares: responseSquares * FORGETTING + moved * moved,
    };
  }
  return next;
}

/** The line through the origin, response = slope · dose, by least squares. */
export function doseResponse({
  count,
  doseSquares,
  products,
  responseSquares,
}: DoseSums): DoseResponse {
  if (doseSquares === 0) return { slope: 0, standardError: Number.POSITIVE_INFINITY, count };
  const slope = products / doseSquares;
  const rest = Math.max(0, responseSquares - slope * products);
  const standardError = Math.sqrt(rest / Math.max(1, count - 1) / doseSquares);
  return { slope, standardError, count };
}

/** The axes that this language model surely moves: what it is asked for is what comes. */
export function provenAxes(table: DoseTable): Set<SteerableAxis> {
  return new Set(
    STEERABLE_AXES.filter((axis) => {
      const { slope, standardError, count } = doseResponse(table[axis]);
      return count >= SOME && slope - QUANTILE * standardError > 0;
    }),
  );
}

/** The axes that this language model does not move: asking for them costs words and teaches nothing. */
export function unmovedAxes(table: DoseTable): Set<SteerableAxis> {
  return new Set(
    STEERABLE_AXES.filter((axis) => {
      const { slope, standardError, count } = doseResponse(table[axis]);
      return count >= ENOUGH && slope + QUANTILE * standardError < LEAST_SLOPE;
    }),
  );
}

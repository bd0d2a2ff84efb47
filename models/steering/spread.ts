/**
 * In which manners the candidates of one answer are written: one plain, as the floor that taste has
 * to beat; one as the member is known to like it; one as they might like it; one that is the opposite
 * where least is known. Choosing among them then teaches, and pays. Knows no words of requests.
 */
import { solveLowerTransposed } from "../algebra/linear-algebra.js";
import { drawStandardNormal } from "../algebra/normal.js";
import type { RandomGenerator } from "../algebra/random.js";
import {
  type DirectiveOptions,
  directiveOf,
  directivesFor,
  MOST_DIRECTIVES,
} from "./directives.js";
import { type AxisStance, type StanceParts, stancesOf, stancesOfDraw } from "./stances.js";
import { STEERABLE_AXES } from "./steerable-axes.js";
import type { Directive } from "./vocabulary.js";

export type SlotKind = "plain" | "exploit" | "explore" | "contrast";

/** The manner of one candidate. */
export interface Slot {
  readonly kind: SlotKind;
  readonly directives: readonly Directive[];
}

/** A wish of a draw that is smaller than this is not worth a candidate. */
const LEAST_EXPLORED = 0.25;
/** The sign of an axis is settled with this probability: its opposite would teach nothing. */
const SETTLED = 0.7;
/** The opposite pole is asked for clearly, so that the two ends can be told apart. */
const CONTRAST = 0.5;

const PLAIN: Slot = { kind: "plain", directives: [] };

/**
 * `count` slots, 1 or more, the most useful first: what is cut off is worth least. As the ellipsoid
 * narrows draws from it come to ask for what is exploited, and the opposite is tried only while a sign
 * is in doubt: the spread then closes by itself. With κ = 0 all are plain.
 */
export function spreadOf(
  parts: StanceParts,
  options: DirectiveOptions,
  count: number,
  random: RandomGenerator,
): Slot[] {
  if (parts.personalShare === 0) return Array.from({ length: count }, () => PLAIN);
  const stances = stancesOf(parts);
  const exploit: Slot = { kind: "exploit", directives: directivesFor(stances, options) };
  if (count === 1) return [exploit.directives.length > 0 ? exploit : PLAIN];
  const slots: Slot[] = [PLAIN, exploit];
  const contrast = contrasted(stances, exploit, options);
  if (contrast !== undefined) slots.push(contrast);
  while (slots.length < count) {
    slots.push({ kind: "explore", directives: explored(parts, options, random) });
  }
  return slots.slice(0, count);
}

/** What a member would be asked for whose weights are drawn from N(λ̂, H⁻¹). */
function explored(
  parts: StanceParts,
  { lengths, without }: DirectiveOptions,
  random: RandomGenerator,
): Directive[] {
  const { weights, cholesky } = parts.userWeights;
  const normal = Float64Array.from(weights, () => drawStandardNormal(random));
  // With H = LLᵀ, L⁻ᵀ e has the covariance H⁻¹.
  const away = solveLowerTransposed(cholesky, normal, weights.length);
  const wishes = stancesOfDraw(
    parts,
    weights.map((weight, at) => weight + away[at]!),
  );
  return STEERABLE_AXES.map((axis, at) => ({ axis, wish: wishes[at]! }))
    .filter(({ axis, wish }) => Math.abs(wish) >= LEAST_EXPLORED && !without?.has(axis))
    .sort((first, second) => Math.abs(second.wish) - Math.abs(first.wish))
    .flatMap(({ axis, wish }) => directiveOf(axis, wish, Math.abs(wish) / 2, lengths) ?? [])
    .slice(0, MOST_DIRECTIVES);
}

/** What is exploited, with the axis of which least is known turned to its less likely end. */
function contrasted(
  stances: readonly AxisStance[],
  exploit: Slot,
  { lengths, without }: DirectiveOptions,
): Slot | undefined {
  const open = stances.filter(({ axis, certainty }) => certainty < SETTLED && !without?.has(axis));
  const [widest] = open.sort((first, second) => second.deviation - first.deviation);
  if (widest === undefined) return undefined;
  const others = exploit.directives.filter(({ axis }) => axis !== widest.axis);
  const opposite = directiveOf(widest.axis, widest.mean > 0 ? -1 : 1, CONTRAST, lengths);
  if (opposite === undefined) return undefined;
  return { kind: "contrast", directives: [opposite, ...others.slice(0, MOST_DIRECTIVES - 1)] };
}

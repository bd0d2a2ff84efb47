/**
 * From what a member wants along each axis to a few directives for the language model: only what is
 * nearly certain, no stronger than the lower bound of the wish, at most three. Pure; microseconds.
 */
import type { AxisStance } from "./stances.js";
import type { SteerableAxis } from "./steerable-axes.js";
import { type Directive, type Dose, wordTarget } from "./vocabulary.js";

/** An axis is said where its sign is right with this probability. */
const CERTAIN = 0.8;
export const MOST_DIRECTIVES = 3;
/** Lower bounds of a wish, in logits for a standard deviation, from which on more is asked for. */
const CLEARLY = 0.35;
const STRONGLY = 0.8;
/** Below this an axis hardly matters to the member, however certain its sign. */
const LEAST_WISH = 0.1;
/** How far a dose of length goes, in standard deviations of it. */
const LENGTH_STEPS: Readonly<Record<Dose, number>> = { 1: 0.6, 2: 1.1, 3: 1.7 };

/** The lengths between which directives stay, and the one they start from, in words. */
export interface LengthRange {
  /** The length of a plain answer. */
  readonly usual: number;
  /** The shortest and the longest answer that the member's votes were about. */
  readonly covered: readonly [least: number, most: number];
  /** The standard deviation of the logarithm of the words between answers to one prompt. */
  readonly logDeviation: number;
}

export interface DirectiveOptions {
  /** Of the member; without any nothing is known and nothing said. */
  readonly votes: number;
  readonly lengths: LengthRange;
  /** Axes that are not to be spoken of: switched off, not moved by the model, out of place here. */
  readonly without?: ReadonlySet<SteerableAxis>;
}

/** What to ask of the language model for a member with these stances, the strongest wish first. */
export function directivesFor(
  stances: readonly AxisStance[],
  { votes, lengths, without }: DirectiveOptions,
): Directive[] {
  if (votes === 0) return [];
  return stances
    .filter(({ axis, certainty }) => certainty >= CERTAIN && !without?.has(axis))
    .map((stance) => ({ ...stance, wish: Math.abs(stance.mean) - 0.5 * stance.deviation }))
    .filter(({ wish }) => wish >= LEAST_WISH)
    .sort((first, second) => second.wish - first.wish)
    .flatMap(({ axis, mean, wish }) => directiveOf(axis, mean, wish, lengths) ?? [])
    .slice(0, MOST_DIRECTIVES);
}

/**
 * A wish of `size` logits towards the side on which `mean` lies. Undefined where the lengths that may
 * be asked for lie on the other side of what is usual: the directive would turn the wish round.
 */
export function directiveOf(
  axis: SteerableAxis,
  mean: number,
  size: number,
  lengths: LengthRange,
): Directive | undefined {
  const pole = mean > 0 ? 1 : -1;
  const dose: Dose = size >= STRONGLY ? 3 : size >= CLEARLY ? 2 : 1;
  if (axis !== "length") return { axis, pole, dose };
  const { usual, covered, logDeviation } = lengths;
  const wished = usual * Math.exp(pole * LENGTH_STEPS[dose] * logDeviation);
  const words = wordTarget(wished, covered);
  return pole * (words - usual) > 0 ? { axis, pole, dose, words } : undefined;
}

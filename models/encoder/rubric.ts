/**
 * What a language model can say of a text that statistics of its letters can't: a score for each of a
 * few axes of style. Knows no language model: scores come in as numbers.
 */

/** In the order of the features. Length is known exactly without it. */
export const RUBRIC_AXES = [
  "formality",
  "humour",
  "elicitation",
  "enthusiasm",
  "politeness",
  "confidence",
] as const;

export type RubricAxis = (typeof RUBRIC_AXES)[number];

/** Scores of one text, 0 to {@link HIGHEST_SCORE} for each axis. */
export type RubricScores = Readonly<Record<RubricAxis, number>>;

export const HIGHEST_SCORE = 10;
/** A text of either end is one away from the middle, as a standard deviation is in the other features. */
const UNIT = HIGHEST_SCORE / 4;

/** The features of one text, [R]: 0 in the middle of the scale, ±2 at its ends. */
export function rubricFeatures(scores: RubricScores): Float32Array {
  return Float32Array.from(RUBRIC_AXES, (axis) => (scores[axis] - HIGHEST_SCORE / 2) / UNIT);
}

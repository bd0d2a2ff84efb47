/**
 * The axes along which a language model can be asked to write otherwise: each a weighted sum of
 * style statistics, so that what was asked for can be measured in what came. Form alone: none of
 * them says what an answer claims. Knows no member and no words.
 */
import { STYLE_STATISTICS, type StyleStatistic } from "../encoder/style-statistics.js";

export const STEERABLE_AXES = [
  "length",
  "formality",
  "humour",
  "askingBack",
  "structure",
  "warmth",
] as const;
export type SteerableAxis = (typeof STEERABLE_AXES)[number];

/** S. */
export const AXIS_COUNT = STEERABLE_AXES.length;

type Recipe = Partial<Record<StyleStatistic, number>>;

const RECIPES: Readonly<Record<SteerableAxis, Recipe>> = {
  length: { logWords: 0.6, logCharacters: 0.4 },
  formality: {
    formalWords: 0.35,
    wordLength: 0.2,
    longWords: 0.2,
    contractions: -0.45,
    slang: -0.45,
  },
  humour: { playfulWords: 0.6, whimsicalNouns: 0.4, similes: 0.2, emoji: 0.2 },
  askingBack: { questions: 0.5, asksLast: 0.5 },
  structure: { listItems: 0.5, headings: 0.2, bold: 0.3 },
  warmth: { courtesyWords: 0.4, enthusiasmWords: 0.3, exclamations: 0.3 },
};

/** [S, number of style statistics] row-major. */
const DIRECTIONS = directions();

/**
 * The axes' values of each row of `features` [n, D], as [n, S] row-major. The features have to begin
 * with the style statistics.
 */
export function axisValues(features: Float32Array, dimensions: number): Float64Array {
  const count = features.length / dimensions;
  const statistics = STYLE_STATISTICS.length;
  const values = new Float64Array(count * AXIS_COUNT);
  for (let row = 0; row < count; row++) {
    for (let axis = 0; axis < AXIS_COUNT; axis++) {
      let sum = 0;
      for (let at = 0; at < statistics; at++) {
        sum += DIRECTIONS[axis * statistics + at]! * features[row * dimensions + at]!;
      }
      values[row * AXIS_COUNT + axis] = sum;
    }
  }
  return values;
}

function directions(): Float64Array {
  const statistics = STYLE_STATISTICS.length;
  const rows = new Float64Array(AXIS_COUNT * statistics);
  STEERABLE_AXES.forEach((axis, row) => {
    for (const [name, weight] of Object.entries(RECIPES[axis])) {
      rows[row * statistics + STYLE_STATISTICS.indexOf(name as StyleStatistic)] = weight;
    }
  });
  return rows;
}

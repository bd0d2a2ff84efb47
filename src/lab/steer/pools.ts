/**
 * Pools of real texts that stand for a language model: of several answers to one prompt the one is
 * "written" that comes nearest to what was asked for. Knows no people.
 */
import {
  encodeResponses,
  FEATURE_COUNT,
  STYLE_FEATURE_COUNT,
} from "../../../models/encoder/encoder.js";
import { STYLE_STATISTICS, wordsOfStatistic } from "../../../models/encoder/style-statistics.js";
import { AXIS_COUNT, axisValues } from "../../../models/steering/steerable-axes.js";
import { STYLE_AXES } from "../../playground/simulated-member.js";
import { loadDeck } from "../../shared/deck/deck.js";
import type { Dataset } from "../evaluate/dataset.js";

export interface Pool {
  readonly name: string;
  /** D, and f of each text, [n, D] row-major, by the bot's own encoder. */
  readonly dimensions: number;
  readonly features: Float32Array;
  /** [n], which prompt a text answers, 0 to prompts − 1. */
  readonly promptOf: Int32Array;
  readonly rowsOf: readonly (readonly number[])[];
  /** [n]. */
  readonly words: Float64Array;
  /** Axis values in standard deviations between the texts of one prompt, [n, S] row-major. */
  readonly axes: Float64Array;
  /** All style statistics on the same scale, [n, C] row-major: what somebody who imitates goes by. */
  readonly styles: Float64Array;
  /** C. */
  readonly styleCount: number;
  /** What people's tastes are made of: T numbers a text that no part of the engine reads, [n, T]. */
  readonly traits: Float64Array;
  readonly traitCount: number;
}

/** Fewer texts to a prompt leave nothing to choose. */
const FEWEST_TEXTS = 4;

/** The deck's answers in the order of the rows of {@link deckPool}. */
export function deckAnswers() {
  return loadDeck().prompts.flatMap(({ answers, prompt: question }, prompt) =>
    answers.map((answer) => ({ ...answer, question, prompt })),
  );
}

/** The bundled deck; tastes are over its authors' labels, which are no statistic of the texts. */
export function deckPool(): Pool {
  const answers = deckAnswers();
  return poolOf({
    name: "the bundled deck",
    features: encodeResponses(answers.map(({ text }) => text)),
    promptOf: Int32Array.from(answers, ({ prompt }) => prompt),
    traits: Float64Array.from(
      answers.flatMap(({ style }) => STYLE_AXES.map((axis) => style[axis])),
    ),
    traitCount: STYLE_AXES.length,
  });
}

/**
 * A data set in the evaluation format, read twice: with the bot's own encoder, which the engine
 * works on, and with the features of its file, which tastes are over.
 */
export function datasetPool(encoded: Dataset, own: Dataset): Pool {
  const traitCount = own.items.dimensions;
  const kept = rowsOfLargePrompts(encoded.items.promptOf);
  return poolOf({
    name: encoded.name,
    features: pickRows(encoded.items.features, FEATURE_COUNT, kept, Float32Array),
    promptOf: renumbered(kept.map((row) => encoded.items.promptOf[row]!)),
    traits: standardised(pickRows(own.items.features, traitCount, kept, Float64Array), traitCount),
    traitCount,
  });
}

type PoolParts = Pick<Pool, "name" | "features" | "promptOf" | "traits" | "traitCount">;

function poolOf(parts: PoolParts): Pool {
  const { features, promptOf } = parts;
  const count = promptOf.length;
  const rowsOf: number[][] = [];
  promptOf.forEach((prompt, row) => {
    rowsOf[prompt] ??= [];
    rowsOf[prompt].push(row);
  });
  const axes = axisValues(features, FEATURE_COUNT);
  standardiseByPrompt(axes, AXIS_COUNT, rowsOf);
  const rows = [...promptOf.keys()];
  const styles = leadingColumns(features, STYLE_FEATURE_COUNT, rows);
  standardiseByPrompt(styles, STYLE_FEATURE_COUNT, rowsOf);
  const wordCount = STYLE_STATISTICS.indexOf("logWords");
  return {
    ...parts,
    dimensions: FEATURE_COUNT,
    rowsOf,
    words: Float64Array.from({ length: count }, (_, row) =>
      wordsOfStatistic(features[row * FEATURE_COUNT + wordCount]!),
    ),
    axes,
    styles,
    styleCount: STYLE_FEATURE_COUNT,
  };
}

/** The first `width` features of each row, [n, width]. */
function leadingColumns(features: Float32Array, width: number, rows: readonly number[]) {
  const values = new Float64Array(rows.length * width);
  for (const row of rows) {
    values.set(features.subarray(row * FEATURE_COUNT, row * FEATURE_COUNT + width), row * width);
  }
  return values;
}

/** `values` [n, width] less each prompt's mean, in standard deviations between texts of one prompt. */
function standardiseByPrompt(
  values: Float64Array,
  width: number,
  rowsOf: readonly (readonly number[])[],
): void {
  const squares = new Float64Array(width);
  for (const rows of rowsOf) {
    for (let column = 0; column < width; column++) {
      const mean = rows.reduce((sum, row) => sum + values[row * width + column]!, 0) / rows.length;
      for (const row of rows) {
        values[row * width + column]! -= mean;
        squares[column]! += values[row * width + column]! ** 2;
      }
    }
  }
  const count = values.length / width;
  values.forEach((value, at) => {
    values[at] = value / (Math.sqrt(squares[at % width]! / count) || 1);
  });
}

function rowsOfLargePrompts(promptOf: Int32Array): number[] {
  const sizes = new Map<number, number>();
  for (const prompt of promptOf) sizes.set(prompt, (sizes.get(prompt) ?? 0) + 1);
  return [...promptOf.keys()].filter((row) => sizes.get(promptOf[row]!)! >= FEWEST_TEXTS);
}

function renumbered(prompts: readonly number[]): Int32Array {
  const numbers = new Map([...new Set(prompts)].map((prompt, at) => [prompt, at]));
  return Int32Array.from(prompts, (prompt) => numbers.get(prompt)!);
}

function pickRows<Values extends Float32Array | Float64Array>(
  values: ArrayLike<number>,
  width: number,
  rows: readonly number[],
  Kind: new (length: number) => Values,
): Values {
  const picked = new Kind(rows.length * width);
  rows.forEach((row, to) => {
    for (let at = 0; at < width; at++) picked[to * width + at] = values[row * width + at]!;
  });
  return picked;
}

function standardised(values: Float64Array, width: number): Float64Array {
  const rows = values.length / width;
  for (let column = 0; column < width; column++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < rows; row++) {
      sum += values[row * width + column]!;
      squares += values[row * width + column]! ** 2;
    }
    const mean = sum / rows;
    const deviation = Math.sqrt(squares / rows - mean * mean) || 1;
    for (let row = 0; row < rows; row++) {
      values[row * width + column] = (values[row * width + column]! - mean) / deviation;
    }
  }
  return values;
}

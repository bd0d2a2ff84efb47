/**
 * How well the features tell the two ends of each axis apart, against the labels that a deck's authors
 * gave its answers. Only answers to the same prompt are compared, as candidates are.
 */
import {
  encodeResponses,
  FEATURE_COUNT,
  STYLE_FEATURE_COUNT,
} from "../../../models/encoder/encoder.js";
import { computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import type { Deck, StyleAxis } from "../../shared/deck/deck.js";
import { fitRidge } from "./ridge.js";

/** ROC AUCs of one axis, in one language. */
export interface AxisAreas {
  readonly language: string;
  readonly axis: StyleAxis;
  /** Of the starter axis, which nobody has trained. */
  readonly starter: number;
  /** Of a ridge regression on the style statistics of other prompts. */
  readonly learned: number;
  /** Of the ridge regression that another deck has taught, language by language. */
  readonly taughtBy: Readonly<Record<string, number>>;
}

interface EncodedAnswers {
  readonly deck: Deck;
  /** The style statistics of each answer about the mean of its prompt's, [n, S] row-major. */
  readonly statistics: Float64Array;
  /** Of each answer, the number of its prompt. */
  readonly prompts: readonly number[];
  /** Base rewards of the starter, [n, J] row-major. */
  readonly starter: Float64Array;
}

/** Prompts are parted into so many folds; each is predicted from the others. */
const FOLDS = 10;

const STARTER = createStarterModel();

/** Measures every axis of each of `decks`. */
export function measureAxes(decks: readonly Deck[]): AxisAreas[] {
  const encoded = decks.map(encodeDeck);
  return encoded.flatMap((own) =>
    STARTER.axes.map(({ name }, index) => {
      const axis = name as StyleAxis;
      const taught = encoded
        .filter((other) => other !== own)
        .map((other) => [other.deck.language, taughtArea(other, own, axis)] as const);
      return {
        language: own.deck.language,
        axis,
        starter: areaWithinPrompts(own, axis, (row) => own.starter[row * STARTER.rank + index]!),
        learned: learnedArea(own, axis),
        taughtBy: Object.fromEntries(taught),
      };
    }),
  );
}

/** How much higher the ends of an axis are than the others of the same prompt: the mean over pairs. */
function areaWithinPrompts(
  { deck, prompts }: EncodedAnswers,
  axis: StyleAxis,
  scoreOf: (row: number) => number,
): number {
  const answers = deck.prompts.flatMap((prompt) => prompt.answers);
  let above = 0;
  let pairs = 0;
  answers.forEach(({ style: high }, row) => {
    answers.forEach(({ style: low }, other) => {
      if (prompts[row] !== prompts[other] || high[axis] !== 1 || low[axis] !== -1) return;
      above += (Math.sign(scoreOf(row) - scoreOf(other)) + 1) / 2;
      pairs++;
    });
  });
  return above / pairs;
}

function learnedArea(encoded: EncodedAnswers, axis: StyleAxis): number {
  const taught = Array.from({ length: FOLDS }, (_, fold) =>
    teach(encoded, axis, (prompt) => prompt % FOLDS !== fold),
  );
  const { prompts } = encoded;
  return areaWithinPrompts(encoded, axis, (row) =>
    score(encoded, row, taught[prompts[row]! % FOLDS]!),
  );
}

function taughtArea(teacher: EncodedAnswers, pupil: EncodedAnswers, axis: StyleAxis): number {
  const weights = teach(teacher, axis, () => true);
  return areaWithinPrompts(pupil, axis, (row) => score(pupil, row, weights));
}

function teach(
  { deck, prompts, statistics }: EncodedAnswers,
  axis: StyleAxis,
  takesPart: (prompt: number) => boolean,
): Float64Array {
  const labels = deck.prompts.flatMap(({ answers }) => answers.map(({ style }) => style[axis]));
  const rows = prompts.flatMap((prompt, row) => (takesPart(prompt) ? [row] : []));
  const taken = new Float64Array(rows.length * STYLE_FEATURE_COUNT);
  rows.forEach((row, at) => {
    const start = row * STYLE_FEATURE_COUNT;
    taken.set(statistics.subarray(start, start + STYLE_FEATURE_COUNT), at * STYLE_FEATURE_COUNT);
  });
  return fitRidge(
    taken,
    rows.map((row) => labels[row]!),
    STYLE_FEATURE_COUNT,
  );
}

function score({ statistics }: EncodedAnswers, row: number, weights: Float64Array): number {
  const start = row * STYLE_FEATURE_COUNT;
  return weights.reduce((sum, weight, feature) => sum + weight * statistics[start + feature]!, 0);
}

function encodeDeck(deck: Deck): EncodedAnswers {
  const features = encodeResponses(deck.prompts.flatMap((p) => p.answers.map(({ text }) => text)));
  const prompts = deck.prompts.flatMap(({ answers }, prompt) => answers.map(() => prompt));
  return {
    deck,
    prompts,
    statistics: aboutPromptMeans(features, prompts),
    starter: computeBaseRewards(STARTER, features),
  };
}

function aboutPromptMeans(features: Float32Array, prompts: readonly number[]): Float64Array {
  const statistics = new Float64Array(prompts.length * STYLE_FEATURE_COUNT);
  for (let first = 0; first < prompts.length; ) {
    let end = first;
    while (prompts[end] === prompts[first]) end++;
    for (let feature = 0; feature < STYLE_FEATURE_COUNT; feature++) {
      let mean = 0;
      for (let row = first; row < end; row++) {
        mean += features[row * FEATURE_COUNT + feature]! / (end - first);
      }
      for (let row = first; row < end; row++) {
        statistics[row * STYLE_FEATURE_COUNT + feature] =
          features[row * FEATURE_COUNT + feature]! - mean;
      }
    }
    first = end;
  }
  return statistics;
}

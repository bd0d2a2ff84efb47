/**
 * The sentences that steer how an answer is written: a closed table, so that nothing a member or a
 * model says ever becomes an instruction. Each can be checked in the answer; none speaks of what is
 * claimed. docs/steering.md lists them.
 */
import type { SteerableAxis } from "./steerable-axes.js";

/** -1 is the low end of an axis, 1 the high end. */
export type Pole = -1 | 1;
/** How much is asked for: a little, clearly, strongly. */
export type Dose = 1 | 2 | 3;

/** A wish about one axis. */
export interface Directive {
  readonly axis: SteerableAxis;
  readonly pole: Pole;
  readonly dose: Dose;
  /** How many words are aimed at; of length alone. */
  readonly words?: number;
}

type ByDose = readonly [little: string, clearly: string, strongly: string];

const SENTENCES: Readonly<Record<Exclude<SteerableAxis, "length">, Record<Pole, ByDose>>> = {
  formality: {
    [-1]: ["Use contractions.", "Use casual, everyday words.", "Write as in a casual chat."],
    1: ["Use complete sentences.", "Avoid contractions and slang.", "Write in a formal register."],
  },
  humour: {
    [-1]: ["Keep to a sober tone.", "Make no jokes.", "Make no jokes and use no emoji."],
    1: ["Be a little playful.", "Include one light joke.", "Be playful, with a funny comparison."],
  },
  askingBack: {
    [-1]: [
      "Ask back only if you must.",
      "Ask no question back.",
      "End without any question or offer.",
    ],
    1: ["Ask back if it helps.", "End with one question.", "End with a question about details."],
  },
  structure: {
    [-1]: ["Prefer prose to lists.", "Use no list.", "Use no list, heading or bold text."],
    1: ["Part it into short paragraphs.", "Use a short list.", "Use a list with bold keywords."],
  },
  warmth: {
    [-1]: ["Keep it businesslike.", "Use no exclamation marks.", "Use no pleasantries at all."],
    1: ["Be friendly.", "Be warm and thankful.", "Be warm and enthusiastic."],
  },
};

/** The sentence of a directive. */
export function sentenceOf({ axis, pole, dose, words }: Directive): string {
  if (axis === "length") return `Write about ${words} words.`;
  return SENTENCES[axis][pole][dose - 1]!;
}

/** Every sentence that there can be, for the guard against instructions that leak. */
export function allSentences(): string[] {
  const others = Object.values(SENTENCES).flatMap((poles) => [...poles[-1], ...poles[1]]);
  return [...WORD_TARGETS.map((words) => `Write about ${words} words.`), ...others];
}

/** Round numbers of words to aim at: a model cannot count more exactly. */
export const WORD_TARGETS: readonly number[] = [15, 30, 45, 60, 80, 100, 130, 170, 220, 300, 400];

/** The target nearest to `words` on a scale of shares, within `least` and `most`. */
export function wordTarget(words: number, [least, most]: readonly [number, number]): number {
  const bounded = Math.min(Math.max(words, least), Math.max(least, most));
  const distance = (target: number) => Math.abs(Math.log(target / Math.max(1, bounded)));
  return WORD_TARGETS.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

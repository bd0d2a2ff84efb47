/**
 * 32 statistics of how a text is written, each centred, scaled and bounded: the first block of the
 * features, and what the starter base rewards are made of. Knows nothing of members.
 */
import { STYLE_WORDS, type StyleWordCategory } from "./style-words.js";
import type { Tokens } from "./tokens.js";

/** Bounded, so that a stored byte for each feature is precise enough. */
export const LARGEST_FEATURE = 4;

interface Reading {
  readonly text: string;
  readonly tokens: Tokens;
  readonly words: number;
  readonly sentences: number;
  readonly categories: Readonly<Record<StyleWordCategory, number>>;
}

type Statistic = readonly [measure: (reading: Reading) => number, centre: number, scale: number];

/** A share that grows with the number found, and less so in longer texts; tame where words are few. */
function share(found: number, words: number): number {
  return Math.sqrt(found / (words + 8));
}

function matches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function mark(reading: Reading, ...marks: string[]): number {
  return marks.reduce((sum, key) => sum + (reading.tokens.marks.get(key) ?? 0), 0);
}

function wordShare(category: StyleWordCategory): (reading: Reading) => number {
  return ({ categories, words }) => share(categories[category], words);
}

function countWords(reading: Reading, wanted: ReadonlySet<string>): number {
  let found = 0;
  for (const word of reading.tokens.words) if (wanted.has(word)) found++;
  return found;
}

const FIRST_PERSON = new Set("i me my mine i'm i've i'd i'll we us our".split(" "));
const SECOND_PERSON = new Set("you your yours yourself you're you've you'll you'd".split(" "));
const CONTRACTION = /'(?:s|t|m|re|ve|ll|d|em|cause)$/;
const EMOJI = /\p{Extended_Pictographic}/gu;
const NON_LATIN = /[^\p{Script=Latin}\P{L}]/gu;

const STATISTICS = {
  logWords: [({ words }) => Math.log1p(words), 4, 1.1],
  logCharacters: [({ tokens }) => Math.log1p(tokens.characters), 5.8, 1.1],
  wordsPerSentence: [({ words, sentences }) => Math.log1p(words / sentences), 2.6, 0.45],
  wordLength: [({ tokens, words }) => letters(tokens) / Math.max(words, 1), 4.4, 0.6],
  questions: [(reading) => Math.log1p(mark(reading, "?", "？", "؟")), 0.3, 0.45],
  exclamations: [(reading) => Math.log1p(mark(reading, "!", "！")), 0.4, 0.55],
  contractions: [
    ({ tokens, words }) =>
      share(tokens.words.filter((word) => CONTRACTION.test(word)).length, words),
    0.1,
    0.11,
  ],
  formalWords: [wordShare("formalWords"), 0.1, 0.1],
  slang: [wordShare("slang"), 0.09, 0.1],
  hedges: [wordShare("hedges"), 0.12, 0.11],
  certaintyWords: [wordShare("certaintyWords"), 0.1, 0.1],
  courtesyWords: [wordShare("courtesyWords"), 0.12, 0.11],
  playfulWords: [wordShare("playfulWords"), 0.06, 0.09],
  enthusiasmWords: [wordShare("enthusiasmWords"), 0.07, 0.1],
  emoji: [({ text, words }) => share(matches(text, EMOJI), words), 0.02, 0.08],
  listItems: [({ text }) => Math.log1p(matches(text, /^\s*(?:[-*•]|\d+[.)])\s/gm)), 0.2, 0.6],
  codeFences: [({ text }) => Math.log1p(matches(text, /```|`[^`\n]+`/g)), 0.15, 0.5],
  headings: [({ text }) => Math.log1p(matches(text, /^#{1,6}\s/gm)), 0.05, 0.4],
  digits: [({ text, words }) => share(matches(text, /\d+/g), words), 0.08, 0.12],
  capitals: [({ tokens, words }) => share(tokens.shouted, words), 0.04, 0.08],
  secondPerson: [(reading) => share(countWords(reading, SECOND_PERSON), reading.words), 0.17, 0.12],
  firstPerson: [(reading) => share(countWords(reading, FIRST_PERSON), reading.words), 0.12, 0.13],
  quotes: [(reading) => share(mark(reading, '"', "“", "”", "«", "»"), reading.words), 0.05, 0.1],
  paragraphs: [({ text }) => Math.log1p(matches(text, /\n+/g)), 0.6, 0.8],
  bold: [({ text }) => Math.log1p(matches(text, /\*\*|__/g) / 2), 0.1, 0.5],
  links: [({ text }) => Math.log1p(matches(text, /https?:\/\//g)), 0.02, 0.3],
  parentheses: [(reading) => share(mark(reading, "("), reading.words), 0.05, 0.09],
  distinctWords: [({ tokens, words }) => new Set(tokens.words).size / (words + 2), 0.72, 0.15],
  ellipses: [({ text, words }) => share(matches(text, /…|\.\.\./g), words), 0.02, 0.07],
  commas: [(reading) => share(mark(reading, ",", ";", "、", "،"), reading.words), 0.2, 0.1],
  colons: [(reading) => share(mark(reading, ":", "—", "–"), reading.words), 0.09, 0.1],
  nonLatin: [({ text }) => matches(text, NON_LATIN) / Math.max(text.length, 1), 0.03, 0.3],
} as const satisfies Record<string, Statistic>;

export type StyleStatistic = keyof typeof STATISTICS;

/** In the order in which they stand in the features. */
export const STYLE_STATISTICS = Object.keys(STATISTICS) as StyleStatistic[];

/** Writes the statistics of `text`, whose tokens are `tokens`, to the front of `features`. */
export function writeStyleStatistics(text: string, tokens: Tokens, features: Float32Array): void {
  const reading: Reading = {
    text,
    tokens,
    words: tokens.words.length,
    sentences: Math.max(1, matches(text, /[.!?。！？](?=\s|$)/g)),
    categories: countCategories(tokens.words),
  };
  STYLE_STATISTICS.forEach((name, at) => {
    const [measure, centre, scale] = STATISTICS[name] as Statistic;
    features[at] = bounded((measure(reading) - centre) / scale);
  });
}

/** Keeps a feature within ±{@link LARGEST_FEATURE}. */
export function bounded(value: number): number {
  return Math.min(LARGEST_FEATURE, Math.max(-LARGEST_FEATURE, value));
}

function letters({ words }: Tokens): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}

function countCategories(words: readonly string[]): Record<StyleWordCategory, number> {
  const counts: Record<StyleWordCategory, number> = {
    formalWords: 0,
    slang: 0,
    hedges: 0,
    certaintyWords: 0,
    courtesyWords: 0,
    playfulWords: 0,
    enthusiasmWords: 0,
  };
  let previous = "";
  for (const word of words) {
    for (const category of STYLE_WORDS.get(word) ?? []) counts[category]++;
    for (const category of STYLE_WORDS.get(`${previous} ${word}`) ?? []) counts[category]++;
    previous = word;
  }
  return counts;
}

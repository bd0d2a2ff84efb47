/**
 * Statistics of how a text is written, each centred, scaled and bounded: the first block of the
 * features, and what the starter base rewards are made of. Knows nothing of members.
 */
import { type Reading, readText } from "./reading.js";
import type { Tokens } from "./tokens.js";
import type { WordShapes } from "./word-shapes.js";
import type { WordCategory } from "./words/word-lists.js";

/** Bounded, so that a stored byte for each feature is precise enough. */
export const LARGEST_FEATURE = 4;

interface Measure {
  /** What is undefined can't be said of this text, and becomes the middle, 0. */
  (reading: Reading): number | undefined;
  /** Whether it takes word lists or what else is known of a language. */
  readonly takesLanguage?: true;
}

type Statistic = readonly [measure: Measure, centre: number, scale: number];

/** A share that grows with the number found, and less so in longer texts; tame if words are few. */
function share(found: number, words: number): number {
  return Math.sqrt(found / (words + 8));
}

/** The share of a category among the words that are no code; undefined in a language without lists. */
function wordShare(...categories: readonly WordCategory[]): Measure {
  return ofLanguage(({ categories: counts, proseWords }) => {
    if (counts === undefined) return undefined;
    let found = 0;
    for (const category of categories) found += counts[category];
    return share(found, proseWords);
  });
}

function ofLanguage(measure: Measure): Measure {
  return Object.assign(measure, { takesLanguage: true as const });
}

/** A measure that only a text in a language with lists has. */
function listed(measure: (reading: Reading) => number): Measure {
  return ofLanguage((reading) => (reading.language === undefined ? undefined : measure(reading)));
}

/** A measure of words that only a script with blanks between them has. */
function spaced(measure: (reading: Reading) => number): Measure {
  return (reading) => (reading.isSpaced ? measure(reading) : undefined);
}

function mark({ tokens }: Reading, marks: string): number {
  let count = 0;
  for (let at = 0; at < marks.length; at++) count += tokens.marks[marks.charCodeAt(at)]!;
  return count;
}

function markShare(marks: string): (reading: Reading) => number {
  return (reading) => share(mark(reading, marks), reading.words);
}

const STATISTICS = {
  logWords: [({ words }) => Math.log1p(words), 4, 1.1],
  logCharacters: [({ tokens }) => Math.log1p(tokens.characters), 5.8, 1.1],
  wordsPerSentence: [({ words, sentences }) => Math.log1p(words / sentences), 2.6, 0.45],
  wordLength: [spaced(({ shapes, words }) => shapes.units / Math.max(words, 1)), 4.4, 0.6],
  questions: [(reading) => Math.log1p(mark(reading, "?")), 0.3, 0.45],
  exclamations: [(reading) => Math.log1p(mark(reading, "!")), 0.4, 0.55],
  contractions: [listed(({ tokens, words }) => share(tokens.contractions, words)), 0.1, 0.11],
  formalWords: [wordShare("formalWords"), 0.1, 0.1],
  slang: [wordShare("slang"), 0.09, 0.1],
  hedges: [wordShare("hedges"), 0.12, 0.11],
  certaintyWords: [wordShare("certaintyWords"), 0.1, 0.1],
  courtesyWords: [wordShare("courtesyWords"), 0.12, 0.11],
  playfulWords: [wordShare("playfulWords"), 0.06, 0.09],
  enthusiasmWords: [wordShare("enthusiasmWords"), 0.07, 0.1],
  emoji: [({ tokens, words }) => share(tokens.emoji, words), 0.02, 0.08],
  listItems: [({ layout }) => Math.log1p(layout.bullets + layout.numberedItems), 0.3, 0.9],
  codeFences: [({ layout }) => Math.log1p(layout.codeFences + layout.codeSpans), 0.2, 0.7],
  headings: [({ layout }) => Math.log1p(layout.headings), 0.1, 0.6],
  digits: [({ tokens, words }) => share(tokens.numbers, words), 0.08, 0.12],
  capitals: [({ tokens, words }) => share(tokens.shouted, words), 0.04, 0.08],
  secondPerson: [wordShare("secondPerson"), 0.17, 0.12],
  firstPerson: [wordShare("firstPerson"), 0.12, 0.13],
  quotes: [markShare('"'), 0.05, 0.1],
  paragraphs: [({ layout }) => Math.log1p(layout.breaks), 0.6, 0.8],
  bold: [({ layout }) => Math.log1p(layout.boldMarks / 2), 0.2, 0.8],
  links: [({ layout }) => Math.log1p(layout.links), 0.02, 0.3],
  parentheses: [markShare("("), 0.05, 0.09],
  distinctWords: [({ shapes, words }) => shapes.distinct / (words + 2), 0.72, 0.15],
  ellipses: [({ layout, words }) => share(layout.ellipses, words), 0.02, 0.07],
  commas: [markShare(",;"), 0.2, 0.1],
  colons: [markShare(":"), 0.09, 0.1],
  nonLatin: [({ tokens }) => tokens.nonLatin / Math.max(tokens.characters, 1), 0.03, 0.3],
  wordCount: [({ words }) => words, 100, 100],
  sentenceVariation: [({ tokens }) => variation(tokens.sentenceEnds), 0.35, 0.25],
  openingSentence: [({ tokens }) => Math.log1p(tokens.sentenceEnds[0] ?? 0), 2.5, 0.6],
  closingSentence: [({ tokens }) => Math.log1p(closingLength(tokens.sentenceEnds)), 2.5, 0.6],
  wordsPerLine: [
    ({ words, layout }) => Math.log1p(words / Math.max(1, layout.lines - layout.blankLines)),
    3.2,
    0.8,
  ],
  asksLast: [({ tokens }) => Number(tokens.lastStop === QUESTION_MARK), 0.2, 0.4],
  questionShare: [(reading) => Math.sqrt(mark(reading, "?") / (reading.sentences + 1)), 0.2, 0.3],
  exclamationShare: [
    (reading) => Math.sqrt(mark(reading, "!") / (reading.sentences + 1)),
    0.2,
    0.3,
  ],
  longWords: [spaced(({ shapes, words }) => shapes.long / (words + 8)), 0.2, 0.1],
  shortWords: [spaced(({ shapes, words }) => shapes.short / (words + 8)), 0.4, 0.1],
  adverbs: [listed(({ shapes, words }) => share(shapes.adverbs, words)), 0.12, 0.09],
  nominalisations: [listed(({ shapes, words }) => share(shapes.nominalisations, words)), 0.12, 0.1],
  capitalised: [({ tokens, words }) => share(tokens.capitalised, words), 0.3, 0.1],
  hyphens: [markShare("-"), 0.1, 0.12],
  offers: [wordShare("offers"), 0.08, 0.1],
  refusals: [wordShare("refusals"), 0.06, 0.1],
  advice: [wordShare("advice"), 0.14, 0.1],
  examples: [wordShare("examples"), 0.05, 0.08],
  negativeWords: [wordShare("negativeWords"), 0.08, 0.1],
  whimsicalNouns: [wordShare("whimsicalNouns"), 0.05, 0.08],
  similes: [wordShare("similes"), 0.04, 0.07],
  thirdPerson: [wordShare("thirdPerson"), 0.18, 0.1],
  demonstratives: [wordShare("demonstratives"), 0.15, 0.09],
  prepositions: [wordShare("prepositions"), 0.33, 0.08],
  conjunctions: [wordShare("conjunctions"), 0.23, 0.08],
  connectives: [wordShare("connectives"), 0.13, 0.09],
  auxiliaries: [wordShare("auxiliaries"), 0.2, 0.09],
  modals: [wordShare("modals"), 0.14, 0.09],
  negations: [wordShare("negations"), 0.1, 0.1],
  questionWords: [wordShare("questionWords"), 0.1, 0.09],
  quantities: [wordShare("quantities"), 0.15, 0.09],
  intensifiers: [wordShare("intensifiers"), 0.09, 0.09],
  gratitude: [wordShare("gratitude"), 0.07, 0.09],
  apologies: [wordShare("apologies"), 0.03, 0.07],
  greetings: [wordShare("greetings"), 0.05, 0.08],
  deference: [wordShare("deference"), 0.03, 0.07],
  conditionals: [wordShare("conditionals"), 0.1, 0.09],
  downtoners: [wordShare("downtoners"), 0.09, 0.09],
  hyperbole: [wordShare("hyperbole"), 0.05, 0.08],
  roles: [wordShare("roles"), 0.04, 0.07],
  feelings: [wordShare("feelings"), 0.06, 0.08],
  mishaps: [wordShare("mishaps"), 0.05, 0.08],
  formalAddress: [wordShare("formalAddress"), 0.05, 0.09],
  familiarAddress: [wordShare("familiarAddress"), 0.05, 0.09],
  laughter: [
    ({ tokens, shapes, layout, words }) =>
      share(tokens.laughing + shapes.laughs + layout.smileys, words),
    0.02,
    0.07,
  ],
  drawnOutWords: [({ shapes, words }) => share(shapes.drawnOut, words), 0.01, 0.05],
  wordLengthVariation: [spaced(({ shapes, words }) => lengthVariation(shapes, words)), 0.55, 0.1],
} as const satisfies Record<string, Statistic>;

const QUESTION_MARK = "?".charCodeAt(0);

export type StyleStatistic = keyof typeof STATISTICS;

/** In the order in which they stand in the features. */
export const STYLE_STATISTICS = Object.keys(STATISTICS) as StyleStatistic[];

/** Whether `statistic` takes word lists or what else is known of a language, and not only what can be seen. */
export function takesLanguage(statistic: StyleStatistic): boolean {
  const [measure]: Statistic = STATISTICS[statistic];
  return measure.takesLanguage === true;
}

/** How many words a text has whose statistic `logWords` is `value`; exact within its bounds. */
export function wordsOfStatistic(value: number): number {
  const [, centre, scale] = STATISTICS.logWords;
  return Math.expm1(value * scale + centre);
}

/** Writes the statistics of `text`, whose tokens are `tokens`, to the front of `features`. */
export function writeStyleStatistics(text: string, tokens: Tokens, features: Float32Array): void {
  const reading = readText(text, tokens);
  STYLE_STATISTICS.forEach((name, at) => {
    const [measure, centre, scale] = STATISTICS[name] as Statistic;
    const value = measure(reading);
    features[at] = value === undefined ? 0 : bounded((value - centre) / scale);
  });
}

/** Keeps a feature within ±{@link LARGEST_FEATURE}. */
export function bounded(value: number): number {
  return Math.min(LARGEST_FEATURE, Math.max(-LARGEST_FEATURE, value));
}

function closingLength(ends: readonly number[]): number {
  return (ends.at(-1) ?? 0) - (ends.at(-2) ?? 0);
}

/** The standard deviation of the sentences' lengths, over their mean. */
function variation(ends: readonly number[]): number {
  const mean = (ends.at(-1) ?? 0) / Math.max(1, ends.length);
  let squares = 0;
  let from = 0;
  for (const end of ends) {
    squares += (end - from - mean) ** 2;
    from = end;
  }
  return mean > 0 ? Math.sqrt(squares / ends.length) / mean : 0;
}

/** The standard deviation of the words' lengths, over their mean. */
function lengthVariation({ units, squaredUnits }: WordShapes, words: number): number {
  if (words === 0) return 0;
  const mean = units / words;
  return Math.sqrt(Math.max(0, squaredUnits / words - mean * mean)) / mean;
}

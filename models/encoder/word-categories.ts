/** Counts the words and two-word phrases of each category in one walk over a text's prose. */
import { EMPTY_HASH, hashPair, hashUnit } from "./text-hash.js";
import type { Tokens } from "./tokens.js";
import {
  type ListedLanguage,
  STEM_START,
  type Stem,
  VOCABULARIES,
  type Vocabulary,
} from "./words/vocabulary.js";
import { CATEGORIES, type WordCategory } from "./words/word-lists.js";

/** How many words and phrases of each category a text has. */
export type CategoryCounts = Readonly<Record<WordCategory, number>>;

/** Counts the categories of `language` in `spans` of words, as `prose.ts` gives them. */
export function countCategories(
  tokens: Tokens,
  spans: readonly number[],
  language: ListedLanguage,
): CategoryCounts {
  const { hashes, capitals } = tokens;
  const vocabulary = VOCABULARIES[language];
  const counts = new Int32Array(CATEGORIES.length);
  for (let span = 0; span < spans.length; span += 2) {
    for (let word = spans[span]!; word < spans[span + 1]!; word++) {
      const hash = hashes[word]!;
      const inCapitals = capitals[word] === 0 ? undefined : vocabulary.capitalised.get(hash);
      countAll(inCapitals ?? vocabulary.categories.get(hash), counts);
      countStems(tokens, word, vocabulary, counts);
      if (word === spans[span]) continue;
      countAll(vocabulary.categories.get(hashPair(hashes[word - 1]!, hash)), counts);
    }
  }
  const named = {} as Record<WordCategory, number>;
  for (let at = 0; at < counts.length; at++) named[CATEGORIES[at]!] = counts[at]!;
  return named;
}

function countAll(categories: readonly number[] | undefined, counts: Int32Array): void {
  if (categories === undefined) return;
  for (const category of categories) counts[category]!++;
}

function countStems(
  { units, starts }: Tokens,
  word: number,
  { stems }: Vocabulary,
  counts: Int32Array,
): void {
  const start = starts[word]!;
  const end = starts[word + 1]! - 1;
  if (end - start < STEM_START) return;
  let hash = EMPTY_HASH;
  for (let at = start; at < start + STEM_START; at++) hash = hashUnit(hash, units[at]!);
  for (const stem of stems.get(hash) ?? []) {
    if (beginsWith(units, start, end, stem)) counts[stem.category]!++;
  }
}

function beginsWith(units: Uint16Array, start: number, end: number, { letters }: Stem): boolean {
  if (end - start < letters.length) return false;
  for (let at = 0; at < letters.length; at++) {
    if (units[start + at] !== letters.charCodeAt(at)) return false;
  }
  return true;
}

/** Counts the words and two-word phrases of each category in one walk over a text's words. */
import { FUNCTION_WORDS } from "./function-words.js";
import { STYLE_WORDS } from "./style-words.js";
import { hashPair, hashWord } from "./text-hash.js";
import type { Tokens } from "./tokens.js";

const LISTS = { ...STYLE_WORDS, ...FUNCTION_WORDS };

/** A category of words; each is counted by the style statistics. */
export type WordCategory = keyof typeof LISTS;

const CATEGORIES = Object.keys(LISTS) as WordCategory[];

/** How many words and phrases of each category a text has. */
export type CategoryCounts = Readonly<Record<WordCategory, number>>;

/** By the hash of a word or phrase: its categories, a bit for each in the order of {@link CATEGORIES}. */
const CATEGORIES_BY_HASH = categoriesByHash();

/** Counts the categories in the words of `tokens`. */
export function countCategories({ hashes, words }: Tokens): CategoryCounts {
  const counts = new Int32Array(CATEGORIES.length);
  for (let word = 0; word < words; word++) {
    const hash = hashes[word]!;
    countBits(CATEGORIES_BY_HASH.get(hash), counts);
    if (word > 0) countBits(CATEGORIES_BY_HASH.get(hashPair(hashes[word - 1]!, hash)), counts);
  }
  const named = {} as Record<WordCategory, number>;
  for (let at = 0; at < counts.length; at++) named[CATEGORIES[at]!] = counts[at]!;
  return named;
}

function countBits(bits: number | undefined, counts: Int32Array): void {
  for (let left = bits ?? 0; left !== 0; left &= left - 1) counts[31 - Math.clz32(left & -left)]!++;
}

function categoriesByHash(): Map<number, number> {
  const byHash = new Map<number, number>();
  CATEGORIES.forEach((category, at) => {
    for (const entry of LISTS[category].split(/\s+/)) {
      const [word, next] = entry.split("_") as [string, string?];
      const hash = next === undefined ? hashWord(word) : hashPair(hashWord(word), hashWord(next));
      byHash.set(hash, (byHash.get(hash) ?? 0) | (1 << at));
    }
  });
  return byHash;
}

/** The lists of every language that has some, ready to look words up. */
import { hashPair, hashWord } from "../text-hash.js";
import { ENGLISH } from "./english.js";
import { GERMAN } from "./german.js";
import { SPANISH } from "./spanish.js";
import { CATEGORIES, type WordLists } from "./word-lists.js";

/** The languages that have lists. */
export const LISTED_LANGUAGES = { en: ENGLISH, de: GERMAN, es: SPANISH } as const;

export type ListedLanguage = keyof typeof LISTED_LANGUAGES;

/** A beginning of words, of {@link STEM_START} letters or more. */
export interface Stem {
  readonly letters: string;
  readonly category: number;
}

/** The lists of a language, ready to look words up; a category is its place in {@link CATEGORIES}. */
export interface Vocabulary {
  /** By the hash of a word or phrase. */
  readonly categories: ReadonlyMap<number, readonly number[]>;
  /** By the hash of a word that is written with a capital inside a sentence. */
  readonly capitalised: ReadonlyMap<number, readonly number[]>;
  /** By the hash of their first {@link STEM_START} letters. */
  readonly stems: ReadonlyMap<number, readonly Stem[]>;
}

/** Stems are found by so many of their letters. */
export const STEM_START = 3;

/** The vocabulary of each language. */
export const VOCABULARIES: Readonly<Record<ListedLanguage, Vocabulary>> = {
  en: vocabularyOf(ENGLISH),
  de: vocabularyOf(GERMAN),
  es: vocabularyOf(SPANISH),
};

/** The entries of a list. */
export function entriesOf(list: string): string[] {
  return list.trim().split(/\s+/);
}

function vocabularyOf(lists: WordLists): Vocabulary {
  const categories = new Map<number, number[]>();
  const capitalised = new Map<number, number[]>();
  const stems = new Map<number, Stem[]>();
  CATEGORIES.forEach((name, category) => {
    for (const entry of entriesOf(lists[name])) {
      const lower = entry.toLowerCase();
      if (entry.endsWith("*")) {
        const letters = entry.slice(0, -1);
        append(stems, hashWord(letters.slice(0, STEM_START)), { letters, category });
      } else {
        append(lower === entry ? categories : capitalised, hashEntry(lower), category);
      }
    }
  });
  return { categories, capitalised, stems };
}

/** The hash of a word or a phrase of two. */
function hashEntry(entry: string): number {
  const [word, next] = entry.split("_") as [string, string?];
  return next === undefined ? hashWord(word) : hashPair(hashWord(word), hashWord(next));
}

function append<Value>(map: Map<number, Value[]>, hash: number, value: Value): void {
  const values = map.get(hash);
  if (values === undefined) map.set(hash, [value]);
  else if (!values.includes(value)) values.push(value);
}

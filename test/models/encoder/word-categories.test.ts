import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FUNCTION_WORDS } from "../../../models/encoder/function-words.js";
import { STYLE_WORDS } from "../../../models/encoder/style-words.js";
import { hashPair, hashWord } from "../../../models/encoder/text-hash.js";
import { tokenise } from "../../../models/encoder/tokenise.js";
import { countCategories, type WordCategory } from "../../../models/encoder/word-categories.js";
import { readWordShapes } from "../../../models/encoder/word-shapes.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";

const LISTS = Object.entries({ ...STYLE_WORDS, ...FUNCTION_WORDS }).map(
  ([category, list]) => [category as WordCategory, list.split(/\s+/)] as const,
);
const ENTRIES = [...new Set(LISTS.flatMap(([, entries]) => entries))];
const ANSWERS = loadDeck().prompts.flatMap(({ answers }) => answers.map(({ text }) => text));
const VOCABULARY = [...ENTRIES, "sieve", "seven", "happiness", "Nation", "LY", "only", "ability"];
/** A sentence of entries and other words; phrases are spelt with blanks. */
const sentence = fc
  .array(fc.constantFrom(...VOCABULARY), { maxLength: 30 })
  .map((words) => words.join(" ").replaceAll("_", " "));
const text = fc.oneof(sentence, fc.constantFrom(...ANSWERS));

/** The words of an English text, by the definition in a regular expression. */
function slowWords(english: string): string[] {
  const words = english.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}\p{M}]+)*/gu) ?? [];
  return words.map((word) => word.toLowerCase().replaceAll("’", "'"));
}

describe("the categories of words", () => {
  it("count what a search for every word and phrase finds", () => {
    fc.assert(
      fc.property(text, (english) => {
        const words = slowWords(english);
        const phrases = words.slice(1).map((word, at) => `${words[at]}_${word}`);
        const counts = countCategories(tokenise(english));
        for (const [category, entries] of LISTS) {
          const wanted = new Set(entries);
          const found = [...words, ...phrases].filter((entry) => wanted.has(entry));
          expect([category, counts[category]]).toEqual([category, found.length]);
        }
      }),
    );
  });

  it("hold words that can be read: lower case, at most two, none told apart badly", () => {
    const hashes = ENTRIES.map((entry) => {
      const words = entry.split("_");
      for (const word of words) expect(slowWords(word)).toEqual([word]);
      expect(words.length).toBeLessThanOrEqual(2);
      const [first, second] = words.map(hashWord) as [number, number?];
      return second === undefined ? first : hashPair(first, second);
    });
    expect(new Set(hashes).size).toBe(ENTRIES.length);
  });
});

describe("the shapes of words", () => {
  it("are what a slow count finds", () => {
    fc.assert(
      fc.property(text, (english) => {
        const words = slowWords(english);
        const nouns = /..(?:tions?|sion|ments?|ity|ness|ance|ence|ism)$/;
        expect(readWordShapes(tokenise(english))).toEqual({
          units: words.join("").length,
          distinct: new Set(words).size,
          long: words.filter((word) => word.length >= 7).length,
          short: words.filter((word) => word.length <= 3).length,
          adverbs: words.filter((word) => /..ly$/.test(word)).length,
          nominalisations: words.filter((word) => nouns.test(word)).length,
        });
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { proseSpans } from "../../../models/encoder/prose.js";
import { hashPair, hashWord } from "../../../models/encoder/text-hash.js";
import { tokenise } from "../../../models/encoder/tokenise.js";
import { countCategories } from "../../../models/encoder/word-categories.js";
import { readWordShapes } from "../../../models/encoder/word-shapes.js";
import {
  entriesOf,
  LISTED_LANGUAGES,
  type ListedLanguage,
  STEM_START,
} from "../../../models/encoder/words/vocabulary.js";
import { CATEGORIES } from "../../../models/encoder/words/word-lists.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";

const LANGUAGES = Object.keys(LISTED_LANGUAGES) as ListedLanguage[];
const ANSWERS = loadDeck().prompts.flatMap(({ answers }) => answers.map(({ text }) => text));
const OTHER_WORDS = [
  "sieve",
  "seven",
  "happiness",
  "Nation",
  "LY",
  "ability",
  "Haha",
  "jejeje",
  "sooo",
];

function entriesIn(language: ListedLanguage): string[] {
  return Object.values(LISTED_LANGUAGES[language]).flatMap(entriesOf);
}

/** A sentence of a language's entries and other words; phrases are spelt with blanks. */
function sentenceIn(language: ListedLanguage) {
  return fc
    .array(fc.constantFrom(...entriesIn(language), ...OTHER_WORDS), { maxLength: 30 })
    .map((words) => words.join(" ").replaceAll("_", " ").replaceAll("*", "xyz"));
}

/** The words of a text, by the definition in a regular expression. */
function slowWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{N}\p{M}]+)*/gu) ?? [];
  return words.map((word) => word.replaceAll("’", "'"));
}

/** How often the entries of one list stand in `words`, which are one sentence without code. */
function slowCount(language: ListedLanguage, list: readonly string[], words: readonly string[]) {
  const capitalised = new Set(entriesIn(language).filter((entry) => /^\p{Lu}/u.test(entry)));
  const lower = words.map((word) => word.toLowerCase());
  const phrases = lower.slice(1).map((word, at) => `${lower[at]}_${word}`);
  const said = words.map((word, at) => {
    const capital = `${word[0]}${lower[at]!.slice(1)}`;
    return at > 0 && capitalised.has(capital) ? capital : lower[at]!;
  });
  const wanted = new Set(list.filter((entry) => !entry.endsWith("*")));
  const stems = list.filter((entry) => entry.endsWith("*")).map((entry) => entry.slice(0, -1));
  const begun = lower.flatMap((word) => stems.filter((stem) => word.startsWith(stem)));
  return [...said, ...phrases].filter((entry) => wanted.has(entry)).length + begun.length;
}

describe.each(LANGUAGES)("the categories of words in %s", (language) => {
  it("count what a search for every word, beginning and phrase finds", () => {
    fc.assert(
      fc.property(sentenceIn(language), (text) => {
        const tokens = tokenise(text);
        const counts = countCategories(tokens, proseSpans(tokens), language);
        for (const category of CATEGORIES) {
          const list = entriesOf(LISTED_LANGUAGES[language][category]);
          expect([category, counts[category]]).toEqual([
            category,
            slowCount(language, list, slowWords(text)),
          ]);
        }
      }),
    );
  });

  it("hold entries that can be read: at most two words, no beginning that is too short", () => {
    for (const entry of entriesIn(language)) {
      const words = entry.replace(/\*$/, "").split("_");
      for (const word of words) expect([entry, slowWords(word)]).toEqual([entry, [word]]);
      expect([entry, words.length <= 2]).toEqual([entry, true]);
      if (entry.endsWith("*"))
        expect([entry, words[0]!.length >= STEM_START]).toEqual([entry, true]);
    }
  });

  it("hold nothing twice in a list, and nothing that two hashes can't tell apart", () => {
    for (const category of CATEGORIES) {
      const list = entriesOf(LISTED_LANGUAGES[language][category]);
      expect([category, list.filter((entry, at) => list.indexOf(entry) !== at)]).toEqual([
        category,
        [],
      ]);
    }
    const entries = new Set(
      entriesIn(language)
        .filter((entry) => !entry.endsWith("*"))
        .map((entry) => entry.toLowerCase()),
    );
    const hashes = [...entries].map((entry) => {
      const [first, second] = entry.split("_").map(hashWord) as [number, number?];
      return second === undefined ? first : hashPair(first, second);
    });
    expect(new Set(hashes).size).toBe(entries.size);
  });
});

describe("the categories of words", () => {
  it("know a polite German 'Sie' from 'sie', who are others", () => {
    expect(german("Können Sie das tun?")).toMatchObject({ formalAddress: 1, thirdPerson: 0 });
    expect(german("Da kommen sie.")).toMatchObject({ formalAddress: 0, thirdPerson: 1 });
    expect(german("Gut. Sie kommen.")).toMatchObject({ formalAddress: 0, thirdPerson: 1 });
  });

  it("count no word of code", () => {
    const text = "Danke!\n```js\nif (danke) return bitte;\n```\nDann `danke` tippen, danke.";
    expect(german(text)).toMatchObject({ gratitude: 2 });
  });

  it("take a backtick that nothing closes for no code", () => {
    expect(german("Danke, l`ami, danke.")).toMatchObject({ gratitude: 2 });
    expect(german("```\nDanke, danke.")).toMatchObject({ gratitude: 2 });
  });

  function german(text: string) {
    const tokens = tokenise(text);
    return countCategories(tokens, proseSpans(tokens), "de");
  }
});

describe("the shapes of words", () => {
  const ENDINGS = {
    en: { adverbs: /..ly$/, nouns: /..(?:tions?|sion|ments?|ity|ness|ance|ence|ism)$/ },
    de: {
      adverbs: /..(?:weise|ermaßen)$/,
      nouns: /..(?:ungen|ung|heit|heiten|keit|keiten|tion|tionen|ität|täten|ismus|schaft|nis)$/,
    },
    es: {
      adverbs: /..mente$/,
      nouns: /..(?:ción|ciones|sión|siones|dad|dades|mientos?|ancia|encia|ismo|eza|tud)$/,
    },
  };

  it.each(LANGUAGES)("are what a slow count finds in %s", (language) => {
    const text = fc.oneof(sentenceIn(language), fc.constantFrom(...ANSWERS));
    const { adverbs, nouns } = ENDINGS[language];
    fc.assert(
      fc.property(text, (said) => {
        const words = slowWords(said).map((word) => word.toLowerCase());
        const all = (pattern: RegExp) => words.filter((word) => pattern.test(word)).length;
        expect(readWordShapes(tokenise(said), language)).toEqual({
          units: words.join("").length,
          squaredUnits: words.reduce((sum, { length }) => sum + length * length, 0),
          distinct: new Set(words).size,
          long: words.filter((word) => word.length >= 7).length,
          short: words.filter((word) => word.length <= 3).length,
          drawnOut: all(/([^\d\Ww'])\1\1/u),
          laughs: all(/^(?=....)([hjxх][aeiаеи])\1*(?:[hjxх])?$/),
          adverbs: all(adverbs),
          nominalisations: all(nouns),
        });
      }),
    );
  });
});

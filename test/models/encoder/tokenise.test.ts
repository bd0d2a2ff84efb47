import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashWord } from "../../../models/encoder/text-hash.js";
import { tokenise } from "../../../models/encoder/tokenise.js";
import { MAXIMUM_CHARACTERS, type Tokens } from "../../../models/encoder/tokens.js";
import { arbitraryText } from "../../support/arbitrary-text.js";

/** The definition of a word as a regular expression, against the reading by character codes. */
const IDEOGRAPH = "[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}]";
const WORD = new RegExp(
  `[[\\p{L}\\p{N}]&&${IDEOGRAPH}]|` +
    `[[\\p{L}\\p{N}]--${IDEOGRAPH}](?:[[\\p{L}\\p{N}\\p{M}]--${IDEOGRAPH}]|['’](?=\\p{L}))*`,
  "gv",
);

function slowWords(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word);
}

function lowerCase(word: string): string {
  const units = word.replaceAll("’", "'").split("");
  return units
    .map((unit) => (unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit))
    .join("");
}

function wordsOf({ words, units, starts }: Tokens): string[] {
  return Array.from({ length: words }, (_, word) =>
    String.fromCharCode(...units.subarray(starts[word], starts[word + 1]! - 1)),
  );
}

describe("the tokens of a text", () => {
  it("are the words that a slow regular expression finds, in any script", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const tokens = tokenise(text);
        const words = slowWords(text).map(lowerCase);
        expect(wordsOf(tokens)).toEqual(words);
        expect([...tokens.hashes.subarray(0, tokens.words)]).toEqual(words.map(hashWord));
      }),
      { numRuns: 500 },
    );
  });

  it("count capitals, contractions, numbers, emoji and letters of other scripts", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const tokens = tokenise(text);
        const words = slowWords(text);
        const count = (pattern: RegExp) => words.filter((word) => pattern.test(word)).length;
        const capitals = /^(?=(?:[^\p{L}]*\p{Lu}){2})[^\p{L}]*(?:\p{Lu}[^\p{L}]*)+$/u;
        expect(tokens.shouted).toBe(count(capitals));
        expect(tokens.numbers).toBe(count(/^\p{N}/u));
        expect(tokens.contractions).toBe(count(/['’][^'’]{0,2}$/));
        expect(tokens.emoji).toBe(text.match(/(?=\P{L})\p{Extended_Pictographic}/gu)?.length ?? 0);
        expect(tokens.nonLatin).toBe(text.match(/(?=\p{L})\P{Script=Latin}/gu)?.length ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["Yes. No! Why? It is 3.5 metres", [1, 2, 3, 8]],
    ["1. Heat the oven.\n2. Wait...", [4, 6]],
    ["你好。再见！", [2, 4]],
    ["Привет, мир! Как дела?", [2, 4]],
    ["?!... !", []],
    ["", []],
  ])("end the sentences of %j", (text, ends) => {
    expect(tokenise(text).sentenceEnds).toEqual(ends);
  });

  it("count the marks of other scripts as their like", () => {
    const { marks, lastStop } = tokenise("Wirklich? ほんとう？ حقا؟ «Да»!");
    expect(marks["?".charCodeAt(0)]).toBe(3);
    expect(marks['"'.charCodeAt(0)]).toBe(2);
    expect(lastStop).toBe("!".charCodeAt(0));
  });

  it.each([
    ["marks", "?!".repeat(50_000)],
    ["combining marks", "e\u0301\u0301".repeat(50_000)],
    ["apostrophes", "a'".repeat(50_000)],
    ["halves of surrogate pairs", "\ud83d".repeat(100_000)],
    ["ideographs", "字".repeat(100_000)],
    ["one word", "x".repeat(100_000)],
  ])("stop after the limit on a text of %s", (_, text) => {
    const tokens = tokenise(text);
    expect(tokens.characters).toBe(MAXIMUM_CHARACTERS);
    expect(tokens).toEqual(tokenise(text.slice(0, MAXIMUM_CHARACTERS)));
    expect(tokens.sentenceEnds.length).toBeLessThanOrEqual(tokens.words);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allSentences, WORD_TARGETS, wordTarget } from "../../../models/steering/vocabulary.js";

const page = readFileSync("docs/steering.md", "utf8");

describe("the vocabulary of directives", () => {
  it("is listed in the documentation, sentence by sentence", () => {
    for (const sentence of allSentences()) {
      const known =
        page.includes(`"${sentence}"`) || WORD_TARGETS.includes(Number(sentence.match(/\d+/)));
      expect(known, sentence).toBe(true);
    }
  });

  it("speaks of form alone: of no fact, no doubt, no refusal, no agreement", () => {
    const substance = /agree|confiden|certain|sure|encourag|fact|warn|refus|caveat|honest|opinion/i;
    expect(allSentences().filter((sentence) => substance.test(sentence))).toEqual([]);
  });

  it("aims at round numbers of words within the bounds", () => {
    expect(wordTarget(62, [1, 1_000])).toBe(60);
    expect(wordTarget(1e9, [20, 100])).toBe(100);
    expect(wordTarget(0, [50, 40])).toBe(45);
  });
});

/** What holds for the deck of every language: its shape, its balance, its wording. */
import { describe, expect, it } from "vitest";
import {
  type DeckAnswer,
  deckLanguages,
  loadDeck,
  type StyleAxis,
} from "../../../src/shared/deck/deck.js";

const LEAST_PROMPTS = 48;
/** Two answers and their question have to fit into one message of 2,000 characters. */
const LONGEST_ANSWER = 800;
/** Words that a text of the language can't do without and that the others lack. */
const COMMON_WORDS: Readonly<Record<string, string>> = {
  de: "der die das und ist nicht ein eine mit für auf du sie den dem dir wird auch sich dann",
  en: "the and is you it of that with for your are this have they which not when from or be",
  es: "el la los las y es que en por con para una tu su lo se más pero como muy",
};

describe.each(deckLanguages())("the deck in %s", (language) => {
  const deck = loadDeck(language);
  const answers = deck.prompts.flatMap((prompt) => prompt.answers);

  it("names its language, and has enough prompts of every kind, each under an id of its own", () => {
    expect(deck.language).toBe(language);
    expect(deck.prompts.length).toBeGreaterThanOrEqual(LEAST_PROMPTS);
    const ids = deck.prompts.map(({ id }) => id);
    expect(repeated(ids)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
    const shares = sharesOfKinds(loadDeck("en"));
    for (const [kind, share] of sharesOfKinds(deck)) {
      expect(Math.abs(share - (shares.get(kind) ?? 0)), kind).toBeLessThan(0.05);
    }
  });

  it("asks nothing twice, and answers nothing twice in the same words", () => {
    expect(repeated(deck.prompts.map(({ prompt }) => wordsOf(prompt).join(" ")))).toEqual([]);
    expect(repeated(answers.map(({ text }) => wordsOf(text).join(" ")))).toEqual([]);
  });

  it.each(deck.prompts)("has as many of both ends of every axis in $id, in each half", (prompt) => {
    for (const one of AXES) {
      expect([one, sum(prompt.answers, ({ style }) => style[one])]).toEqual([one, 0]);
      for (const other of AXES.slice(AXES.indexOf(one) + 1)) {
        const together = sum(prompt.answers, ({ style }) => style[one] * style[other]);
        expect([one, other, together]).toEqual([one, other, 0]);
      }
    }
  });

  it.each(deck.prompts)(
    "has long and short answers in $id that anybody can tell apart",
    (prompt) => {
      const lengths = (label: number) =>
        prompt.answers.filter(({ style }) => style.length === label).map(({ text }) => text.length);
      expect(median(lengths(1))).toBeGreaterThan(2 * median(lengths(-1)));
      expect(Math.min(...lengths(1))).toBeGreaterThan(Math.max(...lengths(-1)));
      expect(Math.max(...lengths(1))).toBeLessThanOrEqual(LONGEST_ANSWER);
    },
  );

  it.each(deck.prompts)("ends with a question in $id where it is said to", (prompt) => {
    for (const { style, text } of prompt.answers) {
      const last = text.trimEnd().split("\n").at(-1)!;
      if (style.elicitation === 1) expect(last).toContain("?");
      else expect(last.endsWith("?"), last).toBe(false);
    }
  });

  it.each(deck.prompts)("speaks its own language in $id", ({ prompt, answers: own }) => {
    const words = wordsOf([prompt, ...own.map(({ text }) => withoutCode(text))].join(" "));
    const counts = Object.entries(COMMON_WORDS).map(([of, list]) => {
      const common = new Set(list.split(" "));
      return [of, words.filter((word) => common.has(word)).length] as const;
    });
    const [most, next] = counts.sort(([, one], [, other]) => other - one);
    expect(most![0]).toBe(language);
    expect(most![1]).toBeGreaterThan(3 * next![1]);
  });
});

const AXES: readonly StyleAxis[] = [
  "length",
  "formality",
  "humour",
  "elicitation",
  "enthusiasm",
  "politeness",
  "confidence",
];

function sum(answers: readonly DeckAnswer[], of: (answer: DeckAnswer) => number): number {
  return answers.reduce((total, answer) => total + of(answer), 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function sharesOfKinds({ prompts }: ReturnType<typeof loadDeck>): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { kind } of prompts) shares.set(kind, (shares.get(kind) ?? 0) + 1 / prompts.length);
  return shares;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}[\p{L}\p{M}'’]*|\p{N}+/gu) ?? [];
}

function withoutCode(text: string): string {
  return text.replace(/```[^`]*```|`[^`]*`/g, " ");
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

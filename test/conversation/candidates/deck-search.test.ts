import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { DeckCandidates } from "../../../src/conversation/candidates/deck-candidates.js";
import { DeckSearch } from "../../../src/conversation/candidates/deck-search.js";
import { NothingNearError } from "../../../src/conversation/candidates/nothing-near-error.js";
import { speakerOf } from "../../../src/language/say.js";
import { deckLanguages, loadDeck, loadDecks } from "../../../src/shared/deck/deck.js";

describe("the search in the deck", () => {
  const search = new DeckSearch(loadDeck("en"));

  it.each(deckLanguages())("finds every prompt of the deck by its own words: %s", (language) => {
    const deck = loadDeck(language);
    const own = new DeckSearch(deck);
    for (const { id, prompt } of deck.prompts) expect(own.near(prompt)?.id).toBe(id);
  });

  it.each([
    ["revers a string in pyton", "reverse-string-python"],
    ["tell me about black holes", "black-hole"],
    ["How do I center a div in CSS??", "css-center-div"],
    ["what should I cook tonight", "cook-for-guests"],
    ["how can I save money each month?", "save-money"],
  ])("finds what a message is about: %s", (text, id) => {
    expect(search.near(text)?.id).toBe(id);
  });

  it.each([
    "who won the world cup 1998",
    "what's the capital of Mongolia?",
    "my cat is sick",
    "sort a list in python",
    "explain quantum entanglement",
    "I feel sad",
    "write me a poem about the sea",
    "what is 2+2",
    "asdf qwer",
    "hello",
    "?!",
    "",
    "x".repeat(10_000),
    "wie wird morgen das Wetter?",
  ])("finds nothing where nothing is near: %s", (text) => {
    expect(search.near(text)).toBeUndefined();
  });

  it("is as fast for a long message as for a short one", () => {
    expect(
      search.near(Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(" ")),
    ).toBeUndefined();
  });
});

describe("the deck as candidates", () => {
  const deck = loadDeck("en");
  const candidates = new DeckCandidates(loadDecks(), createRandomGenerator(1));
  const asked = (text: string) =>
    candidates.generate({ history: [{ role: "member", text }], count: 4 });

  it("gives different answers to what is near", async () => {
    const { texts, demonstration } = await asked("why is the sky blue");
    expect(new Set(texts).size).toBe(4);
    expect(demonstration).toBe("why is the sky blue?");
  });

  it.each(["my cat is sick", "asdf qwer"])(
    "offers three prompts of its own instead: %s",
    async (text) => {
      const error = await asked(text).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(NothingNearError);
      const { offers } = error as NothingNearError;
      const memberSentence = (error as NothingNearError).memberSentence(speakerOf("en"));
      expect(new Set(offers).size).toBe(3);
      for (const offer of offers) {
        expect(deck.prompts.map(({ prompt }) => prompt)).toContain(offer);
        expect(memberSentence).toContain(`“${offer}”`);
      }
    },
  );

  it.each(deckLanguages())("come from the deck of the message's language: %s", async (language) => {
    const own = loadDeck(language);
    for (const { prompt, answers } of own.prompts) {
      const { texts, demonstration } = await asked(prompt);
      expect(demonstration).toBe(prompt);
      expect(answers.map(({ text }) => text)).toContain(texts[0]);
    }
  });

  it.each([
    ["de", "wie wird morgen das Wetter in Köln?"],
    ["es", "¿qué tiempo hará mañana en Sevilla?"],
  ])("and so do the prompts that are offered where nothing is near: %s", async (language, text) => {
    const error = await asked(text).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NothingNearError);
    const prompts = loadDeck(language).prompts.map(({ prompt }) => prompt);
    for (const offer of (error as NothingNearError).offers) expect(prompts).toContain(offer);
  });
});

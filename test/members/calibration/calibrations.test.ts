import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUESTIONS } from "../../../src/members/calibration/calibration-step.js";
import { deckLanguageFor } from "../../../src/members/calibration/deck-library.js";
import { deckPairs } from "../../../src/members/calibration/encoded-deck.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";
import type { MemberKey } from "../../../src/store/records.js";
import { createTestServices, type TestServices } from "../../support/test-services.js";

describe("a calibration", () => {
  let test: TestServices;
  let member: MemberKey;
  let members = 0;
  beforeAll(async () => {
    test = await createTestServices();
  });
  afterAll(() => test.remove());
  beforeEach(async () => {
    member = { guildId: "900", memberId: String(++members) };
    await test.services.consents.grant(member);
  });

  it("asks ten different prompts at most, grows certain, and ends early once little is left to learn", async () => {
    const { calibrations } = test.services;
    const prompts = new Set<string>();
    let certainty = 0;
    let early = false;
    for (let round = 0; round < 12 && !early; round++) {
      let step = await calibrations.start(member, "en");
      for (let question = 1; step.kind === "question"; question++) {
        expect(step.number).toBe(question);
        if (round === 0) prompts.add(step.prompt);
        const [a, b] = step.texts.map(({ length }) => length) as [number, number];
        step = (await calibrations.answer(member, question, a < b ? "a" : "b"))!;
      }
      if (round === 0) expect(prompts.size).toBe(QUESTIONS);
      expect(step.certainty).toBeGreaterThanOrEqual(certainty);
      certainty = step.certainty;
      early = step.early;
      if (early) expect(step.answered).toBeLessThan(QUESTIONS);
    }
    expect(early).toBe(true);
    expect(certainty).toBeGreaterThan(0.5);
  });

  it("counts a second tap on the same question once", async () => {
    const { calibrations, profiles } = test.services;
    await calibrations.start(member, "en");
    const taps = await Promise.all([1, 2, 3].map(() => calibrations.answer(member, 1, "a")));
    expect(taps.filter((step) => step !== undefined)).toHaveLength(1);
    expect((await profiles.view(member)).votes).toBe(1);
  });

  it("stores nothing once consent is taken back", async () => {
    const { calibrations, consents, profiles } = test.services;
    await calibrations.start(member, "en");
    await consents.refuse(member);
    expect(await calibrations.answer(member, 1, "a")).toBeUndefined();
    expect((await profiles.view(member)).votes).toBe(0);
  });

  it("chooses over all pairs of the deck, except those of prompts that had their turn", async () => {
    const deck = await test.services.decks.deck("en");
    const each = (count: number) => (count * (count - 1)) / 2;
    const all = deck.prompts.reduce((sum, { answers }) => sum + each(answers.length), 0);
    expect(deckPairs(deck, new Set()).length).toBe(2 * all);
    const [first] = deck.prompts;
    expect(deckPairs(deck, new Set([first!.id])).length).toBe(
      2 * (all - each(first!.answers.length)),
    );
  });

  it("goes on in the member's new language, and the question left behind takes no vote any more", async () => {
    const { calibrations, profiles } = test.services;
    const ofDeck = (language: string) =>
      new Set(loadDeck(language).prompts.map((one) => one.prompt));
    const left = await calibrations.start(member, "en");
    const next = await calibrations.start(member, "es");
    expect(left).toMatchObject({ kind: "question", number: 1 });
    expect(next).toMatchObject({ kind: "question", number: 2 });
    if (next.kind === "question") expect(ofDeck("es")).toContain(next.prompt);
    expect(await calibrations.answer(member, 1, "a")).toBeUndefined();
    expect((await profiles.view(member)).votes).toBe(0);
    await calibrations.answer(member, 2, "a");
    expect((await profiles.view(member)).votes).toBe(1);
  });

  it("is in the member's language where there is a deck in it, else in the server's, else in English", () => {
    expect(deckLanguageFor("en-GB")).toBe("en");
    expect(deckLanguageFor("de", "en")).toBe("de");
    expect(deckLanguageFor("es-419", "en")).toBe("es");
    expect(deckLanguageFor("xx", "en")).toBe("en");
    expect(deckLanguageFor("xx", undefined)).toBe("en");
  });
});

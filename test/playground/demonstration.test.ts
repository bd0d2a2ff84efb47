import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demonstrate } from "../../src/playground/demonstration.js";
import { STYLE_AXES } from "../../src/playground/simulated-member.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

describe("the demonstration", () => {
  let test: TestServices;
  beforeAll(async () => {
    test = await createTestServices();
  });
  afterAll(() => test.remove());

  it("plays twenty rounds, shows the profile growing certain, retrains, and gives figures", async () => {
    const printed: string[] = [];
    await demonstrate({
      services: test.services,
      deck: loadDeck(),
      guildId: "900",
      seed: 2,
      print: (text) => void printed.push(text),
    });
    const output = printed.join("\n");
    const rounds = output.match(/^ ?\d+ {2}.*% certain\]$/gm) ?? [];
    expect(rounds).toHaveLength(20);
    const certainty = rounds.map((line) => Number(/\[(\d+) %/.exec(line)![1]));
    expect(certainty.at(-1)!).toBeGreaterThan(certainty[0]!);
    expect(output).toMatch(/reading the votes \.\.\.\n[\s\S]*held-out votes predicted right/);
    const chosen = (when: string) =>
      Number(new RegExp(`^${when} +(\\d+) of`, "m").exec(output)![1]);
    expect(chosen("after 20 rounds")).toBeGreaterThanOrEqual(chosen("before the first vote"));
  });
});

describe("the deck", () => {
  const deck = loadDeck();

  it("has prompts of every kind, sixty at least", () => {
    expect(deck.prompts.length).toBeGreaterThanOrEqual(60);
    expect(new Set(deck.prompts.map(({ kind }) => kind)).size).toBe(6);
  });

  it("has eight answers of different style for every prompt, and no prompt twice", () => {
    expect(new Set(deck.prompts.map(({ id }) => id)).size).toBe(deck.prompts.length);
    expect(new Set(deck.prompts.map(({ prompt }) => prompt)).size).toBe(deck.prompts.length);
    for (const { answers } of deck.prompts) {
      expect(new Set(answers.map(({ style }) => JSON.stringify(style))).size).toBe(8);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(8);
      for (const axis of STYLE_AXES) {
        expect(new Set(answers.map(({ style }) => style[axis])).size).toBe(2);
      }
    }
  });
});

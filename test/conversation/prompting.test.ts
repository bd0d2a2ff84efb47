import { array, assert, constantFrom, nat, option, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConversationTurn } from "../../src/conversation/conversation-turn.js";
import { conversationTurns } from "../../src/conversation/prompting.js";

const turn = record({
  role: constantFrom("member" as const, "bot" as const),
  text: nat(99_999).map((number) => `words ${number}`),
  other: option(
    nat({ max: 4 }).map((number) => number + 2),
    { nil: undefined },
  ),
}).map(({ role, text, other }): ConversationTurn => {
  return role === "bot" || other === undefined ? { role, text } : { role, text, other };
});

describe("the conversation as the server gets it", () => {
  it("has members and the bot by turns, a member first, and every word of both in order", () => {
    assert(
      property(array(turn, { minLength: 1, maxLength: 12 }), (history) => {
        const turns = conversationTurns(history);
        turns.forEach(({ role }, at) => {
          expect(role).toBe(at % 2 === 0 ? "user" : "assistant");
        });
        const said = turns.map(({ content }) => content).join("\n");
        let from = 0;
        for (const { text, other } of history) {
          const words = other === undefined ? text : `Member ${other} wrote:\n> ${text}`;
          expect(said.indexOf(words, from)).toBeGreaterThanOrEqual(from);
          from = said.indexOf(words, from) + words.length;
        }
      }),
    );
  });

  it("gives back no thoughts as the bot's words, and a member's words as they are", () => {
    const thoughts = "<think>\nsecret thoughts\n</think>\n\nIn the morning.";
    const turns = conversationTurns([
      { role: "member", text: "What does <reasoning> do?" },
      { role: "bot", text: thoughts },
      { role: "member", text: "And at night?" },
    ]);
    expect(turns.map(({ content }) => content)).toEqual([
      "What does <reasoning> do?",
      "In the morning.",
      "And at night?",
    ]);
  });

  it("does without a turn of the bot's that was nothing but thoughts", () => {
    const turns = conversationTurns([
      { role: "member", text: "Hello." },
      { role: "bot", text: "<think>\nsecret thoughts" },
      { role: "member", text: "Well?" },
    ]);
    expect(turns).toEqual([{ role: "user", content: "Hello.\n\nWell?" }]);
  });
});

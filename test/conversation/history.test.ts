import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConversationTurn } from "../../src/conversation/conversation-turn.js";
import { boundHistory } from "../../src/conversation/history.js";

const turn = fc.record<ConversationTurn>({
  role: fc.constantFrom("member", "bot"),
  text: fc.string({ minLength: 1, maxLength: 80 }),
});

describe("the history", () => {
  it("is the newest turns that fit, in order, the last one always", () => {
    fc.assert(
      fc.property(
        fc.array(turn, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 10, max: 500 }),
        (turns, maximumTurns, maximumCharacters) => {
          const bounded = boundHistory(turns, { maximumTurns, maximumCharacters });
          expect(bounded.length).toBeGreaterThan(0);
          expect(bounded.length).toBeLessThanOrEqual(maximumTurns);
          const characters = bounded.reduce((sum, { text }) => sum + text.length, 0);
          expect(characters).toBeLessThanOrEqual(maximumCharacters);
          expect(bounded.slice(0, -1)).toEqual(turns.slice(-bounded.length, -1));
          expect(bounded.at(-1)!.role).toBe(turns.at(-1)!.role);
        },
      ),
    );
  });

  it("marks where a message that is too long was cut", () => {
    const turns = [{ role: "member" as const, text: "x".repeat(50) }];
    const [only] = boundHistory(turns, { maximumTurns: 3, maximumCharacters: 20 });
    expect(only!.text).toMatch(/^x+ \[…\]$/);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAXIMUM_MESSAGES, splitMessage, truncateText } from "../../src/chat/split-message.js";

const words = fc
  .array(
    fc.constantFrom(
      "word",
      "a",
      "sentence.",
      "\n",
      "\n\n",
      "émoji",
      "👩‍👩‍👧‍👦",
      "日本語のテキスト",
      "x".repeat(90),
    ),
    {
      maxLength: 200,
    },
  )
  .map((parts) => parts.join(" "));
const codeBlock = fc
  .array(fc.constantFrom("let x = 1;", "  return y;", "", "}"), { minLength: 1, maxLength: 60 })
  .map((lines) => `\n\n\`\`\`ts\n${lines.join("\n")}\n\`\`\`\n\n`);
const text = fc.array(fc.oneof(words, codeBlock), { maxLength: 6 }).map((parts) => parts.join(""));

const LEFT_OUT = "-# The answer goes on, but it is too long to show here.";

describe("splitMessage", () => {
  it("keeps every visible character, in order, in pieces that fit", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 120, max: 400 }), (whole, limit) => {
        const pieces = splitMessage(whole, limit);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece.trim()).not.toBe("");
        }
        expect(pieces.length).toBeLessThanOrEqual(MAXIMUM_MESSAGES);
        const shown = visible(pieces.join("\n"));
        const leftOut = visible(LEFT_OUT);
        if (shown.endsWith(leftOut)) {
          expect(visible(whole).startsWith(shown.slice(0, -leftOut.length))).toBe(true);
        } else expect(shown).toBe(visible(whole));
      }),
    );
  });

  it("closes and opens code blocks, so that every piece stands alone", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 120, max: 400 }), (whole, limit) => {
        for (const piece of splitMessage(whole, limit)) {
          expect((piece.match(/^```/gm) ?? []).length % 2).toBe(0);
        }
      }),
    );
  });

  it("leaves a short text alone and has nothing to say for nothing", () => {
    expect(splitMessage("Hello")).toEqual(["Hello"]);
    expect(splitMessage(" \n ")).toEqual([]);
  });

  it("prefers the end of a paragraph", () => {
    const [first, second] = splitMessage(`${"a ".repeat(40)}\n\n${"b ".repeat(40)}`, 100);
    expect(first).toMatch(/^[a ]+$/);
    expect(second).toMatch(/^[b ]+$/);
  });

  it("never parts a character", () => {
    const family = "👩‍👩‍👧‍👦";
    for (const piece of splitMessage(family.repeat(40), 100)) {
      expect(piece.replaceAll(family, "")).toBe("");
    }
  });
});

describe("truncateText", () => {
  it("fits, and says that something is missing", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 400 }), (whole, limit) => {
        const shown = truncateText(whole, limit);
        expect(shown.length).toBeLessThanOrEqual(limit);
        if (whole.length > limit) expect(shown).toContain("…");
        else expect(shown).toBe(whole);
      }),
    );
  });
});

/** What a reader sees, without white space and the fences, which a split may add to. */
function visible(whole: string): string {
  return whole.replaceAll(/```(ts)?/g, "").replaceAll(/\s+/g, "");
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAXIMUM_MESSAGES,
  splitMessage,
  truncateText,
} from "../../src/conversation/split-message.js";

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

const MARKS = ["||", "**", "__", "~~"] as const;
const long = fc.array(fc.constantFrom("word", "sentence.", "a\n", "👩‍👩‍👧‍👦", "e\u0301"), {
  minLength: 1,
  maxLength: 900,
});

describe("what is formatted", () => {
  it("goes on in the next message, whichever marks are around it", () => {
    const marked = fc.record({
      outer: fc.constantFrom(...MARKS),
      inner: fc.constantFrom(...MARKS),
      before: long,
      words: long,
      after: long,
    });
    fc.assert(
      fc.property(marked, ({ outer, inner, before, words: inside, after }) => {
        const body = inner === outer ? inside.join(" ") : `${inner}${inside.join(" ")}${inner}`;
        const whole = `${before.join(" ")} ${outer}x ${body} x${outer} ${after.join(" ")}`;
        for (const piece of splitMessage(whole)) {
          for (const mark of MARKS) expect(piece.split(mark).length % 2).toBe(1);
        }
        for (const mark of MARKS) {
          expect(truncateText(whole, 1500).split(mark).length % 2).toBe(1);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each(["> ", ">>> "])("stays in its quotation: %j", (sign) => {
    const lines = Array.from({ length: 300 }, (_, at) => `line ${at} of what was said`);
    const whole = sign + lines.join(sign === "> " ? "\n> " : "\n");
    for (const piece of splitMessage(whole)) expect(piece.startsWith(sign)).toBe(true);
  });

  it("stays code in a quotation, with every line quoted", () => {
    const lines = Array.from({ length: 300 }, (_, at) => `> line_${at} = compute(${at})`);
    const pieces = splitMessage(`> \`\`\`py\n${lines.join("\n")}\n> \`\`\`\nDone.`);
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces.slice(0, -1)) {
      expect(piece).toMatch(/^> ```py\n(?:> line_\d+ = compute\(\d+\)\n)+> ```$/);
    }
    for (let at = 0; at < 300; at++) expect(pieces.join("\n")).toContain(`line_${at} =`);
  });

  it("is one stretch of code in each message, with backticks in it", () => {
    for (const piece of splitMessage("`a`".repeat(1_000))) expect(piece).not.toContain("```");
  });

  it("never turns the middle of a line into small print or a heading", () => {
    const whole = `${"word ".repeat(399)}-# Demonstration and # more`;
    for (let before = 0; before < 30; before++) {
      for (const piece of splitMessage("y".repeat(before) + whole)) {
        expect(piece).not.toMatch(/^(?:-#|#)\s/);
      }
    }
  });
});

describe("truncateText", () => {
  it("counts no blanks around the text", () => {
    const block = "```ts\nlet x = 1;\n```";
    expect(truncateText(`\n\n${block}\n\n`, block.length)).toBe(block);
    expect(truncateText(`${block}\n\n`, block.length + 1)).toBe(block);
  });

  it("fits, and says that something is missing", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 400 }), (whole, limit) => {
        const shown = truncateText(whole, limit);
        expect(shown.length).toBeLessThanOrEqual(limit);
        if (whole.trim().length > limit) expect(shown).toContain("…");
        else expect(shown.trim()).toBe(whole.trim());
      }),
    );
  });
});

/** What a reader sees, without white space and the fences, which a split may add to. */
function visible(whole: string): string {
  return whole.replaceAll(/```(ts)?/g, "").replaceAll(/\s+/g, "");
}

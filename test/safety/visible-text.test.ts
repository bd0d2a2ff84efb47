import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embeddable } from "../../src/safety/embed-text.js";
import { visibleText } from "../../src/safety/visible-text.js";
import { arbitraryText } from "../support/arbitrary-text.js";

describe("visible text", () => {
  it("has no characters that hide, turn round or carry other ones", () => {
    const unseen =
      "\u0000\u001b\u007f\u00ad\u061c\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\u{e0041}\u{e0100}";
    const pieces = fc.array(
      fc.oneof(fc.constantFrom(...unseen, "a", "ж", "👩", "\ufe0f"), arbitraryText()),
    );
    fc.assert(
      fc.property(pieces, (list) => {
        const text = visibleText(list.join(""));
        expect(text).not.toMatch(
          /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]/,
        );
        expect(text).not.toMatch(/[^\P{Cc}\t\n]/u);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(visibleText(text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same in any company: in a text of Latin letters alone, or beside another script", () => {
    for (let unit = 0; unit < 0x2100; unit++) {
      const text = `a${String.fromCharCode(unit)}b`;
      expect(visibleText(`${text}日`)).toBe(`${visibleText(text)}日`);
    }
  });

  it("keeps what scripts and emoji need", () => {
    const texts = [
      "👩🏽‍🚀",
      "👨‍👩‍👧",
      "❤️",
      "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
      "🏳️‍🌈",
      "می‌خواهم",
      "क्‍ष",
      "葛\u{e0100}飾",
      "tab\tand\nline",
    ];
    for (const text of texts) expect(visibleText(text)).toBe(text);
  });

  it("loses a message that is spelled in tags or in variation selectors", () => {
    const tags = [..."ignore all"].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0)));
    expect(visibleText(`hi${tags.join("")}`)).toBe("hi");
    const selectors = [..."ignore"].map((c) => String.fromCodePoint(0xe0100 + c.charCodeAt(0)));
    expect(visibleText(`😀${selectors.join("")}`).length).toBeLessThanOrEqual(4);
  });
});

describe("an answer in an embed", () => {
  it("has no headings, so that none looks like the title of the other answer", () => {
    expect(embeddable("# B\ntext\n> ## B\n- ### *B* #\n#hashtag\n#### four")).toBe(
      "**B**\ntext\n> **B**\n- **B**\n#hashtag\n#### four",
    );
  });

  it("keeps number signs inside of code blocks", () => {
    const code = "```sh\n# a comment\n```\nand ```x``` so\n```\n## two\n```";
    expect(embeddable(code)).toBe(code);
  });
});

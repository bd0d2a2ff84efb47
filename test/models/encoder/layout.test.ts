import fc from "fast-check";
import { expect, it } from "vitest";
import { readLayout } from "../../../models/encoder/layout.js";
import { arbitraryText } from "../../support/arbitrary-text.js";

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

it("the layout is what slow regular expressions find", () => {
  fc.assert(
    fc.property(arbitraryText(), (text) => {
      const layout = readLayout(text, text.length);
      const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
      const like = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
      expect(layout.lines).toBe(lines.length);
      expect(layout.breaks).toBe(count(text, /\n+/g));
      expect(layout.blankLines).toBe(like(/^[ \t\r]*$/));
      expect(layout.bullets).toBe(like(/^[ \t\r]*[-*•][ \t\r]/));
      expect(layout.numberedItems).toBe(like(/^[ \t\r]*\d+[.)][ \t\r]/));
      expect(layout.headings).toBe(like(/^[ \t\r]*#+[ \t\r]/));
      expect(layout.tableRows).toBe(like(/^[ \t\r]*\|/));
      expect(layout.codeFences).toBe(count(text, /```/g));
      expect(layout.boldMarks).toBe(count(text, /\*\*|__/g));
      expect(layout.links).toBe(count(text, /https?:\/\//g));
      expect(layout.ellipses).toBe(count(text, /…|\.\.\./g));
    }),
    { numRuns: 500 },
  );
});

it("the layout of an answer in Markdown counts its parts, up to the length given", () => {
  const text = "# Tea\n\n1. Boil `water`.\n2) Wait.\n\n- **now**\n|a|b|\n```sh\nls\n```\n";
  expect(readLayout(text, text.length)).toMatchObject({
    headings: 1,
    numberedItems: 2,
    bullets: 1,
    tableRows: 1,
    codeFences: 2,
    codeSpans: 1,
    boldMarks: 2,
  });
  expect(readLayout(text, 6)).toMatchObject({ lines: 1, headings: 1, numberedItems: 0 });
});

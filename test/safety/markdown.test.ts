import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMarkdown } from "../../src/safety/markdown.js";

const SIGNS = [
  "```",
  "`",
  "**",
  "*",
  "_",
  "~~",
  "||",
  "\\",
  "> ",
  "\n> ",
  "\n>>> ",
  "\n",
  " ",
  "x",
];
/** No longer than the name of a language may be, with every letter doubled. */
const text = fc
  .array(fc.constantFrom(...SIGNS, "x", "xx", "https://x", "h"), { maxLength: 9 })
  .map((parts) => parts.join(""));

describe("the Markdown of a text", () => {
  it("is the same whatever the length of its words", () => {
    fc.assert(
      fc.property(text, (short) => {
        const long = short.replaceAll("x", "xx");
        const moved = (at: number) => at + short.slice(0, at).split("x").length - 1;
        const expected = readMarkdown(short).map(({ kind, start, end, ...content }) => ({
          kind,
          start: moved(start),
          contentStart: moved(content.contentStart),
          contentEnd: moved(content.contentEnd),
          end: moved(end),
        }));
        expect(readMarkdown(long).map(({ mark: _, ...span }) => span)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it("is that of the text that is asked about, whatever was asked before", () => {
    expect(readMarkdown("**bold**")).toHaveLength(1);
    expect(readMarkdown("")).toEqual([]);
    expect(readMarkdown("> a `b`").map(({ kind }) => kind)).toEqual(["quote", "code"]);
    expect(readMarkdown("**bold**").map(({ kind }) => kind)).toEqual(["mark"]);
  });
});

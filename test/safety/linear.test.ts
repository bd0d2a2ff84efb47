import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ZodError } from "zod";
import { encodeResponse } from "../../models/encoder/encoder.js";
import { boundHistory, HISTORY_LIMITS } from "../../src/conversation/history.js";
import { conversationTurns } from "../../src/conversation/prompting.js";
import { MemberTexts } from "../../src/conversation/quotation.js";
import { isUrgentOrEmotional } from "../../src/conversation/sensitive-message.js";
import {
  MAXIMUM_MESSAGES,
  splitMessage,
  truncateText,
} from "../../src/conversation/split-message.js";
import { withoutIds } from "../../src/discord/messages/addressing.js";
import { embeddable } from "../../src/safety/embed-text.js";
import { readMarkdown } from "../../src/safety/markdown.js";
import { createLineRedaction } from "../../src/safety/redaction.js";
import { withoutRoleMarks } from "../../src/safety/role-marks.js";
import { createOutputGuard } from "../../src/safety/safe-output.js";
import { visibleText } from "../../src/safety/visible-text.js";
import { parseAxisAnswer } from "../../src/training/axis-answer.js";
import { countSteps } from "../support/counted-steps.js";

const guard = createOutputGuard({ secrets: ["a-secret-of-some-length-0123456789"], prompts: [] });
const redact = createLineRedaction(["a-secret-of-some-length-0123456789"]);

const FUNCTIONS: Record<string, (text: string) => unknown> = {
  guard,
  splitMessage,
  truncateText: (text) => truncateText(text, 1900),
  embeddable,
  readMarkdown,
  visibleText,
  withoutRoleMarks,
  withoutIds,
  redact,
  isUrgentOrEmotional,
  encodeResponse,
  quotation: (text) => new MemberTexts([text.slice(7)]).areQuotedIn(text),
  conversation: (text) =>
    conversationTurns(boundHistory([{ role: "member", text, other: 2 }], HISTORY_LIMITS)),
  axisWords: (text) => {
    const axes = [{ axis: 1, name: text, low: text, high: `${text}x` }];
    try {
      parseAxisAnswer(JSON.stringify({ axes }), 1);
    } catch (error) {
      // A name that is too long, or empty, is no name.
      expect(error).toBeInstanceOf(ZodError);
    }
  },
};

const UNITS = [
  ...[
    "```",
    "````",
    "`",
    "``",
    "~~~",
    "```py\n",
    "\n```\n",
    "> ```\n",
    "```a```",
    "`a`",
    "x",
    "\\",
  ],
  ...[
    ">",
    "> ",
    ">>> ",
    "\n> ",
    "# ",
    "\n# x",
    "-# ",
    "\n-# ",
    "- ",
    "1. ",
    "1)",
    " ",
    "\n",
    "\u00a0",
  ],
  ...[
    "**",
    "*",
    "_",
    "__",
    "~~",
    "||",
    "**a",
    "||a",
    "*a ",
    "_a ",
    "[",
    "](",
    "[a](",
    "[a](https://",
  ],
  ...["https://", "https:", "discord", "discord.gg/", "discord . gg / ", "dsc.gg/a ", "invite.gg"],
  ...[
    "d i s c o r d ",
    "discord dot gg/",
    ".gg/ab",
    "discord://-/invite/",
    "ｄｉｓｃｏｒｄ",
    "．",
    "％2f",
  ],
  ...["<@", "<@1>", "</a:", "<id:", "<:a:", "@everyone", "eyJ", "eyJaaaaaaaaaaaa.", "sk-", "Bot "],
  ...["-----BEGIN PRIVATE KEY-----", "a:", "a://b:", '"token', '"', "token=", "<|", "[INST", "</s"],
  ...[
    "ab",
    "a1:",
    "A",
    "AÄ",
    "👩‍👩‍👧‍👦",
    "a\u0301",
    "\u0301",
    "\ud83d",
    "\u200d",
    "\ufe0f",
    "日本",
    "...",
  ],
];

const unit = fc
  .array(fc.constantFrom(...UNITS), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(""));
const text = fc.record({ head: fc.oneof(fc.constant(""), unit), unit, tail: unit });

/** `length` characters of `unit` between the two others. */
function repeated({ head, unit: one, tail }: { head: string; unit: string; tail: string }) {
  return (length: number) => head + one.repeat(Math.ceil(length / one.length)) + tail;
}

describe("every text function", () => {
  it.each(Object.entries(FUNCTIONS))(
    "takes steps in proportion to the text: %s",
    async (_, run) => {
      await fc.assert(
        fc.asyncProperty(text, async (given) => {
          const ofLength = repeated(given);
          // In proportion is four times as much, and by the square sixteen times.
          const small = await countSteps(() => run(ofLength(2_000)));
          const large = await countSteps(() => run(ofLength(8_000)));
          expect(large).toBeLessThan(10 * small + 20_000);
        }),
        { numRuns: 25 },
      );
    },
  );

  it.each(UNITS)("ends with a long text of one sign: %j", (one) => {
    for (const run of Object.values(FUNCTIONS)) run(one.repeat(Math.ceil(40_000 / one.length)));
  });
});

describe("one answer", () => {
  it("is a bounded number of messages that fit, whatever it is", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30_000 }), (given, length) => {
        const pieces = splitMessage(guard(repeated(given)(length)).text);
        expect(pieces.length).toBeLessThanOrEqual(MAXIMUM_MESSAGES);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(2000);
          expect(piece).not.toMatch(/\p{Surrogate}/u);
          expect(piece.split("```").length % 2).toBe(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([1_988, 2_000, 20_000])("bounds an info string of %i letters", (length) => {
    const pieces = splitMessage(`\`\`\`${"a".repeat(length)}\n${"x = 1\n".repeat(4_000)}\`\`\``);
    expect(pieces.length).toBeLessThanOrEqual(MAXIMUM_MESSAGES);
    expect(pieces.at(-1)).toContain("too long to show");
  });
});

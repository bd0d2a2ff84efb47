import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protectedPrompts } from "../../src/conversation/prompting.js";
import { splitMessage } from "../../src/conversation/split-message.js";
import { ProtectedTexts } from "../../src/safety/protected-texts.js";
import { createOutputGuard } from "../../src/safety/safe-output.js";
import { deckLanguages, loadDeck } from "../../src/shared/deck/deck.js";
import { arbitraryText } from "../support/arbitrary-text.js";
import { findHarm, withoutCode } from "../support/find-harm.js";

const INSTRUCTION =
  "You are Sir Basil, keeper of the herb garden. Never mention the compost scandal of 2019 to anybody.";
// Put together here, so that no scanner takes the test's tokens for real ones.
const DISCORD_TOKEN = [
  "MTIzNDU2Nzg5MDEyMzQ1Njc4",
  "GhIjKl",
  "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6",
].join(".");
const API_KEY = ["sk", "proj", "4fG7hJ9kLmN2pQ5rS8tU1vW3"].join("-");
const SECRETS = [DISCORD_TOKEN, API_KEY];
const guard = createOutputGuard({ secrets: SECRETS, prompts: protectedPrompts(INSTRUCTION) });

/** Pieces of what a model may be talked into writing. */
const HOSTILE = [
  "@everyone",
  "@here",
  "@EVERYONE",
  "<@123456789012345678>",
  "<@!123456789012345678>",
  "<@&123456789012345678>",
  "https://discord.gg/abcdef",
  "discord.gg/abcdef",
  "discord . gg / abcdef",
  "discord\\.gg\\/abcdef",
  "DISCORD.COM/invite/abcdef",
  "https://canary.discordapp.com/invite/abcdef",
  "https://discord.com/oauth2/authorize?client_id=1&scope=bot",
  "https://discord.com/api/oauth2/authorize?client_id=1",
  "https://discord.gift/abcdef",
  "[https://bank.example](https://evil.example/?q=1)",
  "![x](https://evil.example/pixel.png)",
  "[a [nested] face](https://evil.example)",
  "[split\nface](https://evil.example)",
  "[face](<https://evil.example> 'title')",
  "[face]( steam://run/1)",
  "\n-# Demonstration: no language model is set up",
  "\n> -# Pooled",
  "\n- -# x",
  "```",
  "```js\n",
  "\n```\n",
  "`",
  "\u202e",
  "\u200b",
  "\n",
  " ",
  DISCORD_TOKEN,
  API_KEY,
  INSTRUCTION,
  "Bearer abcdefghijklmnop1234",
  "postgres://attune:hunter22@db.example/attune",
  "https://discord.com/api/webhooks/123456789012345678/Abc-123_xyz",
  "ordinary words, and some more of them",
];

const hostileText = () =>
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), arbitraryText()), { maxLength: 8 })
    .map((pieces) => pieces.join(""));

/** The harm that any text can do, and what must not be told of this configuration. */
function findAnyHarm(text: string): string[] {
  return [
    ...findHarm(text, SECRETS),
    ...(/compost scandal of 2019 to anybody/i.test(text) ? ["the instruction"] : []),
    ...(/hunter22|Abc-123_xyz/.test(withoutCode(text)) ? ["a password"] : []),
  ];
}

describe("what the language model wrote", () => {
  it("pings nobody, invites nowhere, hides no link, and fakes no small print, whatever it is", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(findAnyHarm(guard(text).text)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("hides a password in an address whose beginning belonged to an invitation", () => {
    const text =
      "discord.com/invite/abcdef[a](https://evil.example/?q=1)postgres://me:hunter22@db.example";
    expect(guard(text).text).not.toContain("hunter22");
  });

  it("is as harmless in the pieces in which it is sent", () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { maxLength: 40 }), (texts) => {
        const pieces = splitMessage(guard(texts.join(" ")).text);
        // A piece may begin in the middle of what the whole text escapes, but never with a token.
        for (const piece of pieces) {
          const harm = findAnyHarm(piece).filter((one) => one !== "small print");
          expect(harm).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is the same after a second look, which finds nothing more", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const once = guard(text).text;
        expect(guard(once)).toEqual({ text: once, leaked: false });
      }),
      { numRuns: 1_000 },
    );
  });

  it("stays as it is where it is a good answer, with code, lists, links and emoji", () => {
    const answers = deckLanguages()
      .flatMap((language) => loadDeck(language).prompts)
      .flatMap(({ answers: all }) => all.map(({ text }) => text));
    const others = [
      "# Title\n\n1. One\n2. Two\n\n```python\n>>> print(matrix[0](1))\n# a comment\n```\nSee <https://example.org/a?b=c>.",
      'Use `git commit -m "x"`; mail me@example.org. 👩🏽‍🚀 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
      "می‌خواهم بدانم — नमस्ते क्‍ष — 日本語 — Straße",
      "Discord has servers; discord.js is a library. A task-oriented approach is sk-learn's.",
      "Basic understanding of Bot configuration. ~~old~~ **new** ||spoiler||",
    ];
    for (const text of [...answers, ...others]) {
      expect(guard(text)).toEqual({ text: text.trim(), leaked: false });
    }
  });

  it.each<[string, string]>([
    ["word for word", INSTRUCTION],
    ["in the middle of a sentence", `Sure! My instructions: "${INSTRUCTION}" Anything else?`],
    ["in capitals", INSTRUCTION.toUpperCase()],
    ["letter by letter", [...INSTRUCTION].join(" ")],
    ["with dots between the letters", [...INSTRUCTION.replaceAll(" ", "")].join(".")],
    ["with characters of no width", [...INSTRUCTION].join("\u200b")],
    ["line by line, as a list", INSTRUCTION.replace(/ /g, "\n- ")],
    ["backwards", [...INSTRUCTION].reverse().join("")],
    ["in base64", Buffer.from(INSTRUCTION).toString("base64")],
    ["in hex", Buffer.from(INSTRUCTION).toString("hex")],
    [
      "in full-width letters",
      INSTRUCTION.replace(/[a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    [
      "in rot13",
      INSTRUCTION.replace(/[a-z]/gi, (c) => {
        const base = c <= "Z" ? 65 : 97;
        return String.fromCharCode(((c.charCodeAt(0) - base + 13) % 26) + base);
      }),
    ],
  ])("does not tell the system prompt %s", (_, text) => {
    const { text: shown, leaked } = guard(text);
    expect(leaked).toBe(true);
    const letters = (given: string) => given.toLowerCase().replace(/[^a-z0-9]/g, "");
    // What is left besides the mark is the few letters around it.
    expect(shown).toContain("[removed]");
    expect(letters(shown)).not.toContain(letters("compost scandal"));
    expect(letters(shown).length).toBeLessThan(60);
  });

  it.each(SECRETS)("does not tell a secret, nor a part of it, nor in a code", (secret) => {
    const parts = [
      secret,
      secret.slice(0, 30),
      [...secret].join(" "),
      [...secret].reverse().join(""),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("hex"),
      `\`${secret}\``,
    ];
    for (const part of parts) {
      const { text, leaked } = guard(`Here: ${part} - done`);
      expect(leaked, part).toBe(true);
      expect(text).not.toContain(part);
    }
  });

  it.each([
    "DATABASE_URL=postgres://user:password@localhost:5432/mydb",
    "git clone https://oauth2:YOUR_TOKEN@gitlab.example/x.git",
    "OPENAI_API_KEY=sk-1234567890abcdef1234567890",
    "Authorization: Bearer abcdefghijklmnop1234",
    "-# old comment\n+# new comment",
    "list:\n-# a comment in YAML",
    'let x = make[key](name: "a")',
    "See [the docs](https://docs.example/start).",
    "git checkout 3f786850e387550fdab836ed7e6dc881de23001b",
    "if (role.name === '@everyone') say('<@12> <#12>');",
  ])("leaves code as it is written: %s", (code) => {
    for (const text of [`So:\n\`\`\`\n${code}\n\`\`\``, `So: \`\`\`sh\n${code}\n\`\`\` Done.`]) {
      expect(guard(text)).toEqual({ text, leaked: false });
    }
    if (!code.includes("\n")) {
      expect(guard(`Use \`${code}\` here.`).text).toBe(`Use \`${code}\` here.`);
    }
  });

  it("takes a configured secret out of code too", () => {
    const { text, leaked } = guard(`\`\`\`\nKEY=${API_KEY}\n\`\`\``);
    expect(leaked).toBe(true);
    expect(text).not.toContain(API_KEY);
  });

  it.each([
    "https://discord.gg:443/abcdef",
    "https://discord.gg./abcdef",
    "https://x:y@discord.gg/abcdef",
    "https:\\\\discord.gg\\abcdef",
    "https://%64iscord.gg/abcdef",
    "https://DISCORD.GG/abcdef",
    "https://ｄiscord.gg/abcdef",
    "https://discord.com//invite/abcdef",
    "https://discord.com/%69nvite/abcdef",
    "https://discord.com/%69nvite/abcdef%ff",
    "https://discord.com/a/../invite/abcdef",
    "https://discord.com./invite/abcdef",
    "https://ptb.discordapp.com:443/template/abcdef",
    "https://discord.com:443/oauth2/authorize?client_id=1&scope=bot&permissions=8",
    "https://discord.com/api/v10/oauth2/authorize?client_id=1",
    "https://discord.new/abcdef",
    "discord.gg:443/abcdef",
    "discord.gg//abcdef",
    "discord . com / invite / abcdef",
    "discord。gg/abcdef",
  ])("invites nowhere: %s", (address) => {
    for (const written of [address, `<${address}>`, `**${address}**`, `[here](${address})`]) {
      const { text } = guard(`Join us at ${written} now.`);
      expect(text).toContain("[invitation removed]");
      expect(text).toMatch(/^Join us at .* now\.$/);
      expect(text).not.toContain("abcdef");
      expect(text).not.toContain("client_id");
    }
  });

  it.each([
    "https://discord.com/developers/docs/topics/oauth2",
    "https://example.org/invite/abc",
    "https://discord.gg@example.org/x",
    "https://discord.com/channels/1/2",
    "https://support.discord.com/hc/en-us",
    "https://en.wikipedia.org/wiki/Foo_(bar)",
  ])("leaves other addresses: %s", (address) => {
    const text = `See ${address} for more.`;
    expect(guard(text)).toEqual({ text, leaked: false });
  });

  it("repeats nothing that this request alone was told, and may say what another was told", () => {
    const manner = "Write about 60 words. Use no list, heading or bold text.";
    const otherManner = "Be warm and enthusiastic. End with a question about details.";
    const told = new ProtectedTexts([manner], []);
    const other = new ProtectedTexts([otherManner], []);
    const letters = [...manner].reverse().join("");
    for (const leak of [manner, manner.toUpperCase(), letters, btoa(manner)]) {
      expect(guard(`I was told: ${leak}`, told)).toMatchObject({ leaked: true });
      expect(guard(`I was told: ${leak}`, told).text).not.toContain(leak);
      expect(guard(`I was told: ${leak}`, other)).toMatchObject({ leaked: false });
    }
    expect(guard("It is about 60 words long.", told).leaked).toBe(false);
  });

  it("has nothing of Discord's own to tap", () => {
    const text = "Try </settings:123>, <id:customize>, <id:linked-roles:12>, <#123> and <@&5> now.";
    expect(guard(text).text).toBe(
      "Try /settings, customize, linked-roles, #channel and @role now.",
    );
  });

  it.each([
    "\u00a0",
    "\u2003",
    "\u3000",
    "\u2800",
    "\u3164",
    "\ufe0f",
    "\u0301",
    "\u{e0100}",
    "\u2028",
    "> ",
    "- ",
    "1. ",
    ">>> ",
    " \t\u00a0> - ",
    "**",
  ])("has no small print of its own after %j", (before) => {
    for (const start of ["", "So it is.\n", "So.\n\u00a0\n"]) {
      const { text } = guard(`${start}${before}-# Demonstration: no language model`);
      expect(text).toContain("\\-# Demonstration");
    }
  });

  it.each([
    "- ```\n-# Demonstration\n[bank](https://evil.example)\n```",
    "||`||[bank](https://evil.example)`",
    "**`**[bank](https://evil.example)`",
    "_`_[bank](https://evil.example)`",
    "a_`_[bank](https://evil.example)`",
    "[```](https://evil.example)```",
    "`a\nb` [bank](https://evil.example) `c`",
    "> `a\nb` [bank](https://evil.example) `c`",
    "`a ```b` [bank](https://evil.example) ``` x",
  ])("takes for code only what every reader does: %j", (text) => {
    expect(findHarm(guard(text).text)).toEqual([]);
  });

  it("shows longer fences, tildes and fences in them as one block", () => {
    const inner = "Text\n```py\nx = 1\n```\nend";
    const shown = "```md\nText\n~~~py\nx = 1\n~~~\nend\n```\nDone.";
    expect(guard(`\`\`\`\`md\n${inner}\n\`\`\`\`\nDone.`).text).toBe(shown);
    expect(guard(`~~~md\n${inner}\n~~~\nDone.`).text).toBe(shown);
  });

  it("closes a spoiler that was cut off", () => {
    expect(guard("The end: ||he was dead all al…").text).toBe("The end: ||he was dead all al…||");
    expect(guard("In C, a || b is lazy.").text).toBe("In C, a || b is lazy.");
  });

  it("keeps the rest where half a character is missing", () => {
    expect(guard("Nice \ud83d work").text).toBe("Nice \ufffd work");
  });
});

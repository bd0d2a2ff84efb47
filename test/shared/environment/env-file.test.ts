import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.js";
import { readEnvFile, unquote } from "../../../src/shared/environment/env-file.js";
import { VARIABLES } from "../../../src/shared/environment/variables.js";
import { startProcess } from "../../support/started-process.js";

const TOKEN = "a1.b2-c3_d4";
const read = (text: string | Uint8Array) =>
  readEnvFile(typeof text === "string" ? Buffer.from(text) : text, VARIABLES);

describe("a file of settings", () => {
  it.each<[string, string | Uint8Array]>([
    ["plain", `DISCORD_TOKEN=${TOKEN}`],
    ["a byte order mark", `\uFEFFDISCORD_TOKEN=${TOKEN}`],
    ["UTF-16, little end first", utf16(`\uFEFFDISCORD_TOKEN=${TOKEN}\r\n`)],
    ["UTF-16, big end first", utf16(`\uFEFFDISCORD_TOKEN=${TOKEN}`).swap16()],
    ["UTF-16 without a mark", utf16(`DISCORD_TOKEN=${TOKEN}`)],
    ["lines of Windows", `CANDIDATES=4\r\nDISCORD_TOKEN=${TOKEN}\r\nQUEUE_LENGTH=3\r\n`],
    ["lines of an old Macintosh", `CANDIDATES=4\rDISCORD_TOKEN=${TOKEN}\rQUEUE_LENGTH=3`],
    ["double quotation marks", `DISCORD_TOKEN="${TOKEN}"`],
    ["single quotation marks", `DISCORD_TOKEN='${TOKEN}'`],
    ["a word processor's quotation marks", `DISCORD_TOKEN=“${TOKEN}”`],
    ["low quotation marks", `DISCORD_TOKEN=„${TOKEN}“`],
    ["quotation marks in quotation marks", `DISCORD_TOKEN="'${TOKEN}'"`],
    ["export", `export DISCORD_TOKEN=${TOKEN}`],
    ["set", `set DISCORD_TOKEN=${TOKEN}`],
    ["PowerShell", `$env:DISCORD_TOKEN = "${TOKEN}"`],
    ["a colon", `DISCORD_TOKEN: ${TOKEN}`],
    ["blanks around the sign", `  DISCORD_TOKEN  =  ${TOKEN}  `],
    ["a blank that does not break", `DISCORD_TOKEN=\u00A0${TOKEN}\u00A0`],
    ["characters that do not show", `\u200BDISCORD_TOKEN=${TOKEN}\u200B`],
    ["a soft hyphen", `DISCORD_\u00ADTOKEN=${TOKEN}\u00AD`],
    ["marks of the direction", `\u200EDISCORD_TOKEN=${TOKEN}\u200F`],
    ["lines of a word processor", `CANDIDATES=4\u2028DISCORD_TOKEN=${TOKEN}\vQUEUE_LENGTH=3`],
    ["a remark behind a word processor's marks", `DISCORD_TOKEN=“${TOKEN}” # mine`],
    ["a remark behind it", `DISCORD_TOKEN=${TOKEN} # mine`],
    ["a remark behind quotation marks", `DISCORD_TOKEN="${TOKEN}" # mine`],
    ["small letters", `discord_token=${TOKEN}`],
    ["hyphens", `Discord-Token=${TOKEN}`],
    ["an empty line of the example before it", `DISCORD_TOKEN=\n\nDISCORD_TOKEN=${TOKEN}`],
    ["an empty line of the example after it", `DISCORD_TOKEN=${TOKEN}\nDISCORD_TOKEN=`],
    ["the same line twice", `DISCORD_TOKEN=${TOKEN}\nDISCORD_TOKEN=${TOKEN}`],
  ])("is read: %s", (_how, text) => {
    const { values, problems } = read(text);
    expect(problems).toEqual([]);
    expect(values.DISCORD_TOKEN).toBe(TOKEN);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ["no sign", `DISCORD_TOKEN ${TOKEN}`, /^Line 1 is not a setting: write NAME=value/],
    ["a colon without a blank", `DISCORD_TOKEN:${TOKEN}`, /^Line 1 is not a setting/],
    ["another script's sign", `DISCORD_TOKEN＝${TOKEN}`, /^Line 1 is not a setting/],
    ["an item of a list", `\n- DISCORD_TOKEN=${TOKEN}`, /^Line 2 is not a setting/],
    ["JSON", `"DISCORD_TOKEN": "${TOKEN}"`, /^Line 1 is not a setting/],
    ["two values", "DISCORD_TOKEN=a\nDISCORD_TOKEN=b", /^Lines 1 and 2 both set DISCORD_TOKEN/],
    [
      "a slip",
      `DISCORD_TOKNE=${TOKEN}`,
      /^Line 1 sets DISCORD_TOKNE.* do you mean DISCORD_TOKEN\?$/,
    ],
    ["a word processor's open mark", `DISCORD_TOKEN=“${TOKEN}`, /^Line 1 opens a quotation mark/],
    ["the same over two lines", "\nSYSTEM_PROMPT=„Be kind.", /^Line 2 opens a quotation mark/],
    [
      "a name as in code",
      `process.env.DISCORD_TOKEN=${TOKEN}`,
      /^Line 1 sets process.env.DISCORD_TOKEN.* do you mean DISCORD_TOKEN\?$/,
    ],
    ["an open quotation mark", `DISCORD_TOKEN="${TOKEN}`, /^Line 1 opens a quotation mark/],
    [
      "one that swallows the next setting",
      `SYSTEM_PROMPT="Be kind\nDISCORD_TOKEN="${TOKEN}"`,
      /^Line 1 opens a quotation mark/,
    ],
    ["a # in a word", "SYSTEM_PROMPT=Speak of C# only", /^Line 1 has a # in the value of SYSTEM/],
    ["a # before a value", `DISCORD_TOKEN=#${TOKEN}`, /^Line 1 has a # in the value of DISCORD/],
    [
      "an old encoding",
      Buffer.from("SYSTEM_PROMPT=sch\xF6n", "latin1"),
      /^It is not saved as UTF-8/,
    ],
    ["no text at all", Buffer.from([0, 0, 1, 2, 0, 0]), /^It is not saved as UTF-8/],
  ])("is refused in one sentence: %s", (_how, text, sentence) => {
    const { problems } = read(text);
    expect(problems).toEqual([expect.stringMatching(sentence)]);
    expect(problems.join()).not.toContain(TOKEN);
  });

  it("may have values of several lines, and settings of other programs", () => {
    const { values, problems } = read(
      'SYSTEM_PROMPT="Be kind.\nBe short."\nHTTPS_PROXY=http://p:1',
    );
    expect(problems).toEqual([]);
    expect(values).toEqual({ SYSTEM_PROMPT: "Be kind.\nBe short.", HTTPS_PROXY: "http://p:1" });
  });

  it("keeps a # in any quotation marks", () => {
    expect(read("SYSTEM_PROMPT=“Don’t be #1”").values.SYSTEM_PROMPT).toBe("Don’t be #1");
    for (const text of ["“Be #1 now”", "‘Be #1 now’", "„Be #1 now“", '"Be #1 now"']) {
      expect(read(`SYSTEM_PROMPT=${text}`).values.SYSTEM_PROMPT).toBe("Be #1 now");
    }
    expect(read('SYSTEM_PROMPT=“Don\'t say "#1"”').values.SYSTEM_PROMPT).toBe('Don\'t say "#1"');
  });

  it("never loses a line in silence: each is read, a remark, or named", () => {
    const line = fc.oneof(
      fc.constantFrom(...VARIABLES).map((name) => `${name}=1`),
      fc.stringMatching(/^[A-Za-z_]{0,12} ?[=:]? ?["'`“a-z# ]{0,12}$/),
      fc.string({ maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), (before) => {
        const { values, problems } = read([...before, `DISCORD_TOKEN=${TOKEN}`].join("\n"));
        expect(values.DISCORD_TOKEN === TOKEN || problems.length > 0).toBe(true);
      }),
    );
  });
});

describe("values that come with their quotation marks, as from docker run --env-file", () => {
  it("are read without them", () => {
    expect(readConfig({ CANDIDATES: '"3"', DISCORD_TOKEN: `'${TOKEN}'` })).toMatchObject({
      candidates: 3,
      discord: { token: TOKEN },
    });
  });

  it.each(['"Hi", said she, and "Bye"', "it's", '"', "“Hi” and “Bye”"])(
    "keep those that are a part of the text: %s",
    (text) => expect(unquote(text)).toBe(text),
  );
});

describe("the path of the store", () => {
  it.each(["sqlite://~/data/attune.sqlite", "sqlite:///~/data/attune.sqlite"])(
    "begins at home with ~: %s",
    (STORE_URL) => {
      expect(readConfig({ STORE_URL }).storeUrl).toBe(`sqlite://${homedir()}/data/attune.sqlite`);
    },
  );

  it.each(["sqlite://$HOME/a.sqlite", "sqlite://%APPDATA%/a.sqlite"])(
    "has no variables: %s",
    (STORE_URL) => {
      expect(() => readConfig({ STORE_URL })).toThrow(
        /STORE_URL should be a path without variables/,
      );
    },
  );
});

describe("the program", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each<[string, (path: string) => void, RegExp]>([
    [
      "a line can't be read",
      (path) => writeFileSync(join(path, ".env"), `DISCORD_TOKEN ${TOKEN}`),
      /\.env: Line 1 is not a setting/,
    ],
    [
      "the token has another name",
      (path) => writeFileSync(join(path, ".env"), `BOT_TOKEN=${TOKEN}`),
      /\.env: it sets BOT_TOKEN, .* do you mean DISCORD_TOKEN\?/,
    ],
    [
      "the file has another name",
      (path) => writeFileSync(join(path, ".env.txt"), `DISCORD_TOKEN=${TOKEN}`),
      /\.env\.txt is not read: rename it to \.env\./,
    ],
    [
      "the right file is empty and the other is not",
      (path) => {
        writeFileSync(join(path, ".env"), "DISCORD_TOKEN=\n");
        writeFileSync(join(path, ".env.txt"), utf16(`\uFEFFDISCORD_TOKEN=${TOKEN}`));
      },
      /\.env\.txt is not read/,
    ],
    ["it is a folder", (path) => mkdirSync(join(path, ".env")), /\.env: It is a folder/],
  ])(
    "ends with a sentence, and shows no demonstration, where %s",
    async (_where, make, sentence) => {
      make(folder);
      const program = startProcess(folder, {});
      expect(await program.ended).toBe(1);
      expect(program.output()).toMatch(sentence);
      expect(program.output()).not.toContain(TOKEN);
    },
  );

  it("is a bot where the environment's token is empty and the file's is not", async () => {
    const problem = "DISCORD_API_URL=nowhere";
    writeFileSync(join(folder, ".env"), utf16(`\uFEFFDISCORD_TOKEN=${TOKEN}\r\n${problem}\r\n`));
    const program = startProcess(folder, { DISCORD_TOKEN: "", DISCORD_API_URL: "http://[::1]:1" });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/Could not log in|Discord/);
  });
});

function utf16(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}

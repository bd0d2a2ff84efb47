import { describe, expect, it } from "vitest";
import { createOutputGuard } from "../../src/safety/safe-output.js";

const guard = createOutputGuard({ secrets: [], prompts: [] });

/** Each leads to "abcdef", or would where somebody types it in. */
const INVITING: readonly string[] = [
  "ｄｉｓｃｏｒｄ．ｇｇ／abcdef",
  "https://ⓓiscord.gg/abcdef",
  "ⓓiscord.gg/abcdef",
  "𝐝𝐢𝐬𝐜𝐨𝐫𝐝.𝐠𝐠/abcdef",
  "discord.gg：443/abcdef",
  "discord·gg/abcdef",
  "discord.gg⧸abcdef",
  "dis\ufe0fcord.gg/abcdef",
  "dis\u034fcord.gg/abcdef",
  "dis\u{e0063}cord.gg/abcdef",
  "discord%2Egg/abcdef",
  "https://discord.gg%2Fabcdef",
  "discord.gg/#/abcdef",
  "discord://-/invite/abcdef",
  "discord:///invite/abcdef",
  "**discord**.gg/abcdef",
  "**discord.gg**/abcdef",
  "_discord_.gg/abcdef",
  "discord`.`gg/abcdef",
  "`discord`.`gg`/`abcdef`",
  "discord[.]gg/abcdef",
  "discord(.)gg/abcdef",
  "discord dot gg/abcdef",
  "discord (dot) gg / abcdef",
  "d i s c o r d . g g / abcdef",
  ".gg/abcdef",
  "https://discord.com/de/invite/abcdef",
  "https://discord.com/es-419/invite/abcdef",
  "https://discord.com/application-directory/abcdef",
  "https://discord.com/discovery/applications/abcdef",
  "https://discord.com/billing/promotions/abcdef",
  "https://discord.com/servers/abcdef",
  "https://discord.com/events/1/abcdef",
  "https://discord.com/#/invite/abcdef",
  "https://discord.com/login?redirect_to=/invite/abcdef",
  "https://discord.com/login?redirect_to=%2Finvite%2Fabcdef",
  "https://discord.co/invite/abcdef",
  "https://watchanimeattheoffice.com/invite/abcdef",
  "https://example.org/url?q=https%3A%2F%2Fdiscord.gg%2Fabcdef",
  "https://example.org/https://discord.gg/abcdef",
];

const OTHERS: readonly string[] = [
  "I use discord. Me / you?",
  "On Discord. Link / file.",
  "We met on Discord. New / old members write there.",
  "https://discord.com/developers/applications",
  "https://discord.com/blog/invite-your-friends",
  "https://discord.com/ra",
  "https://discord.com/servers",
  "https://example.org/discord?q=gg%2Fabc",
  "The ending .gg belongs to Guernsey.",
  "https://op.gg/summoners/euw/abc",
  "discord.py and discord.js / eris",
  "ｆｕｌｌ ｗｉｄｔｈ ｗｏｒｄｓ ／ ｓｉｇｎｓ",
];

describe("an invitation", () => {
  it.each(INVITING)("is taken out, however it is written: %s", (address) => {
    for (const written of [address, `<${address}>`, `||${address}||`, `[here](${address})`]) {
      const { text } = guard(`Come to ${written} now.`);
      expect(text).toContain("[invitation removed]");
      expect(text).toMatch(/^Come to .* now\.$/);
      expect(text).not.toContain("abcdef");
    }
  });

  it.each(OTHERS)("is not what looks a little like one: %s", (text) => {
    expect(guard(text)).toEqual({ text, leaked: false });
  });
});

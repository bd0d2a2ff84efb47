import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BotInGuild,
  missingIn,
  NEEDED,
  permissionsIn,
} from "../../src/doctor/channel-permissions.js";

const ADMINISTRATOR = 1n << 3n;
const GUILD = "1";
const BOT = "2";
const ROLES = ["10", "11"];
/** One of the permissions that the bot needs; the rule is the same for each. */
const ADD_REACTIONS = 1n << 6n;

const overwrite = fc.record({
  id: fc.constantFrom(GUILD, BOT, ...ROLES, "99"),
  allowed: fc.boolean(),
  denied: fc.boolean(),
});

describe("permissions in a channel", () => {
  it("are the server's, changed for everybody, then by roles, where yes beats no, then for the bot itself", () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.uniqueArray(overwrite, { selector: ({ id }) => id }),
        (base, rules) => {
          const of = (ids: readonly string[]) => rules.filter(({ id }) => ids.includes(id));
          const steps = [of([GUILD]), of(ROLES), of([BOT])];
          const expected = steps.reduce((may, step) => {
            if (step.some(({ allowed }) => allowed)) return true;
            return step.some(({ denied }) => denied) ? false : may;
          }, base);
          const permissions = base ? ADD_REACTIONS : 0n;
          expect(hasReactions(rules, { ...bot(permissions) })).toBe(expected);
        },
      ),
    );
  });

  it("are all for an administrator, whatever a channel says", () => {
    const denied = [{ id: BOT, allowed: false, denied: true }];
    expect(hasReactions(denied, bot(ADMINISTRATOR))).toBe(true);
    expect(missingIn(channelWith(denied), bot(ADMINISTRATOR))).toEqual([]);
  });

  it("are all named, and only View Channel where nothing can be seen", () => {
    expect(missingIn(channelWith([]), bot(0n))).toEqual(["ViewChannel"]);
    const missing = missingIn(channelWith([]), bot(1n << 10n));
    expect(missing).toEqual(NEEDED.filter((name) => name !== "ViewChannel"));
  });
});

type Rule = { readonly id: string; readonly allowed: boolean; readonly denied: boolean };

function hasReactions(rules: readonly Rule[], of: BotInGuild): boolean {
  return (permissionsIn(channelWith(rules), of) & ADD_REACTIONS) !== 0n;
}

function channelWith(rules: readonly Rule[]) {
  return {
    permission_overwrites: rules.map(({ id, allowed, denied }) => ({
      id,
      type: id === BOT ? 1 : 0,
      allow: String(allowed ? ADD_REACTIONS : 0n),
      deny: String(denied ? ADD_REACTIONS : 0n),
    })),
  };
}

function bot(permissions: bigint): BotInGuild {
  return { guildId: GUILD, botId: BOT, roleIds: ROLES, permissions };
}

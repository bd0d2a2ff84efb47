import { createHash } from "node:crypto";
import { KeyvSqlite } from "@keyv/sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { LimitReachedError } from "../../src/conversation/candidates/limit-reached-error.js";
import { speakerOf } from "../../src/language/say.js";
import { DayCounts } from "../../src/limits/day-counts.js";
import { type Asker, Limits } from "../../src/limits/limits.js";
import { DIRECT_MESSAGES_GUILD } from "../../src/store/ids.js";
import type { Store } from "../../src/store/store.js";
import { createRecordingLog } from "../support/recording-log.js";
import { silentLog } from "../support/silent-log.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOON = Date.UTC(2026, 0, 31, 12);
const MIDNIGHT = Date.UTC(2026, 1, 1);

describe("the limits", () => {
  let temporary: TemporaryStore;
  let days: DayCounts;
  let now = NOON;
  beforeEach(async () => {
    now = NOON;
    temporary = await createTemporaryStore();
  });
  afterEach(() => temporary.remove());

  it("answer so many messages of a member in a minute, and say when it goes on", async () => {
    const limits = await open({ MESSAGES_PER_MINUTE: "3/100/100" });
    now += 20_000;
    expect(admitted(limits, asker(), 5)).toBe(3);
    expect(limits.admit(asker())).toMatchObject({
      unit: "messagesPerMinute",
      scope: "member",
      until: NOON + MINUTE_MS,
    });
    expect(limits.admit(asker({ memberId: "2" }))).toBeUndefined();
    now = NOON + MINUTE_MS;
    expect(limits.admit(asker())).toBeUndefined();
  });

  it("count a message that comes late for the minute in which it was written", async () => {
    const limits = await open({ MESSAGES_PER_MINUTE: "2/100/100" });
    const writtenAt = (minutes: number) => NOON + minutes * MINUTE_MS;
    now = writtenAt(4);
    const admittedOf = (minutes: number) =>
      [1, 2, 3].filter(() => limits.admit(asker(), writtenAt(minutes)) === undefined).length;
    expect([0, 1, 2, 3, 4].map(admittedOf)).toEqual([2, 2, 2, 2, 2]);
    expect(limits.admit(asker())).toMatchObject({ until: writtenAt(5) });
    // What comes as from the future, by clocks that differ, comes now.
    now = writtenAt(5);
    expect([7, 6, 5].map(admittedOf)).toEqual([2, 0, 0]);
    // However old it says it is, no more of them are taken than of what is five minutes old.
    now = writtenAt(20);
    expect([0, 3, 9, -1_000, 15].map(admittedOf)).toEqual([2, 0, 0, 0, 0]);
  });

  it("count nothing twice and lose nothing when the clock is set back", async () => {
    const limits = await open({ MESSAGES_PER_MINUTE: "2/100/100" });
    now = NOON + 3 * MINUTE_MS;
    expect(admitted(limits, asker(), 3)).toBe(2);
    now = NOON;
    expect(admitted(limits, asker(), 3)).toBe(2);
    now = NOON + 3 * MINUTE_MS;
    expect(admitted(limits, asker(), 3)).toBe(2);
  });

  it("hold for a member on all servers together, for a channel, and for a server", async () => {
    const limits = await open({ MESSAGES_PER_MINUTE: "off", MESSAGES_PER_DAY: "3/4/5" });
    expect(admitted(limits, asker({ guildId: "91", channelId: "81" }), 2)).toBe(2);
    expect(admitted(limits, asker({ guildId: "92", channelId: "82" }), 2)).toBe(1);
    expect(limits.admit(asker())).toMatchObject({ scope: "member", until: MIDNIGHT });
    const other = (memberId: string, channelId: string) =>
      asker({ memberId, channelId, guildId: "92" });
    expect(admitted(limits, other("2", "82"), 3)).toBe(3);
    expect(limits.admit(other("3", "82"))).toMatchObject({ scope: "channel" });
    expect(admitted(limits, other("3", "83"), 1)).toBe(1);
    expect(limits.admit(other("4", "84"))).toMatchObject({ scope: "server" });
  });

  it("tell a storm once, and again in the next minute", async () => {
    const limits = await open({ MESSAGES_PER_MINUTE: "2/100/100" });
    const storm = () =>
      Array.from({ length: 50 }, () => limits.admit(asker())).filter((refusal) => refusal?.isNews);
    expect(storm()).toHaveLength(1);
    now += MINUTE_MS;
    expect(storm()).toHaveLength(1);
  });

  it("tell it again to somebody who still tries after half an hour, and to everybody else", async () => {
    const limits = await open({ MESSAGES_PER_DAY: "100/1/100" });
    expect(limits.admit(asker())).toBeUndefined();
    const isNews = (memberId: string) => limits.admit(asker({ memberId }))?.isNews;
    expect([isNews("1"), isNews("1"), isNews("2"), isNews("2")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    now += 31 * MINUTE_MS;
    expect([isNews("1"), isNews("1")]).toEqual([true, false]);
  });

  it("shrink the choice past half of a budget, then leave one candidate, then none", async () => {
    const limits = await open({ TOKENS_PER_DAY: "1000/100000/100000/100000" });
    const counts: number[] = [];
    for (let spent = 0; spent <= 1000; spent += 100) {
      counts.push(limits.candidates(asker(), 4));
      limits.spend(asker(), 100);
    }
    expect(counts).toEqual([4, 4, 4, 4, 4, 4, 4, 3, 2, 1, 0]);
    expect(limits.admit(asker())).toMatchObject({ unit: "tokensPerDay", until: MIDNIGHT });
    expect(limits.candidates(asker({ memberId: "2" }), 4)).toBe(4);
  });

  it("shrink it by messages too, and never to nothing", async () => {
    const limits = await open({ MESSAGES_PER_MINUTE: "6/100/100" });
    const counts = Array.from({ length: 6 }, () => {
      expect(limits.admit(asker())).toBeUndefined();
      return limits.candidates(asker(), 4);
    });
    expect(counts).toEqual([4, 4, 4, 3, 2, 1]);
  });

  it("bound the tokens of the whole bot, those that nobody asked for included", async () => {
    const limits = await open({ TOKENS_PER_DAY: "10000/10000/10000/1000" });
    limits.spend(asker(), 400);
    limits.spend(undefined, 600);
    expect(limits.candidates(undefined, 1)).toBe(0);
    const refusal = limits.admit(asker({ memberId: "2", guildId: "92" }))!;
    expect(refusal).toMatchObject({ scope: "everywhere" });
    expect(new LimitReachedError(refusal).memberSentence(speakerOf("en"))).toBe(
      `My budget for today is used up: please try again <t:${MIDNIGHT / 1000}:R>.`,
    );
  });

  it("end the ballots of a channel and of a server, and nothing else", async () => {
    const limits = await open({ BALLOTS_PER_DAY: "2/3" });
    const claim = (who: Asker) => {
      const has = limits.hasBallot(who);
      if (has) limits.takeBallot(who);
      return has;
    };
    expect([1, 2, 3].map(() => claim(asker()))).toEqual([true, true, false]);
    const elsewhere = asker({ channelId: "82" });
    expect([1, 2].map(() => claim(elsewhere))).toEqual([true, false]);
    expect(limits.admit(asker())).toBeUndefined();
    expect(limits.candidates(asker(), 4)).toBe(4);
  });

  it("of a day survive a restart, and are gone after three days, in the store too", async () => {
    const environment = { MESSAGES_PER_MINUTE: "off", MESSAGES_PER_DAY: "3/100/100" };
    let limits = await open(environment);
    admitted(limits, asker(), 2);
    await days.write();
    limits = await open(environment, await temporary.reopen());
    expect(admitted(limits, asker(), 2)).toBe(1);
    await days.write();
    const store = await temporary.reopen();
    limits = await open(environment, store);
    expect(limits.admit(asker())).toBeDefined();
    now = MIDNIGHT;
    expect(admitted(limits, asker(), 5)).toBe(3);
    await days.write();
    expect([...new Set(await storedDays(store))].sort()).toEqual(["2026-01-31", "2026-02-01"]);
    for (let day = 1; day < 3; day++) {
      now += DAY_MS;
      limits.admit(asker());
      await days.write();
    }
    const left = ["2026-02-01", "2026-02-02", "2026-02-03"];
    expect([...new Set(await storedDays(store))].sort()).toEqual(left);
    const secrets: string[] = [];
    for await (const [day] of store.daySecrets.entries()) secrets.push(day);
    expect(secrets).toEqual(left);
  });

  it("of a day are kept where the clock goes forward and back, over a restart as well", async () => {
    const environment = { MESSAGES_PER_MINUTE: "off", MESSAGES_PER_DAY: "3/100/100" };
    const limits = await open(environment);
    expect(admitted(limits, asker(), 3)).toBe(3);
    for (const away of [DAY_MS, 30 * DAY_MS, -DAY_MS]) {
      now = NOON + away;
      expect(limits.admit(asker())).toBeUndefined();
      now = NOON;
      expect(limits.admit(asker())).toMatchObject({ unit: "messagesPerDay" });
    }
    now = NOON + DAY_MS;
    await days.write();
    now = NOON;
    const reopened = await open(environment, await temporary.reopen());
    expect(reopened.admit(asker())).toMatchObject({ unit: "messagesPerDay" });
  });

  it("keep whose a count is to who holds the secret of the day, and the key where there is one", async () => {
    const limits = await open({});
    const memberId = "123456789012345678";
    limits.admit(asker({ memberId }));
    await days.write();
    const store = temporary.store;
    const plain = createHash("sha256").update(`2026-01-31 member ${memberId}`).digest("base64url");
    const keys: string[] = [];
    for await (const [key] of store.dayCounts.entries()) keys.push(key);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys).not.toContain(`2026-01-31:${plain.slice(0, 22)}`);
    // Another key finds none of them.
    const counts = await DayCounts.open({
      ...{ store, clock: () => now, log: silentLog },
      encryptionKey: Uint8Array.from({ length: 32 }, () => 1),
    });
    expect(counts.of(`member ${memberId}`).messages).toBe(0);
    await store.daySecrets.delete("2026-01-31");
    expect((await open({})).budgets({ memberId }).every(({ used }) => used === 0)).toBe(true);
  });

  it("close direct messages to nobody because of what others write there", async () => {
    const environment = { MESSAGES_PER_MINUTE: "6/20/40", MESSAGES_PER_DAY: "200/1000/2000" };
    const limits = await open(environment);
    const direct = (memberId: string) =>
      asker({ memberId, guildId: DIRECT_MESSAGES_GUILD, channelId: `9${memberId}` });
    for (let person = 1; person <= 400; person++) {
      expect(admitted(limits, direct(String(person)), 7)).toBe(6);
    }
    expect(limits.admit(direct("401"))).toBeUndefined();
    expect(limits.budgets(direct("1")).some(({ scope }) => scope === "server")).toBe(false);
  });

  it("set something of the whole bot's tokens aside for each server, whoever wants all", async () => {
    const limits = await open({});
    limits.countServers(() => 31);
    const greedy = (who: Asker) => {
      for (let turn = 0; turn < 2_000; turn++) {
        // Each token by somebody else, in another channel: the bound of the place alone counts.
        const isDirect = who.guildId === DIRECT_MESSAGES_GUILD;
        const one = isDirect ? who : { ...who, memberId: `${who.guildId}:${turn}` };
        const there = { ...one, channelId: `${who.channelId}-${turn % 50}` };
        if (limits.outOfTokens(there) !== undefined) return;
        limits.spend(there, 1_000);
      }
    };
    for (let server = 0; server < 30; server++) greedy(asker({ guildId: `90${server}` }));
    for (let person = 0; person < 200; person++) {
      greedy(asker({ memberId: `${person}`, guildId: DIRECT_MESSAGES_GUILD }));
    }
    const honest = asker({ memberId: "honest", guildId: "99", channelId: "88" });
    let answered = 0;
    while (limits.outOfTokens(honest) === undefined && answered < 1_000) {
      expect(limits.candidates(honest, 4)).toBeGreaterThan(0);
      limits.spend(honest, 1_000);
      answered++;
    }
    // A thirty-first part of half of all.
    expect(answered).toBeGreaterThanOrEqual(45);
    expect(limits.budgets({}).at(-1)!.used).toBeLessThanOrEqual(3_000_000);
  });

  it("leave half of all to others where one server wants all", async () => {
    const limits = await open({});
    limits.countServers(() => 2);
    for (let turn = 0; turn < 3_000; turn++) {
      const one = asker({ memberId: `${turn}`, channelId: `${turn}` });
      if (limits.outOfTokens(one) !== undefined) break;
      limits.spend(one, 1_000);
    }
    const own = limits.budgets({ guildId: "90" }).find(({ scope, unit }) => {
      return unit === "tokensPerDay" && scope === "server";
    });
    expect(own!.used).toBeGreaterThan(1_400_000);
    expect(limits.outOfTokens(asker({ memberId: "x", guildId: "91" }))).toBeUndefined();
    const direct = asker({ memberId: "y", guildId: DIRECT_MESSAGES_GUILD, channelId: "y" });
    expect(limits.outOfTokens(direct)).toBeUndefined();
  });

  it("hold nothing back where one server may use all", async () => {
    const limits = await open({ TOKENS_PER_DAY: "1000/1000/1000/1000" });
    limits.spend(asker({ memberId: "2" }), 900);
    expect(limits.outOfTokens(asker())).toBeUndefined();
  });

  it("keep no id in the store", async () => {
    const limits = await open({});
    limits.admit({
      memberId: "123456789012345678",
      guildId: "223456789012345678",
      channelId: "323456789012345678",
    });
    await days.write();
    let records = 0;
    for await (const entry of temporary.store.dayCounts.entries()) {
      records++;
      expect(JSON.stringify(entry)).not.toMatch(/\d{15}/);
    }
    expect(records).toBe(4);
  });

  it("hold while the store refuses to write, and are written once it does again", async () => {
    const recording = createRecordingLog();
    const { store, url } = temporary;
    const database = new KeyvSqlite({ uri: url, table: "attune" });
    const environment = { MESSAGES_PER_DAY: "1/100/100" };
    const limits = await open(environment, store, recording.log);
    await database.query(
      "CREATE TRIGGER full BEFORE INSERT ON attune BEGIN SELECT RAISE(FAIL, 'disk full'); END",
    );
    limits.admit(asker());
    await days.write();
    expect(limits.admit(asker())).toBeDefined();
    expect(recording.events.map(({ event }) => event)).toEqual(["limits.unwritten"]);
    await database.query("DROP TRIGGER full");
    await days.write();
    await database.disconnect();
    const reopened = await open(environment);
    expect(reopened.admit(asker())).toBeDefined();
  });

  it("that are off limit nothing", async () => {
    const off = { MESSAGES_PER_MINUTE: "off", MESSAGES_PER_DAY: "off" };
    const limits = await open({ ...off, BALLOTS_PER_DAY: "off", TOKENS_PER_DAY: "off" });
    limits.spend(asker(), 1e12);
    expect(admitted(limits, asker(), 1_000)).toBe(1_000);
    expect(limits.candidates(asker(), 4)).toBe(4);
    expect(limits.hasBallot(asker())).toBe(true);
    expect(limits.budgets(asker())).toEqual([]);
  });

  async function open(
    environment: NodeJS.ProcessEnv,
    store: Store = temporary.store,
    log = silentLog,
  ): Promise<Limits> {
    const clock = () => now;
    days = await DayCounts.open({
      store,
      clock,
      log,
    });
    return new Limits({ config: readConfig(environment).limits, days, clock });
  }

  async function storedDays(store: Store): Promise<string[]> {
    const found: string[] = [];
    for await (const [key] of store.dayCounts.entries()) found.push(key.slice(0, 10));
    return found;
  }

  function asker(changed: Partial<Asker> = {}): Asker {
    return { memberId: "1", guildId: "90", channelId: "80", ...changed };
  }

  function admitted(limits: Limits, who: Asker, messages: number): number {
    const refusals = Array.from({ length: messages }, () => limits.admit(who));
    return refusals.filter((refusal) => refusal === undefined).length;
  }
});

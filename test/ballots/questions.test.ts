import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Questions } from "../../src/ballots/questions.js";
import { Consents } from "../../src/members/consents.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const HOUR = 60 * 60 * 1000;
const ALWAYS = { perDay: 100, gap: 0 };

describe("the questions to a member", () => {
  let temporary: TemporaryStore;
  let questions: Questions;
  let now = Date.parse("2026-01-01T00:00:00Z");
  let members = 0;
  const open = new Set<string>();
  let member = { guildId: "900", memberId: "0" };
  beforeAll(async () => {
    temporary = await createTemporaryStore();
    questions = new Questions({
      store: temporary.store,
      isOpen: async (messageId) => open.has(messageId),
      clock: () => now,
    });
  });
  afterAll(() => temporary.remove());
  beforeEach(async () => {
    member = { guildId: "900", memberId: String(++members) };
    await new Consents({ store: temporary.store, clock: () => now }).grant(member);
    open.clear();
  });

  async function ask(messageId: string): Promise<void> {
    expect(await questions.claim(member, ALWAYS)).toBeDefined();
    open.add(messageId);
    await questions.opened(member, messageId);
  }

  it("are never two at once, not even for messages that arrive together", async () => {
    const claims = await Promise.all([1, 2, 3].map(() => questions.claim(member, ALWAYS)));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it("wait until the open one is answered or gone", async () => {
    await ask("1");
    expect(await questions.claim(member, ALWAYS)).toBeUndefined();
    await questions.closed(member, "another message");
    expect(await questions.claim(member, ALWAYS)).toBeUndefined();
    await questions.closed(member, "1");
    await ask("2");
    open.delete("2");
    expect(await questions.claim(member, ALWAYS)).toEqual({});
  });

  it("close one that nobody has answered for half a day", async () => {
    await ask("1");
    now += 11 * HOUR;
    expect(await questions.claim(member, ALWAYS)).toBeUndefined();
    now += 2 * HOUR;
    expect(await questions.claim(member, ALWAYS)).toEqual({ closes: "1" });
  });

  it("keep to the day's budget, and a new day has a new one", async () => {
    for (const messageId of ["1", "2"]) {
      await ask(messageId);
      await questions.closed(member, messageId);
    }
    expect(await questions.claim(member, { perDay: 2, gap: 0 })).toBeUndefined();
    expect(await questions.askedToday(member)).toBe(2);
    now += 24 * HOUR;
    expect(await questions.askedToday(member)).toBe(0);
    expect(await questions.claim(member, { perDay: 2, gap: 0 })).toBeDefined();
  });

  it("of a day are counted on where the clock goes forward and back", async () => {
    await ask("1");
    await questions.closed(member, "1");
    now += 24 * HOUR;
    await ask("2");
    await questions.closed(member, "2");
    now -= 24 * HOUR;
    expect(await questions.askedToday(member)).toBe(1);
    await ask("3");
    await questions.closed(member, "3");
    expect(await questions.askedToday(member)).toBe(2);
    expect(await questions.claim(member, { perDay: 2, gap: 0 })).toBeUndefined();
  });

  it("keep the gap, except before the first one", async () => {
    const allowance = { perDay: 100, gap: 2 };
    expect(await questions.claim(member, allowance)).toBeDefined();
    await questions.closed(member, "1");
    expect(await questions.claim(member, allowance)).toBeUndefined();
    await questions.passed(member);
    expect(await questions.claim(member, allowance)).toBeUndefined();
    await questions.passed(member);
    expect(await questions.claim(member, allowance)).toBeDefined();
  });

  it("cost nothing where they were not put", async () => {
    await questions.claim(member, ALWAYS);
    await questions.release(member);
    expect(await questions.askedToday(member)).toBe(0);
    expect(await questions.claim(member, ALWAYS)).toBeDefined();
  });

  it("go on after a process died between the claim and the message", async () => {
    await questions.claim(member, ALWAYS);
    now += HOUR;
    expect(await questions.claim(member, ALWAYS)).toBeDefined();
  });
});

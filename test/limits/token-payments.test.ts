import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { type Bound, DayCounts } from "../../src/limits/day-counts.js";
import { Limits } from "../../src/limits/limits.js";
import type { Store } from "../../src/store/store.js";
import { silentLog } from "../support/silent-log.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";
import { waitFor } from "../support/wait-for.js";

const NOON = Date.UTC(2026, 0, 31, 12);
const ALL: Bound = ["everywhere", 1_000_000];
const REQUEST = 100;

describe("payments for tokens", () => {
  let temporary: TemporaryStore;
  /** Transactions. */
  let writes = 0;
  let isFull = false;
  beforeEach(async () => {
    isFull = false;
    temporary = await createTemporaryStore();
    writes = 0;
  });
  afterEach(() => temporary.remove());

  it("of all who ask at the same time are made together, and leave each what was asked for", async () => {
    const days = await open();
    await days.hold(REQUEST, [ALL, member(0)]);
    writes = 0;
    const asked = Array.from({ length: 40 }, (_, at) => hold(days, member(at + 1)));
    await Promise.all(asked);
    // One for the first, one for all the others.
    expect(writes).toBe(2);
    for (let at = 1; at <= 40; at++)
      expect(await storedOf(days, at)).toBeGreaterThanOrEqual(REQUEST);
  });

  it("that one member can't make are refused to that one alone", async () => {
    const days = await open();
    const poor: Bound = ["member poor", REQUEST - 1];
    const asked = [
      hold(days, member(1)),
      hold(days, poor),
      hold(days, member(2)),
      hold(days, poor),
    ];
    expect(await Promise.all(asked)).toEqual(["held", "member poor", "held", "member poor"]);
  });

  it("for several of one member go as far as there is something left, one by one", async () => {
    const days = await open();
    await hold(days, member(0));
    const bound: Bound = ["member 1", 2.5 * REQUEST];
    const asked = Array.from({ length: 4 }, () => hold(days, bound));
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((outcome) => outcome === "held")).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === "member 1")).toHaveLength(2);
  });

  it("last for as long as what went lately, so that few requests wait for one", async () => {
    const days = await open();
    const use = async () => {
      const release = await days.hold(REQUEST, [ALL]);
      if (typeof release === "string") throw new Error(release);
      days.spend(ALL[0], REQUEST);
      release();
    };
    for (let time = 0; time < 50; time++) await use();
    await days.write();
    writes = 0;
    for (let time = 0; time < 100; time++) await use();
    // Each lasts for the fifty before, and not for three.
    expect(writes).toBeLessThanOrEqual(3);
  });

  it("begin when a message is admitted, so that its request waits for none", async () => {
    const days = await open();
    const { limits: config } = readConfig({ TOKENS_PER_DAY: "10000/10000/10000/1000000" });
    const limits = new Limits({ config, days, clock: () => NOON });
    const of = (id: number) => ({ memberId: `${id}`, guildId: "90", channelId: "80" });
    const request = async (id: number) => {
      const release = await limits.hold(of(id), REQUEST);
      if (typeof release === "function") release();
      return typeof release;
    };
    expect(limits.admit(of(1))).toBeUndefined();
    // Nothing is known of requests yet.
    expect(writes).toBe(0);
    expect(await request(1)).toBe("function");
    for (let id = 2; id <= 20; id++) expect(limits.admit(of(id))).toBeUndefined();
    const paid = async () => (await open()).of("member 20").tokens >= REQUEST || undefined;
    await waitFor(paid, "what is paid ahead");
    // It lasts over the next write.
    await limits.written();
    writes = 0;
    for (let id = 2; id <= 20; id++) expect(await request(id)).toBe("function");
    expect(writes).toBe(0);
  });

  it("go back where they were of no use, and when all ends", async () => {
    const days = await open();
    await hold(days, member(0));
    days.payAhead([member(1)]);
    const paid = async () => (await open()).of("member 1").tokens > 0 || undefined;
    await waitFor(paid, "what is paid ahead");
    await days.close();
    expect((await open()).of("member 1").tokens).toBe(0);
  });

  it("that begin ahead hold nothing, and fail in silence", async () => {
    const days = await open();
    await hold(days, member(0));
    const narrow: Bound = ["member 1", REQUEST];
    days.payAhead([narrow]);
    days.payAhead([["member 2", REQUEST - 1]]);
    expect(await days.hold(REQUEST, [narrow])).toBeTypeOf("function");
    expect(await days.hold(1, [narrow])).toBe("member 1");
    isFull = true;
    days.payAhead([["member 3", 10 * REQUEST]]);
    await expect(days.hold(REQUEST, [["member 3", 10 * REQUEST]])).rejects.toThrow("full");
  });

  it("go on from what another process has stored meanwhile", async () => {
    const [one, other] = [await open(), await open(await temporary.another())];
    for (const days of [one, other, one, other]) expect(await hold(days, ALL)).toBe("held");
    const third = await open();
    const ends = (days: DayCounts) => hold(days, ["everywhere", third.of("everywhere").tokens]);
    expect(third.of("everywhere").tokens).toBeGreaterThanOrEqual(4 * REQUEST);
    expect(await ends(third)).toBe("everywhere");
    // What others give back is there for it, though it has not heard of that.
    for (const days of [one, other]) await days.close();
    expect(await ends(third)).toBe("held");
  });

  async function open(store: Store = temporary.store): Promise<DayCounts> {
    const writeTogether: Store["writeTogether"] = (...parameters) => {
      writes += 1;
      if (isFull) return Promise.reject(new Error("full"));
      return store.writeTogether(...parameters);
    };
    return DayCounts.open({
      store: { ...store, writeTogether },
      clock: () => NOON,
      log: silentLog,
    });
  }

  /** Holds and never spends. */
  async function hold(days: DayCounts, bound: Bound): Promise<string> {
    const bounds = bound === ALL ? [ALL] : [ALL, bound];
    const held = await days.hold(REQUEST, bounds);
    return typeof held === "string" ? held : "held";
  }

  /** What a process that starts now finds of a member. */
  async function storedOf(days: DayCounts, at: number): Promise<number> {
    await days.write();
    return (await open()).of(`member ${at}`).tokens;
  }
});

function member(at: number): Bound {
  return [`member ${at}`, 10_000];
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bound, DayCounts } from "../../src/limits/day-counts.js";
import type { Store } from "../../src/store/store.js";
import { silentLog } from "../support/silent-log.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const NOON = Date.UTC(2026, 0, 31, 12);
const ALL: Bound = ["everywhere", 1_000_000];
const REQUEST = 100;

describe("payments for tokens", () => {
  let temporary: TemporaryStore;
  /** Transactions. */
  let writes = 0;
  beforeEach(async () => {
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

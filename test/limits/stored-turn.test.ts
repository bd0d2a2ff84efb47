import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoredTurn } from "../../src/limits/stored-turn.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const GAP_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

describe.each(["SQLite", "PostgreSQL"] as const)("a turn of all processes, on %s", (engine) => {
  let temporary: TemporaryStore;
  let now: number;
  let turns: readonly [StoredTurn, StoredTurn];
  beforeEach(async () => {
    temporary = await createTemporaryStore(engine);
    now = Date.UTC(2026, 0, 31, 12);
    const stores = [temporary.store, await temporary.another()] as const;
    const [one, other] = stores.map(
      (store) => new StoredTurn({ store, key: "retrain", gapMs: GAP_MS, clock: () => now }),
    );
    turns = [one!, other!];
  });
  afterEach(() => temporary.remove());

  it("is taken by one of two that ask at once, and comes again after the gap", async () => {
    const [one, other] = turns;
    const claims = await Promise.all([one.claim(), other.claim()]);
    expect(claims.sort()).toEqual([now + GAP_MS, undefined]);
    now += GAP_MS - 1;
    expect(await other.claim()).toBe(now + 1);
    now += 1;
    expect(await other.claim()).toBeUndefined();
    expect(await one.claim()).toBe(now + GAP_MS);
  });

  it("is given back by whoever has it, and by nobody else", async () => {
    const [one, other] = turns;
    await one.claim();
    await other.release();
    expect(await other.claim()).toBe(now + GAP_MS);
    await one.release();
    expect(await other.claim()).toBeUndefined();
    now += 1;
    await one.release();
    expect(await one.claim()).toBe(now - 1 + GAP_MS);
  });

  it("makes nobody wait for longer than the gap where the clock was set back", async () => {
    const [one, other] = turns;
    await one.claim();
    now -= DAY_MS;
    expect(await other.claim()).toBe(now + GAP_MS);
    now += GAP_MS;
    expect(await one.claim()).toBeUndefined();
  });
});

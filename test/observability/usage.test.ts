import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Usage } from "../../src/limits/usage.js";
import { openStore, type Store } from "../../src/store/store.js";
import { StoreUnavailableError } from "../../src/store/store-error.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";
import { waitFor } from "../support/wait-for.js";

const TOKENS = { inputTokens: 10, outputTokens: 2, embeddingTokens: 1 };
const DAY_MS = 24 * 60 * 60 * 1000;

describe("the usage of the language model", () => {
  let temporary: TemporaryStore;
  let now = 0;
  beforeEach(async () => {
    temporary = await createTemporaryStore();
    now = Date.UTC(2026, 0, 1);
  });
  afterEach(() => temporary.remove());

  it("is complete however many requests end at once, and is written in few writes", async () => {
    const { store } = temporary;
    let writes = 0;
    const writeTogether: Store["writeTogether"] = (...parameters) => {
      writes += 1;
      return store.writeTogether(...parameters);
    };
    const counted = new Usage({ ...store, writeTogether }, () => now, undefined);
    for (let time = 0; time < 5000; time++) counted.add(TOKENS);
    now += DAY_MS;
    counted.add(TOKENS);
    expect(await counted.total()).toMatchObject({ requests: 5001, inputTokens: 50_010 });
    expect(writes).toBeLessThan(5);
    expect(await new Usage(store, () => now, undefined).total()).toMatchObject({ requests: 5001 });
  });

  it("is written with the next request where it could not be written at first", async () => {
    const { store } = temporary;
    let broken = true;
    const writeTogether: Store["writeTogether"] = (...parameters) =>
      broken ? Promise.reject(new Error("full")) : store.writeTogether(...parameters);
    const counted = new Usage({ ...store, writeTogether }, () => now, undefined);
    counted.add(TOKENS);
    await expect(counted.written()).rejects.toThrow("full");
    // Known to this process, and to it alone.
    expect(await counted.total()).toMatchObject({ requests: 1 });
    broken = false;
    counted.add(TOKENS);
    await counted.written();
    const found = await new Usage(store, () => now, undefined).total();
    expect(found).toMatchObject({ requests: 2, outputTokens: 4 });
  });

  it("is written by itself a little later, and when all ends", async () => {
    const { store } = temporary;
    const counted = new Usage(store, () => now, undefined);
    const stored = async () => (await store.usage.get("2026-01-01"))?.requests;
    counted.add(TOKENS);
    expect(await waitFor(stored, "the usage")).toBe(1);
    counted.add(TOKENS);
    await counted.close();
    expect(await stored()).toBe(2);
  });

  it("tells of what is refused while nobody waits, and not of an outage", async () => {
    const told: unknown[] = [];
    const refused = [new Error("refused"), new StoreUnavailableError("full")];
    for (const error of refused) {
      const store = { ...temporary.store, writeTogether: () => Promise.reject(error) };
      const counted = new Usage(
        store,
        () => now,
        undefined,
        (one) => told.push(one),
      );
      counted.add(TOKENS);
      await counted.close();
    }
    expect(told).toEqual([refused[0]]);
  });

  it("adds up what several processes use at the same time", async () => {
    const other = await openStore(temporary.url, (error) => {
      throw error;
    });
    const both = [temporary.store, other].map((store) => new Usage(store, () => now, undefined));
    for (let round = 0; round < 10; round++) {
      for (const counted of both) counted.add(TOKENS);
      await Promise.all(both.map((counted) => counted.written()));
    }
    expect(await both[0]!.total()).toMatchObject({ requests: 20, inputTokens: 200 });
    await other.close();
  });
});

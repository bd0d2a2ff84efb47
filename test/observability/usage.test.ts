import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Usage } from "../../src/limits/usage.js";
import { openStore, type Store } from "../../src/store/store.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

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
    await Promise.all(Array.from({ length: 5000 }, () => counted.add(TOKENS)));
    now += DAY_MS;
    await counted.add(TOKENS);
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
    await expect(counted.add(TOKENS)).rejects.toThrow("full");
    broken = false;
    await counted.add(TOKENS);
    expect(await counted.total()).toMatchObject({ requests: 2, outputTokens: 4 });
  });

  it("adds up what several processes use at the same time", async () => {
    const other = await openStore(temporary.url, (error) => {
      throw error;
    });
    const both = [temporary.store, other].map((store) => new Usage(store, () => now, undefined));
    for (let round = 0; round < 10; round++) {
      await Promise.all(both.map((counted) => counted.add(TOKENS)));
    }
    expect(await both[0]!.total()).toMatchObject({ requests: 20, inputTokens: 200 });
    await other.close();
  });
});

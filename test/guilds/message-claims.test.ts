import { SnowflakeUtil } from "discord.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MessageClaims, purgeClaims } from "../../src/guilds/message-claims.js";
import type { Engine } from "../../src/store/engine.js";
import { openStore, type Store } from "../../src/store/store.js";
import { type CuttingProxy, startCuttingProxy } from "../support/postgres/cutting-proxy.js";
import { createOwnPostgres, type OwnPostgres } from "../support/postgres.js";
import { createTestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const HOUR_MS = 60 * 60 * 1_000;
const GOING_ON = new AbortController().signal;
const CLOSING = AbortSignal.abort();
/** For so long the store itself looks whether a transaction was done. */
const DOUBT_MS = 60_000;

describe("the claim on a message", () => {
  let database: OwnPostgres;
  let proxy: CuttingProxy;
  const stores: Store[] = [];
  beforeEach(async () => {
    database = await createOwnPostgres();
    proxy = await startCuttingProxy(database.url);
  });
  afterEach(async () => {
    vi.useRealTimers();
    for (const store of stores.splice(0)) await store.close();
    proxy.close();
    await database.remove();
  });

  /** The claim of `one` that begins while the database is away, once it is back. */
  async function claimedInOutage(one: MessageClaims, closing: AbortSignal) {
    await database.stop("immediate");
    const claim = one.claim("1", closing);
    await waitFor(() => !stores[0]!.health.available || undefined, "the outage");
    await database.start();
    return claim;
  }

  it("is one call's of all processes", async () => {
    const [one, other] = [await claims(), await claims()];
    expect(await one.claim("1", GOING_ON)).toBeDefined();
    expect(await other.claim("1", GOING_ON)).toBeUndefined();
    expect(await one.claim("1", GOING_ON)).toBeUndefined();
  });

  it("is kept until another one has claimed the message since, and is made again where it was lost", async () => {
    const [one, other] = [await claims(), await claims()];
    const first = await one.claim("1", GOING_ON);
    expect(await first!.isKept()).toBe(true);
    await stores[0]!.messageClaims.delete("1");
    expect(await first!.isKept()).toBe(true);
    expect(await other.claim("1", GOING_ON)).toBeUndefined();
    await stores[0]!.messageClaims.delete("1");
    const second = await other.claim("1", GOING_ON);
    expect([await first!.isKept(), await second!.isKept()]).toEqual([false, true]);
  });

  it("is made when the database is back, by the process that goes on", async () => {
    const [one, other] = [await claims(), await claims()];
    expect(await claimedInOutage(one, GOING_ON)).toBeDefined();
    expect(await other.claim("1", GOING_ON)).toBeUndefined();
  });

  it("is left to others by a process that leaves while the database is away", async () => {
    const [one, other] = [await claims(), await claims()];
    expect(await claimedInOutage(one, CLOSING)).toBeUndefined();
    expect(await other.claim("1", GOING_ON)).toBeDefined();
  });

  it.each([
    ["goes on", GOING_ON],
    ["leaves", undefined],
  ] as const)(
    "is found again by a process that %s, if the answer to it was lost in a long outage",
    async (_, signal) => {
      const [one, other] = [await claims(proxy.url), await claims()];
      const closing = new AbortController();
      await one.beginning();
      vi.useFakeTimers({ toFake: ["performance"] });
      proxy.arm("after, for good", 1);
      const claim = one.claim("1", signal ?? closing.signal);
      const stored = async () => (await stores[1]!.messageClaims.has("1")) || undefined;
      await waitFor(stored, "the claim");
      closing.abort();
      await waitFor(() => {
        vi.advanceTimersByTime(DOUBT_MS / 10);
        return !stores[0]!.health.available || undefined;
      }, "the end of the doubt");
      expect(await other.claim("1", GOING_ON)).toBeUndefined();
      proxy.back();
      expect(await claim).toBeDefined();
      expect(proxy.cuts).toBe(1);
    },
  );

  async function claims(url = database.url): Promise<MessageClaims> {
    const store = await openStore(url, () => undefined);
    stores.push(store);
    return new MessageClaims(store, Date.now);
  }
});

describe("the purge of claims", () => {
  it("removes those of messages that nobody looks for any more, and reads no more of the others than a page", async () => {
    const test = await createTestServices();
    const { store } = test.services;
    const { messageClaims } = store;
    const now = Date.now();
    const claim = (ageMs: number) => {
      const timestamp = now - ageMs;
      const id = String(SnowflakeUtil.generate({ timestamp }));
      return messageClaims.putting(id, { at: timestamp });
    };
    const old = Array.from({ length: 1_200 }, (_, at) => claim(HOUR_MS + at));
    const young = Array.from({ length: 4_000 }, (_, at) => claim(at * 800));
    await store.writeTogether([...old, ...young]);
    await new MessageClaims(store, () => now).beginning();
    const { parts } = messageClaims as unknown as { parts: { engine: Engine } };
    const keys = vi.spyOn(parts.engine, "keys");
    await purgeClaims(store, () => now);
    const pages = await Promise.all(keys.mock.results.map(({ value }) => value as string[]));
    expect(pages.flat().length).toBeLessThan(2_500);
    expect(await messageClaims.count()).toBe(young.length + 1);
    await purgeClaims(store, () => now + 10 * HOUR_MS);
    expect(await messageClaims.count()).toBe(1);
    await test.remove();
  });
});

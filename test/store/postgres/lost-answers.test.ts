import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Condition } from "../../../src/store/condition.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { type CuttingProxy, startCuttingProxy } from "../../support/postgres/cutting-proxy.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";

describe("a connection to PostgreSQL that breaks at the end of a write", () => {
  let database: TemporaryPostgres;
  let proxy: CuttingProxy;
  let store: Store;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    proxy = await startCuttingProxy(database.url);
    store = await openStore(proxy.url, raise);
  });
  afterEach(async () => {
    await store.close();
    proxy.close();
    await database.remove();
  });

  it.each(["before", "late", "after"] as const)(
    "(%s the server hears of it): it is done once, and said to be done",
    async (cut) => {
      await store.settings.set("1", { questionsPerDay: 0 });
      for (let count = 1; count <= 3; count++) {
        proxy.arm(cut, 1);
        expect(await store.writeTogether([counted(count)], countIs(count - 1))).toBe(true);
        expect(await store.settings.get("1")).toEqual({ questionsPerDay: count });
      }
      expect(proxy.cuts).toBe(3);
      expect(store.health.available).toBe(true);
    },
  );

  it("is tried again a few times, and then it is an outage", async () => {
    await store.settings.set("1", { questionsPerDay: 0 });
    proxy.arm("before", 2);
    expect(await store.writeTogether([counted(1)], countIs(0))).toBe(true);
    proxy.arm("before", 100);
    await expect(store.writeTogether([counted(2)], countIs(1))).rejects.toThrow(
      /PostgreSQL server of STORE_URL/,
    );
    proxy.arm("before", 0);
    expect(await store.settings.get("1")).toEqual({ questionsPerDay: 1 });
  });

  it("does not undo or repeat a deletion", async () => {
    const member = { guildId: "900", memberId: "12" };
    await store.consents.set("12:900", { state: "granted", pooled: false, at: 1 });
    proxy.arm("after", 1);
    const gone = await store.deletion.forgetMember("12", "everywhere", 7);
    expect(gone).toEqual(["consent:12:900"]);
    expect(await store.deletion.lastTime(member)).toBe(7);
    expect(await database.query("SELECT number::int FROM attune_tombstones")).toEqual([
      { number: 1 },
    ]);
  });

  function counted(questionsPerDay: number) {
    return store.settings.putting("1", { questionsPerDay });
  }

  function countIs(count: number): Condition {
    const key = "settings:1";
    const { text } = counted(count);
    return { keys: [key], holds: (textOf) => textOf(key) === text };
  }
});

function raise(error: unknown): never {
  throw error;
}

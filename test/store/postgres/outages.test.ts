import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../../src/store/store.js";
import { StoreUnavailableError } from "../../../src/store/store-error.js";
import { createOwnPostgres, type OwnPostgres } from "../../support/postgres.js";
import { waitFor } from "../../support/wait-for.js";

describe("a PostgreSQL server that goes away", () => {
  let server: OwnPostgres;
  let store: Store;
  const told: string[] = [];
  beforeAll(async () => {
    server = await createOwnPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    told.length = 0;
    store = await openStore(server.url, (error) => told.push(String(error)), { alone: true });
    store.health.listen({
      onOutage: ({ message }) => told.push(message),
      onRecovery: () => told.push("recovered"),
    });
    await store.settings.set("1", { questionsPerDay: 1 });
  });
  afterEach(() => store.close());

  it.each(["fast", "immediate"] as const)(
    "by a %s stop is told of once, and the store recovers by itself when it is back",
    async (how) => {
      await server.stop(how);
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(store.settings.get("1")).rejects.toThrow(StoreUnavailableError);
        await expect(store.settings.set("1", {})).rejects.toThrow(StoreUnavailableError);
        await expect(store.writeTogether([store.settings.removing("1")])).rejects.toThrow(
          StoreUnavailableError,
        );
        const deleting = store.deletion.forgetMember("12", "everywhere", 1);
        await expect(deleting).rejects.toThrow(StoreUnavailableError);
      }
      expect(store.health.available).toBe(false);
      await server.start();
      await waitFor(() => store.health.available || undefined, "the recovery");
      expect(told).toEqual([
        expect.stringMatching(/check that the PostgreSQL server of STORE_URL runs/),
        "recovered",
      ]);
      expect(await store.settings.get("1")).toEqual({ questionsPerDay: 1 });
      await store.settings.set("1", { questionsPerDay: 2 });
    },
  );

  it("for a moment, connection by connection, is not noticed by those who read and write", async () => {
    let broken = 0;
    for (let count = 0; broken < 10; count++) {
      const writing = ["1", "2", "3", "4"].map(async (key) => {
        await store.settings.set(key, { questionsPerDay: count });
        expect(await store.settings.get(key)).toEqual({ questionsPerDay: count });
      });
      if ((await server.terminateBackends()) > 0) broken++;
      await Promise.all(writing);
    }
    expect(told).toEqual([]);
  });

  it("hears of deletions again once it is connected again", async () => {
    const other = await openStore(server.url, () => undefined);
    await server.terminateBackends();
    await other.deletion.forgetMember("77", "everywhere", 5);
    const newest = other.tombstones.lifeOf({ guildId: "1", memberId: "77" });
    await waitFor(
      () => store.tombstones.lifeOf({ guildId: "1", memberId: "1" }) === newest || undefined,
      "the news",
    );
    await other.close();
  });

  it("that is read-only, as a standby, is an outage", async () => {
    const name = new URL(server.url).pathname.slice(1);
    await server.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await server.terminateBackends();
    await expect(store.settings.set("1", {})).rejects.toThrow(StoreUnavailableError);
    expect(await store.settings.get("1")).toBeDefined();
    await server.query(
      `BEGIN READ WRITE; ALTER DATABASE ${name} RESET default_transaction_read_only; COMMIT`,
    );
    await server.terminateBackends();
    await waitFor(() => store.health.available || undefined, "the recovery");
  });
});

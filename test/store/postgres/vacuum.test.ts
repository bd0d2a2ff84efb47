import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Vacuum } from "../../../src/store/postgres/vacuum.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";
import { waitFor } from "../../support/wait-for.js";

describe("the vacuum after deletions", () => {
  let database: TemporaryPostgres;
  let store: Store;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    store = await openStore(database.url, raise);
    await store.settings.set("1", { questionsPerDay: 3 });
    await store.settings.delete("1");
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  it("runs once for several that follow each other, and again for a later one", async () => {
    const vacuum = new Vacuum(database.url, raise, { firstMs: 20, nextMs: 20 });
    for (let n = 0; n < 5; n++) vacuum.ask();
    await waitFor(async () => (await count()) === 1 || undefined, "the first vacuum");
    vacuum.ask();
    await waitFor(async () => (await count()) === 2 || undefined, "the second vacuum");
    await vacuum.stop();
  });

  it("ends with the store, also before it began, and then does nothing", async () => {
    const vacuum = new Vacuum(database.url, raise, { firstMs: 60_000, nextMs: 60_000 });
    vacuum.ask();
    await vacuum.stop();
    vacuum.ask();
    expect(await count()).toBe(0);
  });

  it("ends with the store also while it is about to connect", async () => {
    const slow = await startSlowProxy(database.url);
    const blocker = new pg.Client(database.url);
    await blocker.connect();
    await blocker.query("BEGIN; LOCK TABLE attune IN ACCESS EXCLUSIVE MODE");
    const vacuum = new Vacuum(slow.url, raise, { firstMs: 0, nextMs: 0 });
    vacuum.ask();
    await slow.connecting;
    const startedAt = performance.now();
    await vacuum.stop();
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await blocker.end();
    slow.close();
  });

  async function count(): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      "SELECT vacuum_count::int AS count FROM pg_stat_user_tables WHERE relname = 'attune'",
    );
    return row!.count;
  }
});

/** Lets a client wait before it is connected to the server. */
async function startSlowProxy(serverUrl: string) {
  const target = new URL(serverUrl);
  const proxy = createServer(async (client) => {
    client.pause().on("error", () => undefined);
    await sleep(500);
    const server = connect(Number(target.port), target.hostname);
    client.pipe(server.on("error", () => undefined)).pipe(client);
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = new URL(serverUrl);
  url.port = String((proxy.address() as AddressInfo).port);
  return { url: url.href, connecting: once(proxy, "connection"), close: () => proxy.close() };
}

function raise(error: unknown): never {
  throw error;
}

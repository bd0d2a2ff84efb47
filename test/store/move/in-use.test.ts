import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMoveEnd } from "../../../src/store/move/open-move-end.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { StoreInUseError, StoreUnavailableError } from "../../../src/store/store-error.js";
import { type CuttingProxy, startCuttingProxy } from "../../support/postgres/cutting-proxy.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";
import { waitFor } from "../../support/wait-for.js";

/** The connection that listens holds nothing else, and is the first. */
const END_LISTENING = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
  ORDER BY backend_start LIMIT 1`;

describe("a bot whose connections break while a move begins", () => {
  let database: TemporaryPostgres;
  let proxy: CuttingProxy;
  let bot: Store;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    proxy = await startCuttingProxy(database.url);
    bot = await openStore(proxy.url, () => undefined, { alone: true });
    await bot.settings.set("1", { questionsPerDay: 1 });
  });
  afterEach(async () => {
    await bot.close();
    proxy.close();
    await database.remove();
  });

  it("is still seen to use the store when the one that listens is gone", async () => {
    proxy.away();
    expect(await database.query(END_LISTENING)).toHaveLength(1);
    await expect(openMoveEnd(database.url, false)).rejects.toThrow(StoreInUseError);
    await bot.settings.set("1", { questionsPerDay: 2 });
    await expect(openMoveEnd(database.url, false)).rejects.toThrow(StoreInUseError);
  });

  it("writes nothing until the move is over, when all of them are gone", async () => {
    proxy.away();
    expect(await database.terminateBackends()).toBeGreaterThan(1);
    const end = await openMoveEnd(database.url, false);
    proxy.back();
    await expect(bot.settings.set("1", { questionsPerDay: 2 })).rejects.toThrow(
      StoreUnavailableError,
    );
    await expect(bot.settings.get("1")).rejects.toThrow(StoreUnavailableError);
    await end.close();
    await waitFor(() => bot.health.available || undefined, "the recovery");
    expect(await bot.settings.get("1")).toEqual({ questionsPerDay: 1 });
    await bot.settings.set("1", { questionsPerDay: 2 });
  });
});

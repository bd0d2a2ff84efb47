import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SCHEMAS } from "../../src/store/record-schemas.js";
import type { SettingsRecord } from "../../src/store/records.js";
import { Repository } from "../../src/store/repository.js";
import { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import { type Database, TABLE } from "../../src/store/sqlite/database.js";
import { migrate } from "../../src/store/sqlite/schema.js";
import { StoreUnavailableError } from "../../src/store/store-error.js";
import { StoreHealth, writeTogether } from "../../src/store/store-health.js";
import { waitFor } from "../support/wait-for.js";

describe("a store that can't be written for a while", () => {
  let folder: string;
  let adapter: BatchedSqlite;
  let database: Database;
  let health: StoreHealth;
  let settings: Repository<SettingsRecord>;
  const told: string[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    adapter = await BatchedSqlite.open(`sqlite://${join(folder, "a.sqlite")}`);
    database = adapter.writer;
    await migrate(database, { backUp: async () => "", onStep: () => undefined });
    health = new StoreHealth(adapter, 20);
    told.length = 0;
    health.listen({
      onOutage: ({ message }) => told.push(message),
      onRecovery: () => told.push("recovered"),
    });
    const schema = SCHEMAS.settings;
    const onError = () => undefined;
    settings = new Repository({ engine: adapter, namespace: "settings", schema, health, onError });
    await settings.set("1", { questionsPerDay: 3 });
  });
  afterEach(async () => {
    health.stop();
    await adapter.disconnect();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["read-only", "PRAGMA query_only = 1", "PRAGMA query_only = 0"],
    ["full", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"],
  ])(
    "says so once where it is %s, is read meanwhile, and recovers by itself",
    async (_what, end, begin) => {
      await database.all(end);
      const large = { language: "x".repeat(100_000) };
      for (let attempt = 0; attempt < 3; attempt++) {
        await expect(settings.set("2", large)).rejects.toThrow(StoreUnavailableError);
        const together = writeTogether(adapter, health, [settings.putting("2", large)]);
        await expect(together).rejects.toThrow(StoreUnavailableError);
      }
      expect(told).toEqual([expect.stringMatching(/check free disk space, the permissions/)]);
      expect(await settings.get("1")).toEqual({ questionsPerDay: 3 });
      await database.all(begin);
      await waitFor(() => health.available || undefined, "the recovery");
      expect(told.slice(1)).toEqual(["recovered"]);
      await settings.set("2", large);
      expect(await settings.get("2")).toEqual(large);
      expect(await database.all(`SELECT 1 FROM ${TABLE} WHERE key = 'trial'`)).toEqual([]);
    },
  );
});

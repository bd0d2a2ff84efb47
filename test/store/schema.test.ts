import { mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/sqlite/database.js";
import type { Migration } from "../../src/store/sqlite/migrations/migration.js";
import { MIGRATIONS, migrate, schemaVersion } from "../../src/store/sqlite/schema.js";
import { openStore, type Store } from "../../src/store/store.js";
import { NewerStoreError } from "../../src/store/store-error.js";
import { lowerTriangleFromText, numbersFromText } from "../../src/store/vector-text.js";

describe("the version of a store", () => {
  let folder: string;
  let file: string;
  let store: Store | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    file = join(folder, "attune.sqlite");
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it("is the newest one in a new store, for which nothing is backed up", async () => {
    await (await open()).close();
    expect(await versionOf(file)).toBe(MIGRATIONS.length);
    expect(backups()).toEqual([]);
  });

  it("is raised in an older store: its profiles are the same, to the last bit, and the rest untouched", async () => {
    const rank = 7;
    const [old] = fc.sample(oldProfile(rank), { numRuns: 1, seed: 5 });
    const settings = { questionsPerDay: 3 };
    await writeVersion0({ "profile:1:2": old!, "settings:1": settings });
    store = await open();
    const profile = (await store.profiles.get("1:2"))!;
    expect([...numbersFromText(profile.weights)]).toEqual(old!.weights);
    expect([...lowerTriangleFromText(profile.cholesky, rank)]).toEqual(old!.cholesky);
    expect(profile).toMatchObject({ votes: 4, modelVersion: "starter", stale: false });
    expect(await store.settings.get("1")).toEqual(settings);
    expect(await versionOf(file)).toBe(MIGRATIONS.length);
  });

  it("is raised over more profiles than are read at once", async () => {
    const records = fc.sample(oldProfile(2), { numRuns: 1203, seed: 1 });
    await writeVersion0(
      Object.fromEntries(records.map((record, at) => [`profile:1:${at}`, record])),
    );
    store = await open();
    for (const [at, { weights }] of records.entries()) {
      const profile = (await store.profiles.get(`1:${at}`))!;
      expect([...numbersFromText(profile.weights)]).toEqual(weights);
    }
  });

  it("leaves a damaged profile to be refitted", async () => {
    await writeVersion0({ "profile:1:2": { weights: "gone" } });
    store = await openStore(`sqlite://${file}`, () => undefined);
    expect(await store.profiles.get("1:2")).toMatchObject({ stale: true });
  });

  it("has a backup before each step, which is the store as it was", async () => {
    const [old] = fc.sample(oldProfile(3), { numRuns: 1, seed: 2 });
    await writeVersion0({ "profile:1:2": old! });
    store = await open();
    expect(backups()).toHaveLength(MIGRATIONS.length);
    for (const [version, backup] of backups().entries()) {
      expect(await versionOf(join(folder, backup))).toBe(version);
    }
    const before = await openDatabase(join(folder, backups()[0]!), "read", 0);
    const [row] = await before.all<{ value: string }>("SELECT value FROM attune");
    await before.close();
    expect(JSON.parse(row!.value)).toEqual({ value: old });
  });

  it("rises step by step, and stays where a step fails", async () => {
    await writeVersion0({ "settings:1": {} });
    const database = await openDatabase(file, "write", 0);
    const sql = (statement: string): Migration => ({
      name: statement,
      apply: async (one) => void (await one.all(statement)),
    });
    const steps: string[] = [];
    const migrations = [
      sql("INSERT INTO attune VALUES ('settings:2', '2')"),
      sql("UPDATE attune SET value = value || value WHERE key = 'settings:2'"),
      { ...sql("INSERT INTO attune VALUES ('settings:3', '3')"), apply: failing },
    ];
    const parts = {
      migrations,
      backUp: async (from: number) => `backup of ${from}`,
      onStep: ({ from, to, backup }: { from: number; to: number; backup?: string }) =>
        void steps.push(`${from} to ${to}, ${backup}`),
    };
    await expect(migrate(database, parts)).rejects.toThrow("out of luck");
    expect(steps).toEqual(["0 to 1, backup of 0", "1 to 2, backup of 1"]);
    expect(await schemaVersion(database)).toBe(2);
    const rows = await database.all("SELECT key, value FROM attune WHERE key > 'settings:1'");
    expect(rows).toEqual([{ key: "settings:2", value: "22" }]);
    await database.close();
  });

  it("is refused where it is newer than the program, which says what to do", async () => {
    const newer = await openDatabase(file, "create", 0);
    await newer.all(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    await newer.close();
    await expect(open()).rejects.toThrow(NewerStoreError);
    await expect(open()).rejects.toThrow(/update Attune, or restore a backup/);
    expect(await versionOf(file)).toBe(MIGRATIONS.length + 1);
  });

  it("leaves its backups for thirty days, since they hold what may have been deleted", async () => {
    await writeVersion0({ "settings:1": {} });
    await (await open()).close();
    const old = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
    utimesSync(join(folder, backups()[0]!), old, old);
    store = await openStore(`sqlite://${file}`, raise, { alone: true });
    expect(backups()).toHaveLength(MIGRATIONS.length - 1);
  });

  function open(): Promise<Store> {
    return openStore(`sqlite://${file}`, raise);
  }

  function backups(): string[] {
    return readdirSync(folder)
      .filter((name) => name.includes(".before-version-"))
      .sort();
  }

  async function writeVersion0(records: Record<string, unknown>): Promise<void> {
    const database = await openDatabase(file, "create", 0);
    await database.all("CREATE TABLE attune(key VARCHAR(255) PRIMARY KEY, value TEXT )");
    await database.all("BEGIN");
    for (const [key, value] of Object.entries(records)) {
      await database.all("INSERT INTO attune VALUES (?, ?)", key, JSON.stringify({ value }));
    }
    await database.all("COMMIT");
    await database.close();
  }
});

/** As profiles were stored before there were versions. */
function oldProfile(rank: number) {
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    // JSON has no minus zero.
    .map((value) => value + 0);
  return fc
    .tuple(
      fc.array(number, { minLength: rank, maxLength: rank }),
      fc.array(number, { minLength: rank * rank, maxLength: rank * rank }),
    )
    .map(([weights, square]) => ({
      weights,
      cholesky: square.map((value, at) => (at % rank > Math.floor(at / rank) ? 0 : value)),
      votes: 4,
      modelVersion: "starter",
      stale: false,
      updatedAt: 1,
    }));
}

async function versionOf(path: string): Promise<number> {
  const database = await openDatabase(path, "read", 0);
  const version = await schemaVersion(database);
  await database.close();
  return version;
}

async function failing(): Promise<void> {
  throw new Error("out of luck");
}

function raise(error: unknown): never {
  throw error;
}

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/sqlite/database.js";
import { openStore, type Store } from "../../src/store/store.js";
import { runProgram } from "../support/run-program.js";

describe("npm run store", () => {
  let folder: string;
  let url: string;
  let store: Store;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    url = `sqlite://${join(folder, "attune.sqlite")}`;
    store = await openStore(url, raise, { alone: true });
    await store.settings.set("1", { questionsPerDay: 3 });
    await store.usage.set("2026-01-31", { requests: 1, inputTokens: 2, outputTokens: 3 });
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("counts the records beside a running bot, and ends with 0 where all are whole", async () => {
    const { code, output } = await run("check");
    expect(output).toMatch(/settings: 1\n {2}usage: 1\nNo damage found\./);
    expect(code).toBe(0);
  });

  it("names every damaged record, and ends with 1", async () => {
    await spoil("settings:1", "half a rec");
    await spoil("usage:2026-01-31", JSON.stringify({ value: { requests: "many" } }));
    const { code, output } = await run("check");
    expect(output).toMatch(/Damaged record: settings:1\nDamaged record: usage:2026-01-31/);
    expect(code).toBe(1);
  });

  it("copies the store while it is written to, and puts the copy back, keeping what it replaces", async () => {
    const copy = join(folder, "copy.sqlite");
    const writes = Array.from({ length: 300 }, (_, at) => store.settings.set(`${at + 10}`, {}));
    expect((await run("backup", copy)).code).toBe(0);
    await Promise.all(writes);
    await store.settings.set("1", { questionsPerDay: 9 });
    const refused = await run("restore", copy);
    expect(refused.errors).toMatch(/Another bot or playground is using/);
    expect(refused.code).toBe(1);
    await store.close();
    expect((await run("restore", copy)).output).toMatch(/is now in .*attune\.sqlite\.replaced-/);
    store = await openStore(url, raise, { alone: true });
    expect(await store.settings.get("1")).toEqual({ questionsPerDay: 3 });
    const replaced = readdirSync(folder).find((name) => name.includes(".replaced-"))!;
    const before = await openStore(`sqlite://${join(folder, replaced)}`, raise);
    expect(await before.settings.get("1")).toEqual({ questionsPerDay: 9 });
    await before.close();
  });

  it("restores nothing that is damaged, no store, or newer than the program", async () => {
    await store.close();
    const letter = join(folder, "letter.sqlite");
    writeFileSync(letter, "this is a letter to my aunt ".repeat(100));
    const other = join(folder, "other.sqlite");
    const database = await openDatabase(other, "create", 0);
    await database.all("CREATE TABLE recipes(name)");
    await database.close();
    for (const [file, reason] of [
      [letter, /can't be read/],
      [other, /not a store of Attune/],
      [join(folder, "missing.sqlite"), /There is no file/],
    ] as const) {
      const { code, errors } = await run("restore", file);
      expect(errors).toMatch(reason);
      expect(code).toBe(1);
    }
    store = await openStore(url, raise, { alone: true });
    expect(await store.settings.get("1")).toEqual({ questionsPerDay: 3 });
  });

  it("puts a backup in the place of a store that is damaged beyond reading", async () => {
    const copy = join(folder, "copy.sqlite");
    await run("backup", copy);
    await store.close();
    writeFileSync(join(folder, "attune.sqlite"), "x".repeat(10_000));
    await expect(openStore(url, () => undefined)).rejects.toThrow(/npm run store -- check/);
    expect((await run("check")).code).toBe(1);
    expect((await run("restore", copy)).code).toBe(0);
    store = await openStore(url, raise, { alone: true });
    expect(await store.settings.get("1")).toEqual({ questionsPerDay: 3 });
  });

  function run(...parameters: string[]) {
    return runProgram("src/cli/store.js", parameters, { STORE_URL: url });
  }

  async function spoil(key: string, value: string): Promise<void> {
    const database = await openDatabase(join(folder, "attune.sqlite"), "write", 5000);
    await database.all("UPDATE attune SET value = ? WHERE key = ?", value, key);
    await database.close();
  }
});

function raise(error: unknown): never {
  throw error;
}

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/sqlite/database.js";
import { openStore } from "../../src/store/store.js";
import { StoreError } from "../../src/store/store-error.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

describe("the store", () => {
  let temporary: TemporaryStore | undefined;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    await temporary?.remove();
    temporary = undefined;
  });

  it("creates its folder and keeps a record over a restart", async () => {
    temporary = await createTemporaryStore();
    await temporary.store.settings.set("42", { questionsPerDay: 3 });
    const reopened = await temporary.reopen();
    expect(await reopened.settings.get("42")).toEqual({ questionsPerDay: 3 });
  });

  it("writes ahead to a log, so that reads go on beside a write", async () => {
    temporary = await createTemporaryStore();
    await temporary.store.settings.set("42", {});
    const file = temporary.url.replace("sqlite://", "");
    expect(existsSync(`${file}-wal`)).toBe(true);
    expect(readFileSync(file).subarray(18, 20)).toEqual(Buffer.from([2, 2]));
  });

  it("scans the records of one member in order, page by page, and nobody else's", async () => {
    temporary = await createTemporaryStore();
    const { settings } = temporary.store;
    const own = Array.from({ length: 1203 }, (_, at) => `7:1:${String(at).padStart(6, "0")}`);
    await Promise.all(own.map((key, at) => settings.set(key, { questionsPerDay: at })));
    await settings.set("7:10:000000", {});
    await settings.set("7:2:000000", {});
    const seen: string[] = [];
    for await (const [key] of settings.entries("7:1:")) seen.push(key);
    expect(seen).toEqual(own);
  });

  it("scans the records of one member backwards, however small the pages are", async () => {
    temporary = await createTemporaryStore();
    const { settings } = temporary.store;
    const own = Array.from({ length: 7 }, (_, at) => `7:1:${at}`);
    for (const key of [...own, "7:10:0", "7:0:9"]) await settings.set(key, {});
    for (const page of [1, 2, 7, 100]) {
      const seen: string[] = [];
      for await (const [key] of settings.entriesBackwards("7:1:", page)) seen.push(key);
      expect(seen).toEqual([...own].reverse());
    }
  });

  it("counts the records of each member, and finds each member once", async () => {
    temporary = await createTemporaryStore();
    const { questions, settings } = temporary.store;
    for (const key of ["7:1:a", "7:1:b", "7:10:a", "7:2:a", "8:1:a"]) await settings.set(key, {});
    await questions.set("9:9:a", { day: "", count: 0, since: 0 });
    const beginnings: string[] = [];
    for await (const beginning of settings.beginnings(2)) beginnings.push(beginning);
    expect(beginnings).toEqual(["7:10:", "7:1:", "7:2:", "8:1:"]);
    expect(await Promise.all(beginnings.map((own) => settings.count(own)))).toEqual([1, 2, 1, 1]);
    expect(await settings.count()).toBe(5);
  });

  it("deletes many records at once and keeps the others", async () => {
    temporary = await createTemporaryStore();
    const { settings } = temporary.store;
    for (const key of ["1", "2", "3"]) await settings.set(key, {});
    await settings.deleteMany(["1", "3", "9"]);
    expect(await settings.get("1")).toBeUndefined();
    expect(await settings.get("2")).toEqual({});
  });

  it("does several writes and removals at once: all of them or none", async () => {
    temporary = await createTemporaryStore();
    const { settings, writeTogether } = temporary.store;
    await settings.set("1", {});
    const together = [settings.removing("1"), settings.putting("2", { questionsPerDay: 2 })];
    const database = await openDatabase(temporary.url.replace("sqlite://", ""), "write", 5000);
    await database.all(
      "CREATE TRIGGER refusal BEFORE INSERT ON attune WHEN NEW.key = 'settings:3' BEGIN SELECT RAISE(ABORT, 'refused'); END",
    );
    await database.close();
    const refused = writeTogether([...together, settings.putting("3", {})]);
    await expect(refused).rejects.toThrow(StoreError);
    expect(await settings.get("1")).toEqual({});
    expect(await settings.get("2")).toBeUndefined();
    await writeTogether([...together, settings.putting("4", {}), settings.removing("4")]);
    expect(await settings.get("1")).toBeUndefined();
    expect(await settings.get("2")).toEqual({ questionsPerDay: 2 });
    expect(await settings.get("4")).toBeUndefined();
  });

  it("says what to check when the file can't be opened", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const opening = openStore(`sqlite://${file}/inside.sqlite`, () => undefined);
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.toThrow(/STORE_URL/);
  });

  it("refuses a file that is no database", async () => {
    const file = join(folder, "file.sqlite");
    writeFileSync(file, "this is a letter to my aunt and no database at all ".repeat(40));
    await expect(openStore(`sqlite://${file}`, () => undefined)).rejects.toThrow(StoreError);
  });
});

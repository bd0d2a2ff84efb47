import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeStore } from "../../../src/lab/bench/store/make-store.js";
import { checkStore } from "../../../src/store/sqlite/check.js";
import { openDatabase } from "../../../src/store/sqlite/database.js";
import { openStore } from "../../../src/store/store.js";

const run = promisify(execFile);
const BENCH = join("dist", "src", "lab", "bench", "main.js");
const SIZE = { members: 300, comparisons: 1_000 };

describe("a large store", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "attune-large-"));
    file = join(folder, "store.sqlite");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("made in bulk is a whole store, and the same as one that was written record by record", async () => {
    await makeStore(file, SIZE, () => undefined);
    const empty = join(folder, "empty.sqlite");
    await (await openStore(`sqlite://${empty}`, raise)).close();
    expect(await schemaOf(file)).toEqual(await schemaOf(empty));
    const database = await openDatabase(file, "read", 0);
    const check = await checkStore(database);
    await database.close();
    expect(check).toMatchObject({ complaints: [], damagedKeys: [] });
    expect(Object.fromEntries(check.counts)).toEqual({
      ballot: 10,
      comparison: 1_000,
      consent: 300,
      profile: 300,
      questions: 300,
    });
  });

  it("is measured, and left where it was asked for", async () => {
    const json = join(folder, "results.json");
    const sizes = ["--members", "300", "--comparisons", "1000"];
    const files = ["--file", file, "--json", json];
    await run(process.execPath, [BENCH, "--only", "large-store", ...sizes, ...files]);
    const { bytes, timings } = JSON.parse(await readFile(json, "utf8"));
    expect(existsSync(file)).toBe(true);
    expect(bytes).toBeGreaterThan(100_000);
    expect(timings.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["open", "vote", "undo", "status", "export", "delete", "erase"]),
    );
    for (const { median, maximum } of timings) expect(maximum).toBeGreaterThanOrEqual(median);
  });

  it("needs a size that makes sense", async () => {
    const failing = run(process.execPath, [BENCH, "--only", "large-store", "--members", "0"]);
    await expect(failing).rejects.toMatchObject({ stderr: expect.stringMatching(/whole number/) });
  });
});

function raise(error: unknown): never {
  throw error;
}

async function schemaOf(path: string): Promise<unknown> {
  const database = await openDatabase(path, "read", 0);
  const parts = await database.all("SELECT type, name, sql FROM sqlite_schema ORDER BY name");
  const version = await database.all("PRAGMA user_version");
  await database.close();
  return { parts, version };
}

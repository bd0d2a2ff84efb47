import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { permitFor } from "../../../src/store/condition.js";
import { move } from "../../../src/store/move/move.js";
import type { MoveEnd } from "../../../src/store/move/move-end.js";
import { openMoveEnd, openMoveEnds } from "../../../src/store/move/open-move-end.js";
import { sumsOf } from "../../../src/store/move/sums.js";
import { openDatabase, pathOfStore, TABLE } from "../../../src/store/sqlite/database.js";
import { openStore } from "../../../src/store/store.js";
import { StoreError, StoreInUseError } from "../../../src/store/store-error.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";

const MEMBER = { guildId: "900", memberId: "12" };

describe("moving a store", () => {
  let folder: string;
  let file: string;
  let database: TemporaryPostgres;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    file = `sqlite://${join(folder, "attune.sqlite")}`;
    database = await createTemporaryPostgres();
    await plant(file);
  });
  afterEach(async () => {
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("to PostgreSQL and back carries every byte, and every deletion", async () => {
    const before = await sums(file);
    const { sums: moved, tombstones } = await moving(file, database.url);
    expect(moved).toEqual(before);
    expect(tombstones).toBe(2);
    const store = await openStore(database.url, () => undefined, { alone: true });
    expect(await store.deletion.lastTime(MEMBER)).toBe(50);
    expect(await store.settings.get("ä")).toEqual({ questionsPerDay: 7 });
    const permit = permitFor(store.tombstones, MEMBER, "nothing");
    await store.deletion.forgetMember(MEMBER.memberId, "everywhere", 60);
    expect(await store.writeTogether([store.settings.putting("1", {})], permit)).toBe(false);
    await store.close();
    const back = `sqlite://${join(folder, "back", "attune.sqlite")}`;
    await moving(database.url, back);
    expect(await sums(back)).toEqual(await sums(database.url));
    const again = await openStore(back, () => undefined, { alone: true });
    expect(await again.deletion.lastTime(MEMBER)).toBe(60);
    await again.close();
  });

  it("goes on where it was broken off, wherever that was, also when the old store changed meanwhile", async () => {
    for (let steps = 1; ; steps++) {
      const target = `sqlite://${join(folder, `target-${steps}`, "attune.sqlite")}`;
      const isDone = await moving(file, target, steps).then(
        () => true,
        (error: Error) => {
          expect(error.message).toBe("broken off");
          return false;
        },
      );
      if (isDone) break;
      if (steps > 4)
        await expect(openStore(target, () => undefined)).rejects.toThrow(/partly there/);
      if (steps % 2 === 0) await change(file, steps);
      await moving(file, target);
      expect(await sums(target)).toEqual(await sums(file));
      await (await openStore(target, () => undefined)).close();
    }
  });

  it("to PostgreSQL goes on too", async () => {
    for (const steps of [6, 7, 9]) {
      await moving(file, database.url, steps).catch(() => undefined);
      await expect(openStore(database.url, () => undefined)).rejects.toThrow(/partly there/);
    }
    await change(file, 1);
    const { resumed } = await moving(file, database.url);
    expect(resumed).toBe(true);
    expect(await sums(database.url)).toEqual(await sums(file));
  });

  it("waits for nobody: a store in use at either end is refused", async () => {
    const bot = await openStore(file, () => undefined, { alone: true });
    await expect(moving(file, database.url)).rejects.toThrow(StoreInUseError);
    await bot.close();
    const other = await openStore(database.url, () => undefined, { alone: true });
    await expect(moving(file, database.url)).rejects.toThrow(StoreInUseError);
    await expect(moving(file, database.url)).rejects.toThrow(/stop all of them first/);
    await other.close();
    const source = await openMoveEnd(database.url, true);
    const starting = openStore(database.url, () => undefined, { alone: true });
    await expect(starting).rejects.toThrow(/is being moved/);
    await source.close();
  });

  it.each([
    [
      "a target with records",
      /has records or deletions of its own/,
      () => plant(elsewhere()).then(() => elsewhere()),
    ],
    ["the place where it is", /two different ones/, async () => file],
    [
      "a database that is not there",
      /CREATE DATABASE/,
      async () => database.url.replace(/[^/]+$/, "nowhere"),
    ],
  ])("refuses %s", async (_what, message, target) => {
    const url = await target();
    await expect(moving(file, url)).rejects.toThrow(StoreError);
    await expect(moving(file, url)).rejects.toThrow(message);
  });

  it.each([
    ["a file", "sqlite:///tmp/attune-no-such-file.sqlite", /There is no file/],
    ["a store in the database", undefined, /no store in postgres:/],
  ])("says that there is not %s to move", async (_what, source, message) => {
    await expect(moving(source ?? database.url, elsewhere())).rejects.toThrow(message);
  });

  it("does not mix two moves", async () => {
    const second = `sqlite://${join(folder, "second.sqlite")}`;
    await plant(second);
    await moving(file, database.url, 8).catch(() => undefined);
    await expect(moving(second, database.url)).rejects.toThrow(/move of another store/);
    await expect(moving(database.url, elsewhere())).rejects.toThrow(/itself only partly there/);
  });

  function elsewhere(): string {
    return `sqlite://${join(folder, "elsewhere", "attune.sqlite")}`;
  }
});

/** Breaks off at the step `until`: a read or a write of either end, as a kill would. */
async function moving(from: string, to: string, until = Number.POSITIVE_INFINITY) {
  let steps = 0;
  const ends = await openMoveEnds(from, to);
  const step = () => {
    if (++steps > until) throw new Error("broken off");
  };
  try {
    return await move(watched(ends.from, step), watched(ends.to, step));
  } finally {
    await ends.close();
  }
}

function watched(end: MoveEnd, step: () => void): MoveEnd {
  return new Proxy(end, {
    get: (target, name: keyof MoveEnd) => {
      const method: unknown = target[name];
      if (typeof method !== "function") return method;
      return async (...parameters: unknown[]) => {
        step();
        return method.apply(target, parameters);
      };
    },
  });
}

async function sums(url: string) {
  const end = await openMoveEnd(url, false);
  const found = await sumsOf(end);
  await end.close();
  return found;
}

/** A few pages of records, damaged ones among them, and two deletions. */
async function plant(url: string): Promise<void> {
  const store = await openStore(url, () => undefined, { alone: true });
  await store.consents.set("12:900", { state: "granted", pooled: false, at: 1 });
  await store.deletion.forgetMember(MEMBER.memberId, "everywhere", 50);
  await store.deletion.forgetGuild("901", [], 40);
  const writes = Array.from({ length: 1_700 }, (_, at) => ({
    key: `comparison:9${at % 3}:${at % 50}:${String(at).padStart(5, "0")}`,
    text: JSON.stringify({ value: { at, source: "chat", text: "ä\u{1f600}\0" } }),
  }));
  await store.writeTogether(writes);
  await store.settings.set("ä", { questionsPerDay: 7 });
  await store.settings.set("z", { questionsPerDay: 1 });
  await store.close();
  const raw = await openDatabase(pathOfStore(url), "write", 5_000);
  const damaged: [string, unknown][] = [
    ["ballot:1", Buffer.from([0xff, 0, 1])],
    ["ballot:2", "{"],
    ["profile:1:2", ""],
    ["reply:\u{1f600}", "no JSON ä"],
    ["reply:\uffff", '{"value":{"guildId":"1","memberId":"2","expiresAt":1e400}}'],
  ];
  const sql = `INSERT INTO ${TABLE} (key, value) VALUES (?, ?)`;
  for (const row of damaged) await raw.all(sql, ...row);
  await raw.all(`INSERT INTO ${TABLE} (key, value) VALUES ('reply:zero', 'a' || char(0) || 'b')`);
  await raw.all(`INSERT INTO ${TABLE} (key, value) VALUES ('reply:odd', CAST(x'ff41' AS TEXT))`);
  await raw.close();
}

/** As a bot does that ran on the old store meanwhile. */
async function change(url: string, step: number): Promise<void> {
  const store = await openStore(url, () => undefined, { alone: true });
  await store.writeTogether([
    { key: "comparison:90:0:00000", text: JSON.stringify({ value: step }) },
    { key: "comparison:90:0:00000a", text: JSON.stringify({ value: step }) },
    { key: `comparison:91:1:0${step}`, text: null },
    { key: "comparison:91:1:00001", text: null },
  ]);
  await store.deletion.forgetMember(String(step), "everywhere", 70);
  await store.close();
}

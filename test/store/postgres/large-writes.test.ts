/** Much that is written or deleted at a time, while the table is vacuumed. */
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { changeRecord } from "../../../src/store/change-record.js";
import { recordIn, type TextOf } from "../../../src/store/condition.js";
import { openStore, type Store } from "../../../src/store/store.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../../support/postgres.js";

let database: TemporaryPostgres;
let store: Store;
let vacuuming: pg.Client;
beforeEach(async () => {
  database = await createTemporaryPostgres();
  store = await openStore(database.url, () => undefined);
  vacuuming = new pg.Client(database.url);
  await vacuuming.connect();
  // What VACUUM holds for as long as it takes.
  await vacuuming.query("BEGIN; LOCK TABLE attune IN SHARE UPDATE EXCLUSIVE MODE");
});
afterEach(async () => {
  await vacuuming.end();
  await store.close();
  await database.remove();
});

it("does not wait for the vacuum, and nobody for it, where many records are deleted", async () => {
  const keys = Array.from({ length: 1_200 }, (_, at) => `2026-01-01:${at}`);
  await store.dayCounts.set(keys.at(-1)!, { messages: 1, ballots: 0, tokens: 0 });
  await store.dayCounts.deleteMany(keys);
  expect(await store.dayCounts.count()).toBe(0);
});

it("does not wait for it where a write depends on many records, and is done before or after others", async () => {
  const keys = Array.from({ length: 600 }, (_, at) => String(at));
  for (const key of keys.slice(0, 10)) await store.settings.set(key, { questionsPerDay: 0 });
  const full = keys.map((key) => store.settings.removing(key).key);
  const sumAt = (textOf: TextOf) =>
    full.reduce(
      (sum, key) => sum + (recordIn<"settings">(key, textOf(key))?.questionsPerDay ?? 0),
      0,
    );
  const seen: number[] = [];
  const large = async () => {
    const holds = (textOf: TextOf) => seen.push(sumAt(textOf)) > 0;
    await store.writeTogether([store.settings.putting("sum", {})], { keys: full, holds });
  };
  const other = await openStore(database.url, () => undefined);
  const small = keys.slice(0, 20).map(async (key) => {
    const repository = other.settings;
    await changeRecord({ store: other, repository, key }, (before, write) =>
      write({ questionsPerDay: (before?.questionsPerDay ?? 0) + 1 }),
    );
  });
  await Promise.all([...small, large(), large(), large()]);
  await large();
  expect(seen.at(-1)).toBe(20);
  await other.close();
});

it("does not wait for it where many write at once, each some records", async () => {
  const writing = Array.from({ length: 50 }, (_, one) =>
    store.writeTogether(
      Array.from({ length: 20 }, (_, at) => store.settings.putting(`${one}-${at}`, {})),
    ),
  );
  expect(await Promise.all(writing)).not.toContain(false);
  expect(await store.settings.count()).toBe(1_000);
});

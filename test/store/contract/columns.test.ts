import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Columns, columnsOf } from "../../../src/store/postgres/columns.js";
import { type Database, openDatabase, TABLE } from "../../../src/store/sqlite/database.js";
import { migrate } from "../../../src/store/sqlite/schema.js";

const NAMESPACES = [
  "consent",
  "profile",
  "comparison",
  "questions",
  "calibration",
  "ballot",
  "reply",
  "settings",
  "day-count",
  "",
];

const id = fc.oneof(fc.constantFrom("1", "12", "ä", "", "?"), fc.string({ maxLength: 4 }));
const key = fc
  .tuple(fc.constantFrom(...NAMESPACES), fc.array(id, { maxLength: 4 }))
  .map(([namespace, ids]) => [namespace, ...ids].join(":"))
  .filter((one) => !one.includes("\0") && one.isWellFormed());
/** What JSON.stringify writes; whole numbers as large as a time, and none that is not told from one. */
const field = fc.oneof(
  fc.constantFrom("12", "nudge", "chat", "another", "ä", "", "v1", null, true, false, [], {}),
  fc.integer({ min: -1e15, max: 1e15 }),
  fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((one) => !Number.isInteger(one)),
);
const record = fc.dictionary(
  fc.constantFrom(
    "guildId",
    "memberId",
    "channelId",
    "expiresAt",
    "modelVersion",
    "stale",
    "votes",
    "at",
    "source",
    "unposted",
  ),
  field,
);
const value = fc.oneof(
  { weight: 6, arbitrary: record.map((one) => JSON.stringify({ value: one })) },
  { weight: 1, arbitrary: field.map((one) => JSON.stringify({ value: one })) },
  { weight: 1, arbitrary: fc.constantFrom("", "{", "null", "7", "[]", '{"value":{"at":1}', "ä") },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes)) },
);

describe("the columns that are worked out for PostgreSQL", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(":memory:", "create", 1_000);
    await migrate(database, { backUp: async () => "", onStep: () => undefined });
  });
  afterAll(() => database.close());

  it("are those that SQLite derives, also of damaged records", async () => {
    const names = Object.keys(columnsOf("", ""));
    await fc.assert(
      fc.asyncProperty(key, value, async (oneKey, oneValue) => {
        await database.all(`DELETE FROM ${TABLE}`);
        await database.all(`INSERT INTO ${TABLE} (key, value) VALUES (?, ?)`, oneKey, oneValue);
        const [row] = await database.all<Record<string, unknown>>(
          `SELECT ${names.join(", ")} FROM ${TABLE}`,
        );
        expect(asSqlite(columnsOf(oneKey, oneValue))).toEqual(row);
      }),
      { seed: 1, numRuns: 1_500 },
    );
  });

  it("are all that SQLite has", async () => {
    const columns = await database.all<{ name: string }>(
      `SELECT name FROM pragma_table_xinfo('${TABLE}') WHERE hidden <> 0`,
    );
    const names = columns.map(({ name }) => name);
    expect(names.sort()).toEqual(Object.keys(columnsOf("", "")).sort());
  });
});

function asSqlite({ voteless, ...columns }: Columns): Record<string, unknown> {
  return { ...columns, voteless: voteless === null ? null : Number(voteless) };
}

/**
 * A store's file that is filled row after row, in any order, and gets its indexes once it is full: many
 * times as fast as writing through the store. Knows SQLite, no records.
 */
import { rm } from "node:fs/promises";
import { type Database, openDatabase, TABLE } from "../../../store/sqlite/database.js";
import { openStore } from "../../../store/store.js";

const BUSY_TIMEOUT_MS = 5_000;
const KEY = " PRIMARY KEY";
const KEYS = `sqlite_autoindex_${TABLE}_1`;

interface Part {
  readonly type: string;
  readonly name: string;
  /** None for what belongs to a table's declaration. */
  readonly sql: string | null;
}

/** Makes the file at `path`, which is not there yet, and fills it by `fill`; `say` is told of each step. */
export async function makeInBulk(
  path: string,
  fill: (database: Database) => Promise<void>,
  say: (step: string) => void,
): Promise<void> {
  const { parts, version } = await newStoresSchema(path);
  const database = await openDatabase(path, "create", BUSY_TIMEOUT_MS);
  try {
    // Nobody else has the file, and one that is not finished is made anew.
    for (const pragma of ["journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"]) {
      await database.all(`PRAGMA ${pragma}`);
    }
    const [table] = parts.filter(({ type }) => type === "table");
    await database.all(table!.sql!.replace(KEY, ""));
    await fill(database);
    say("index of the keys");
    await database.all(`CREATE UNIQUE INDEX keys ON ${TABLE} (key)`);
    for (const { name, type, sql } of parts) {
      if (type === "table" || sql === null) continue;
      say(`${type} ${name}`);
      await database.all(sql);
    }
    await declareKey(database, table!.sql!);
    await database.all(`PRAGMA user_version = ${version}`);
  } finally {
    await database.close();
  }
}

/** The parts of an empty store, table first. */
async function newStoresSchema(path: string) {
  const empty = `${path}.empty`;
  const store = await openStore(`sqlite://${empty}`, (error) => {
    throw error;
  });
  await store.close();
  const database = await openDatabase(empty, "read", BUSY_TIMEOUT_MS);
  try {
    const parts = await database.all<Part>(
      "SELECT type, name, sql FROM sqlite_schema ORDER BY type = 'table' DESC, rootpage",
    );
    const [row] = await database.all<{ user_version: number }>("PRAGMA user_version");
    return { parts, version: row!.user_version };
  } finally {
    await database.close();
    for (const suffix of ["", "-wal", "-shm"]) await rm(empty + suffix, { force: true });
  }
}

/** An index over a key that is declared with the table can't be made later: this is what it would be. */
async function declareKey(database: Database, tableSql: string): Promise<void> {
  await database.all("PRAGMA writable_schema = ON");
  await database.all(`UPDATE sqlite_schema SET sql = ? WHERE name = '${TABLE}'`, tableSql);
  await database.all(
    `UPDATE sqlite_schema SET name = '${KEYS}', sql = NULL WHERE type = 'index' AND name = 'keys'`,
  );
  await database.all("PRAGMA writable_schema = RESET");
}

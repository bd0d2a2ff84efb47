/** Looks through a whole store in a SQLite file: SQLite's own check, then every record. Changes nothing. */
import { checkRecords, type StoreCheck } from "../check.js";
import type { Row } from "../engine.js";
import { StoreError } from "../store-error.js";
import { type Database, TABLE } from "./database.js";
import { isOutdated, MIGRATIONS, schemaVersion } from "./schema.js";

const PAGE = 1_000;
const MOST_COMPLAINTS = 100;

/**
 * Checks a store of this program's version or an older one; the records of an older one only for
 * being whole, since its migration is still to come. Throws `NewerStoreError`, {@link StoreError}
 * for a file that is no store, and SQLite's own error if it can't be read at all.
 */
export async function checkStore(database: Database): Promise<StoreCheck> {
  const tables = await database.all("SELECT 1 FROM sqlite_master WHERE name = ?", TABLE);
  if (tables.length === 0)
    throw new StoreError(
      "This file is a database, but not a store of Attune: check the path, or STORE_URL.",
    );
  const isOld = await isOutdated(database);
  const complaints = await database.all<{ integrity_check: string }>(
    `PRAGMA integrity_check(${MOST_COMPLAINTS})`,
  );
  return {
    version: await schemaVersion(database),
    newest: MIGRATIONS.length,
    complaints: complaints
      .map((row) => row.integrity_check)
      .filter((line) => line !== "ok")
      .map((line) => `The file is damaged: ${line}`),
    ...(await checkRecords(pagesOf(database), isOld)),
  };
}

async function* pagesOf(database: Database): AsyncGenerator<readonly Row[]> {
  for (let after = ""; ; ) {
    const sql = `SELECT key, value FROM ${TABLE} WHERE key > ? ORDER BY key LIMIT ${PAGE}`;
    const rows = await database.all<Row>(sql, after);
    yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.key;
  }
}

/** Looks through a whole store: SQLite's own check, then every record. Changes nothing. */

import { type Namespace, recordOfText, SCHEMAS } from "../record-schemas.js";
import { DamagedRecordError, StoreError } from "../store-error.js";
import { type Database, TABLE } from "./database.js";
import { isOutdated, MIGRATIONS, schemaVersion } from "./schema.js";

const PAGE = 1_000;
const MOST_COMPLAINTS = 100;

export interface StoreCheck {
  readonly version: number;
  /** What SQLite says of the file; nothing if it is whole. */
  readonly complaints: readonly string[];
  /** Records by namespace. */
  readonly counts: ReadonlyMap<string, number>;
  readonly damagedKeys: readonly string[];
}

interface Row {
  readonly key: string;
  readonly value: string | null;
}

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
    complaints: complaints.map((row) => row.integrity_check).filter((line) => line !== "ok"),
    ...(await checkRecords(database, isOld)),
  };
}

/** What {@link checkStore} found, in lines, and whether all is well. */
export function checkText(check: StoreCheck): { readonly text: string; readonly whole: boolean } {
  const { version, complaints, counts, damagedKeys } = check;
  const lines = [`Version ${version} of ${MIGRATIONS.length}.`];
  for (const [namespace, count] of counts) lines.push(`  ${namespace}: ${count}`);
  for (const complaint of complaints) lines.push(`The file is damaged: ${complaint}`);
  for (const key of damagedKeys) lines.push(`Damaged record: ${key}`);
  const whole = complaints.length === 0 && damagedKeys.length === 0;
  lines.push(
    whole
      ? "No damage found."
      : 'The bot leaves damaged records out. To get them back, stop the bot and run "npm run store -- restore FILE" with a backup.',
  );
  return { text: lines.join("\n"), whole };
}

async function checkRecords(
  database: Database,
  isOld: boolean,
): Promise<Pick<StoreCheck, "counts" | "damagedKeys">> {
  const counts = new Map<string, number>();
  const damagedKeys: string[] = [];
  for (let after = ""; ; ) {
    const sql = `SELECT key, value FROM ${TABLE} WHERE key > ? ORDER BY key LIMIT ${PAGE}`;
    const rows = await database.all<Row>(sql, after);
    for (const row of rows) {
      const namespace = row.key.slice(0, Math.max(0, row.key.indexOf(":")));
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
      if (isDamaged(row, namespace, isOld)) damagedKeys.push(row.key);
    }
    if (rows.length < PAGE) return { counts, damagedKeys };
    after = rows.at(-1)!.key;
  }
}

function isDamaged({ key, value }: Row, namespace: string, isOld: boolean): boolean {
  const schema = Object.hasOwn(SCHEMAS, namespace) ? SCHEMAS[namespace as Namespace] : undefined;
  try {
    if (schema !== undefined && !isOld) recordOfText(key, value, schema);
    else JSON.parse(value ?? "");
    return false;
  } catch (error) {
    if (error instanceof DamagedRecordError || error instanceof SyntaxError) return true;
    throw error;
  }
}

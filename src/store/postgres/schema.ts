/**
 * The tables of a store in PostgreSQL, and the way from older ones: migrations in order, all in one
 * transaction, under a lock, so that of many processes that start at once one does it.
 */
import type pg from "pg";
import { NewerStoreError, StoreError } from "../store-error.js";
import { LOCK_CLASSES, SINGLE_LOCKS } from "./locks.js";
import { MARKS } from "./transaction.js";

export const TABLE = "attune";
/** One row for each tombstone that no later one has replaced. */
export const TOMBSTONES = "attune_tombstones";
/** Facts about the store, by name: its version, and the key of the tombstones' hashes. */
export const FACTS = "attune_facts";

/** Statements that lead from version v, its place here, to v + 1. Only ever add at the end. */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    // Bytes are for a damaged record that is no text.
    `CREATE TABLE ${TABLE} (
      key text COLLATE "C" PRIMARY KEY,
      value text COLLATE "C",
      bytes bytea,
      member text COLLATE "C",
      guild text COLLATE "C",
      channel text COLLATE "C",
      state text COLLATE "C",
      expires double precision,
      version text COLLATE "C",
      voteless boolean,
      voted text COLLATE "C"
    )`,
    ...["member", "guild", "channel", "state", "expires", "version"].map(
      (column) =>
        `CREATE INDEX ${TABLE}_${column} ON ${TABLE} (${column}, key) WHERE ${column} IS NOT NULL`,
    ),
    `CREATE INDEX ${TABLE}_voteless ON ${TABLE} (key) WHERE voteless`,
    `CREATE INDEX ${TABLE}_voted ON ${TABLE} (voted) WHERE voted IS NOT NULL`,
    `CREATE TABLE ${TOMBSTONES} (
      hash text COLLATE "C" PRIMARY KEY,
      number bigint NOT NULL UNIQUE,
      at double precision NOT NULL,
      done boolean NOT NULL
    )`,
    `CREATE TABLE ${MARKS} (
      writer text PRIMARY KEY,
      token text NOT NULL,
      at timestamptz NOT NULL DEFAULT now()
    ) WITH (fillfactor = 50)`,
  ],
];

export const NEWEST_VERSION = MIGRATIONS.length;

/** Brings the store to the newest version. Throws {@link NewerStoreError} and {@link StoreError}. */
export async function bringUpToDate(client: pg.Client): Promise<void> {
  await checkEncoding(client);
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0");
    // Two processes that create a table at once disturb each other, even with IF NOT EXISTS.
    await client.query("SELECT pg_advisory_xact_lock($1, $2)", [
      LOCK_CLASSES.single,
      SINGLE_LOCKS.migration,
    ]);
    const version = await schemaVersion(client);
    checkVersion(version);
    if (version === 0) {
      await client.query(`CREATE TABLE ${FACTS} (name text PRIMARY KEY, value text NOT NULL)`);
    }
    for (const statement of MIGRATIONS.slice(version).flat()) await client.query(statement);
    if (version < NEWEST_VERSION) {
      await client.query(
        `INSERT INTO ${FACTS} VALUES ('version', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [String(NEWEST_VERSION)],
      );
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** The version of the store; 0 if there is none in this database. */
export async function schemaVersion(client: pg.Client): Promise<number> {
  const found = await client.query("SELECT 1 WHERE to_regclass($1) IS NOT NULL", [FACTS]);
  if (found.rows.length === 0) return 0;
  const { rows } = await client.query<{ value: string }>(
    `SELECT value FROM ${FACTS} WHERE name = 'version'`,
  );
  return Number(rows[0]?.value ?? 0);
}

/** Throws {@link NewerStoreError}. */
export function checkVersion(version: number): void {
  if (version <= NEWEST_VERSION) return;
  throw new NewerStoreError(
    `The store has version ${version}, and this version of Attune reads stores up to version ${NEWEST_VERSION}: update Attune, or restore a backup from before the update.`,
  );
}

/** Throws {@link StoreError} for a database that can't hold every text. */
export async function checkEncoding(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; encoding: string }>(
    "SELECT current_database() AS name, pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = current_database()",
  );
  const { name, encoding } = rows[0]!;
  if (encoding === "UTF8") return;
  throw new StoreError(
    `The database ${name} has the encoding ${encoding}, which can't hold every text: create another with "CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0", and name it in STORE_URL.`,
  );
}

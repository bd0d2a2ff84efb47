/**
 * The tombstones of a store in PostgreSQL as a file, so that a dump of before a deletion can be restored
 * and brought up to date.
 */
import type pg from "pg";
import { StoreError } from "../store-error.js";
import { indexOfLines, linesOf } from "../tombstone-lines.js";
import type { TombstoneIndex } from "../tombstones.js";
import { connectClient, createPool } from "./connection.js";
import { openingError } from "./errors.js";
import { finishDeletions } from "./finish-deletions.js";
import { lockSql, SINGLE_LOCKS } from "./locks.js";
import { MOST_CONNECTIONS, PostgresEngine } from "./postgres-engine.js";
import { bringUpToDate, FACTS, TOMBSTONES } from "./schema.js";
import { CHANNEL, NEWEST, TombstoneTable } from "./tombstone-table.js";

/** The lines of the file, and how many deletions it has. Throws {@link StoreError}. */
export function exportDeletions(url: string): Promise<{ text: string; count: number }> {
  return connected(url, async (client) => {
    const table = await TombstoneTable.open(client);
    const index = await table.index(client);
    return { text: `${linesOf(index).join("\n")}\n`, count: index.size };
  });
}

/**
 * Notes the deletions of a file that the store does not know, and does them. Returns how many there
 * were. Throws {@link StoreError} for a file that is none, or of another store.
 */
export async function importDeletions(url: string, text: string): Promise<number> {
  const index = indexOfLines(text);
  if (index === undefined) {
    throw new StoreError(
      'This is no file of deletions: name one that "npm run store -- deletions export" has made.',
    );
  }
  const count = await connected(url, async (client) => {
    await client.query(`BEGIN; ${lockSql("single", [SINGLE_LOCKS.tombstones])}`);
    try {
      const noted = await note(client, index);
      await client.query("COMMIT");
      return noted;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  });
  await doDeletions(url);
  return count;
}

async function note(client: pg.Client, index: TombstoneIndex): Promise<number> {
  const table = await TombstoneTable.open(client);
  if (!table.key.equals(index.key)) {
    if ((await table.index(client)).size > 0) {
      throw new StoreError(
        "These deletions are of another store, so they say nothing about this one: name the file of this store.",
      );
    }
    const sql = `UPDATE ${FACTS} SET value = $1 WHERE name = 'tombstone-key'`;
    await client.query(sql, [index.key.toString("base64")]);
  }
  const entries = [...index.entries()].sort(([, one], [, other]) => one.number - other.number);
  const { rows } = await client.query<{ newest: number }>(
    `WITH noted AS (
      INSERT INTO ${TOMBSTONES} (hash, number, at, done)
      SELECT hash, ${NEWEST} + place, at, false
      FROM unnest($1::text[], $2::float8[]) WITH ORDINALITY AS named (hash, at, place)
      WHERE NOT EXISTS (
        SELECT 1 FROM ${TOMBSTONES} known WHERE known.hash = named.hash AND known.at >= named.at
      )
      ON CONFLICT (hash) DO UPDATE
      SET number = excluded.number, at = excluded.at, done = excluded.done
      RETURNING number
    ), told AS (SELECT pg_notify($3, (SELECT max(number) FROM noted)::text))
    SELECT number::float8 AS newest FROM noted, told`,
    [entries.map(([hash]) => hash), entries.map(([, { at }]) => at), CHANNEL],
  );
  return rows.length;
}

async function doDeletions(url: string): Promise<void> {
  const tombstones = await connected(url, (client) => TombstoneTable.open(client));
  const pool = createPool(url, MOST_CONNECTIONS);
  const engine = new PostgresEngine(pool, tombstones);
  try {
    await finishDeletions(pool, engine, tombstones);
  } finally {
    await engine.disconnect();
  }
}

async function connected<Result>(
  url: string,
  action: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  try {
    const client = await connectClient(url);
    try {
      await bringUpToDate(client);
      return await action(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    throw openingError(url, error);
  }
}

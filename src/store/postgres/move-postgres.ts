/** A database of PostgreSQL as one end of a move. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { DELETIONS_DONE } from "../apply-tombstones.js";
import { MOVING, type MoveEnd, type RawRow } from "../move/move-end.js";
import { StoreError, StoreInUseError } from "../store-error.js";
import type { TombstoneIndex } from "../tombstones.js";
import { connectClient } from "./connection.js";
import { addressOf, openingError } from "./errors.js";
import { LOCK_CLASSES, SINGLE_LOCKS } from "./locks.js";
import { rowsOf, type StoredRow } from "./postgres-engine.js";
import { bringUpToDate, FACTS, schemaVersion, TABLE, TOMBSTONES } from "./schema.js";
import { TombstoneTable } from "./tombstone-table.js";
import { writeRows } from "./write-rows.js";

/** The tables are made if `isTarget`. Throws {@link StoreError}, and {@link StoreInUseError} while a bot uses it. */
export async function openPostgresEnd(url: string, isTarget: boolean): Promise<MoveEnd> {
  try {
    const client = await connectClient(url);
    try {
      await lockAlone(client, url);
      if (!isTarget && (await schemaVersion(client)) === 0) {
        throw new StoreError(`There is no store in ${addressOf(url)}, so nothing to move.`);
      }
      await bringUpToDate(client);
      return new PostgresEnd(client, addressOf(url));
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw openingError(url, error);
  }
}

async function lockAlone(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ mine: boolean }>(
    "SELECT pg_try_advisory_lock($1, $2) AS mine",
    [LOCK_CLASSES.single, SINGLE_LOCKS.use],
  );
  if (rows[0]!.mine) return;
  throw new StoreInUseError(
    `A bot, a playground or another move is using the store ${addressOf(url)}: stop all of them first.`,
  );
}

class PostgresEnd implements MoveEnd {
  readonly #mark = { writer: `move-${randomUUID()}`, token: "" };

  constructor(
    private readonly client: pg.Client,
    readonly address: string,
  ) {}

  async page(after: string, limit: number): Promise<RawRow[]> {
    const { rows } = await this.client.query<StoredRow>(
      `SELECT key, value, bytes FROM ${TABLE} WHERE key > $1 ORDER BY key LIMIT $2`,
      [after, limit],
    );
    return rowsOf(rows);
  }

  async last(): Promise<string> {
    const { rows } = await this.client.query<{ key: string }>(
      `SELECT key FROM ${TABLE} WHERE key <> $1 ORDER BY key DESC LIMIT 1`,
      [MOVING],
    );
    return rows[0]?.key ?? "";
  }

  write(rows: readonly RawRow[], gone: readonly string[]): Promise<void> {
    return this.#transact(async () => {
      const writes = rows.map(({ key, value }) => ({ key, text: value }));
      const removals = gone.map((key) => ({ key, text: null }));
      await writeRows(this.client, [...writes, ...removals], this.#mark);
    });
  }

  async tombstones(): Promise<TombstoneIndex | undefined> {
    const table = await TombstoneTable.open(this.client);
    const index = await table.index(this.client);
    return index.size === 0 ? undefined : index;
  }

  setTombstones(index: TombstoneIndex): Promise<void> {
    return this.#transact(async () => {
      const entries = [...index.entries()];
      const done = await this.#done();
      await this.client.query(
        `INSERT INTO ${FACTS} VALUES ('tombstone-key', $1)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [index.key.toString("base64")],
      );
      await this.client.query(`DELETE FROM ${TOMBSTONES}`);
      await this.client.query(
        `INSERT INTO ${TOMBSTONES} (hash, number, at, done)
         SELECT hash, number, at, number <= $4
         FROM unnest($1::text[], $2::bigint[], $3::float8[]) AS noted (hash, number, at)`,
        [
          entries.map(([hash]) => hash),
          entries.map(([, { number }]) => number),
          entries.map(([, { at }]) => at),
          done,
        ],
      );
    });
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  /** How many deletions the records reflect. */
  async #done(): Promise<number> {
    const { rows } = await this.client.query<{ value: string | null }>(
      `SELECT value FROM ${TABLE} WHERE key = $1`,
      [DELETIONS_DONE],
    );
    try {
      const { count } = (JSON.parse(rows[0]?.value ?? "") as { value: { count: number } }).value;
      return Number.isSafeInteger(count) ? count : 0;
    } catch {
      return 0;
    }
  }

  async #transact(action: () => Promise<void>): Promise<void> {
    await this.client.query("BEGIN");
    try {
      await action();
      await this.client.query("COMMIT");
    } catch (error) {
      await this.client.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }
}

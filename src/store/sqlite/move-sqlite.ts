/** A SQLite file as one end of a move. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { MOVING, type MoveEnd, type RawRow } from "../move/move-end.js";
import { PRIVATE_FOLDER_MODE } from "../private-file.js";
import { StoreError } from "../store-error.js";
import type { TombstoneIndex } from "../tombstones.js";
import { BatchedSqlite } from "./batched-sqlite.js";
import { pathOfStore, TABLE, truePath } from "./database.js";
import { bringUpToDate } from "./schema.js";
import { lockStore } from "./store-lock.js";
import { TombstoneFile } from "./tombstone-file.js";

interface StoredRow {
  readonly key: string;
  readonly type: string;
  readonly bytes: Buffer | null;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const WRITE = `INSERT INTO ${TABLE} (key, value) VALUES (?, ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
const WRITE_TEXTS = `INSERT INTO ${TABLE} (key, value)
  SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/** The file is made if `isTarget`. Throws {@link StoreError}, and `StoreInUseError` while a bot uses it. */
export async function openSqliteEnd(url: string, isTarget: boolean): Promise<MoveEnd> {
  const path = pathOfStore(url);
  if (!isTarget && !existsSync(path)) {
    throw new StoreError(`There is no file ${path}, so nothing to move: check the name.`);
  }
  mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
  const lock = await lockStore(path);
  try {
    const engine = await BatchedSqlite.open(url);
    await bringUpToDate(path, engine.writer, lock, () => undefined);
    return new SqliteEnd(path, engine, async () => {
      await engine.disconnect();
      await lock.release();
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

class SqliteEnd implements MoveEnd {
  readonly address: string;

  constructor(
    private readonly path: string,
    private readonly engine: BatchedSqlite,
    readonly close: () => Promise<void>,
  ) {
    this.address = `sqlite://${truePath(path)}`;
  }

  async page(after: string, limit: number): Promise<RawRow[]> {
    const rows = await this.engine.writer.prepared<StoredRow>(
      `SELECT key, typeof(value) AS type, CAST(value AS BLOB) AS bytes FROM ${TABLE}
       WHERE key > ? ORDER BY key LIMIT ?`,
      after,
      limit,
    );
    return rows.map(({ key, type, bytes }) => ({ key, value: textOrBytes(type, bytes) }));
  }

  async last(): Promise<string> {
    const [row] = await this.engine.writer.all<{ key: string }>(
      `SELECT key FROM ${TABLE} WHERE key <> ? ORDER BY key DESC LIMIT 1`,
      MOVING,
    );
    return row?.key ?? "";
  }

  async write(rows: readonly RawRow[], gone: readonly string[]): Promise<void> {
    const { writer } = this.engine;
    await writer.all("BEGIN IMMEDIATE");
    try {
      const texts = rows.filter(({ value }) => typeof value === "string");
      const pairs = texts.map(({ key, value }) => [key, value]);
      await writer.prepared(WRITE_TEXTS, JSON.stringify(pairs));
      for (const { key, value } of rows) {
        if (typeof value !== "string") await writer.prepared(WRITE, key, value);
      }
      for (const key of gone) await writer.prepared(`DELETE FROM ${TABLE} WHERE key = ?`, key);
      await writer.all("COMMIT");
    } catch (error) {
      await writer.all("ROLLBACK");
      throw error;
    }
  }

  async tombstones(): Promise<TombstoneIndex | undefined> {
    return new TombstoneFile(this.path).index;
  }

  async setTombstones(index: TombstoneIndex): Promise<void> {
    TombstoneFile.write(this.path, index);
  }
}

/** Text as long as it is one that PostgreSQL can hold too. */
function textOrBytes(type: string, bytes: Buffer | null): string | Buffer {
  const found = bytes ?? Buffer.alloc(0);
  if (type !== "text" || found.includes(0)) return found;
  try {
    return UTF8.decode(found);
  } catch {
    return found;
  }
}

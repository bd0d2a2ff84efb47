/**
 * Makes sure that nothing of what was deleted stays in the store's files: the write-ahead log is
 * carried over and cut off, and if the file still holds the bytes it is rewritten. Knows SQLite
 * and bytes; no records.
 */
import { createReadStream, existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Batches } from "../batches.js";
import type { BatchedSqlite } from "./batched-sqlite.js";
import { type Database, openDatabase } from "./database.js";

const BUSY_TIMEOUT_MS = 1_000;
/** Between two tries, while another reader (as a backup) needs what the log has. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
const MOST_AT_ONCE = 1_000;

interface CheckpointRow {
  /** 1 if somebody still reads what the log has. */
  readonly busy: number;
}

export type ErasingAdapter = Pick<BatchedSqlite, "betweenWrites" | "writer">;

export class Erasure {
  /** What is asked for while one is under way is done together, by the next one. */
  readonly #erasures = new Batches<readonly string[], undefined>({
    run: (all) => this.#erase(all),
    mostItems: MOST_AT_ONCE,
  });
  readonly #stopping = new AbortController();

  constructor(
    private readonly path: string,
    private readonly adapter: ErasingAdapter,
  ) {}

  /**
   * Resolves when none of `texts`, which no record holds any more, is in the database file or its
   * log. Waits for readers however long they take; rejects with SQLite's own error, and when
   * {@link stop} was called.
   */
  async erase(texts: readonly string[]): Promise<void> {
    await this.#erasures.add(texts);
  }

  /** Rewrites the whole file, without anything that was ever deleted. */
  rewriteFile(): Promise<void> {
    return this.#erasures.alone(() => this.#rewriteFile());
  }

  /** Carries the whole log over into the file, and cuts it off; false if somebody reads it. */
  async tryToCutLog(): Promise<boolean> {
    const connection = await openDatabase(this.path, "write", BUSY_TIMEOUT_MS);
    try {
      return await this.#tryToCut(connection);
    } finally {
      await connection.close();
    }
  }

  /** Gives up what is under way; resolves when nothing is. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#erasures.alone(async () => undefined);
  }

  async #erase(all: readonly (readonly string[])[]): Promise<undefined[]> {
    await this.#cutLog();
    // Zeros are written over what is deleted; but a page that was split may have a copy.
    if (await this.#holdsAny(all.flat())) await this.#rewriteFile();
    return all.map(() => undefined);
  }

  async #rewriteFile(): Promise<void> {
    await this.adapter.betweenWrites(() => this.adapter.writer.all("VACUUM"));
    await this.#cutLog();
  }

  async #cutLog(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !(await this.tryToCutLog()); ) {
      await wait(pause, undefined, { signal: this.#stopping.signal });
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  async #tryToCut(connection: Database): Promise<boolean> {
    const [row] = await this.adapter.betweenWrites(() =>
      connection.all<CheckpointRow>("PRAGMA wal_checkpoint(TRUNCATE)"),
    );
    return row?.busy === 0;
  }

  async #holdsAny(texts: readonly string[]): Promise<boolean> {
    for (const file of [this.path, `${this.path}-wal`]) {
      if (existsSync(file) && (await fileHolds(file, texts))) return true;
    }
    return false;
  }
}

/** Whether the bytes of `file` hold any of `texts`. */
export async function fileHolds(file: string, texts: readonly string[]): Promise<boolean> {
  const needles = texts.map((text) => Buffer.from(text));
  const overlap = Math.max(0, ...needles.map(({ length }) => length - 1));
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    if (needles.some((needle) => bytes.includes(needle))) return true;
    rest = bytes.subarray(Math.max(0, bytes.length - overlap));
  }
  return false;
}

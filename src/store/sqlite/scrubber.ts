/**
 * Writes zeros over the unused room of all pages of a store's file, piece by piece, so that nothing of
 * what was deleted is left there. A file of any size stays usable meanwhile: writes wait for one piece
 * at a time. Knows SQLite's files; no records.
 */
import { existsSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { StoreError } from "../store-error.js";
import type { BatchedSqlite } from "./batched-sqlite.js";
import { type Database, openDatabase } from "./database.js";
import { isDirty, MOST_PAGES, type Space, unusedSpace } from "./free-space.js";

/** Writes wait meanwhile: better another try. */
const BUSY_TIMEOUT_MS = 20;
/** Read at once; a multiple of all sizes of pages. */
const PIECE = 1024 * 1024;
/** Between two tries, while another reader (as a backup) needs what the log has. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** The schema, whose page has another header and nothing of members. */
const FIRST_PAGE = 1;

interface CheckpointRow {
  /** 1 if somebody still reads what the log has. */
  readonly busy: number;
}

export type ScrubbedAdapter = Pick<BatchedSqlite, "betweenWrites">;

export class Scrubber {
  /** One for as long as the store is open: closing any would take away SQLite's own locks on the file. */
  #file: Promise<FileHandle> | undefined;
  readonly #stopping = new AbortController();

  constructor(
    private readonly path: string,
    private readonly adapter: ScrubbedAdapter,
  ) {}

  /** Carries the whole log over into the file, and cuts it off; false if somebody reads it. */
  async tryToCutLog(): Promise<boolean> {
    return this.#connected(async (connection) => {
      // What is left for the second time is next to nothing, so that writes wait a moment only.
      await connection.all("PRAGMA wal_checkpoint(PASSIVE)");
      return this.adapter.betweenWrites(() => cutLog(connection));
    });
  }

  /** The same, for as long as it takes. Rejects with SQLite's own error, and when {@link stop} was called. */
  cutLog(): Promise<void> {
    return this.#untilDone(() => this.tryToCutLog());
  }

  /**
   * Goes through the whole file once. Rejects with SQLite's own error, with {@link StoreError} if the file
   * is not one that can be cleaned, and when {@link stop} was called.
   */
  async scrub(): Promise<void> {
    await this.#connected(async (connection) => {
      const size = await pageSizeOf(connection);
      await this.#eachPiece(async (bytes, position) => {
        if (spacesOf(bytes, position, size).length > 0) {
          await this.#untilDone(() => this.#clean(connection, position, bytes.length, size));
        }
        return false;
      });
    });
    await (await this.#opened()).sync();
  }

  /** Whether the file has any of `texts`. */
  async holdsAny(texts: readonly string[]): Promise<boolean> {
    const needles = texts.map((text) => Buffer.from(text));
    const overlap = Math.max(0, ...needles.map(({ length }) => length - 1));
    let before = Buffer.alloc(0);
    let found = false;
    await this.#eachPiece(async (piece) => {
      const bytes = Buffer.concat([before, piece]);
      found ||= needles.some((needle) => bytes.includes(needle));
      before = bytes.subarray(Math.max(0, bytes.length - overlap));
      return found;
    });
    return found;
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#stopping.abort();
  }

  /** To be called when no connection to the file is open any more. */
  async close(): Promise<void> {
    await (await this.#file)?.close();
  }

  /**
   * Cleans one piece while nobody can write and the log is empty, so that what is read is how the file
   * stands. The write at the end tells all connections to read anew what they remember of the file.
   */
  #clean(
    connection: Database,
    position: number,
    length: number,
    pageSize: number,
  ): Promise<boolean> {
    return this.adapter.betweenWrites(async () => {
      if (!(await cutLog(connection))) return false;
      await connection.all("BEGIN IMMEDIATE");
      try {
        if (bytesOfLog(this.path) > 0) return false;
        const file = await this.#opened();
        const bytes = Buffer.alloc(length);
        await file.read(bytes, 0, length, position);
        const spaces = spacesOf(bytes, position, pageSize);
        for (const { start, end } of spaces) bytes.fill(0, start, end);
        await file.write(bytes, 0, length, position);
        await touch(connection);
        return true;
      } finally {
        await connection.all("COMMIT");
      }
    });
  }

  /** Hands the file to `use` piece by piece, at half speed, up to its present end or until it returns true. */
  async #eachPiece(use: (bytes: Buffer, position: number) => Promise<boolean>): Promise<void> {
    const file = await this.#opened();
    const { size } = await file.stat();
    const buffer = Buffer.alloc(PIECE);
    for (let position = 0; position < size; position += PIECE) {
      this.#stopping.signal.throwIfAborted();
      const startedAt = performance.now();
      const { bytesRead } = await file.read(buffer, 0, PIECE, position);
      if (await use(buffer.subarray(0, bytesRead), position)) return;
      if (position + PIECE < size) await wait(performance.now() - startedAt);
    }
  }

  async #untilDone(action: () => Promise<boolean>): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !(await action()); ) {
      await wait(pause, undefined, { signal: this.#stopping.signal });
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  #opened(): Promise<FileHandle> {
    this.#file ??= open(this.path, "r+");
    return this.#file;
  }

  async #connected<Result>(use: (connection: Database) => Promise<Result>): Promise<Result> {
    const connection = await openDatabase(this.path, "write", BUSY_TIMEOUT_MS);
    try {
      await connection.all("PRAGMA synchronous = NORMAL");
      return await use(connection);
    } finally {
      await connection.close();
    }
  }
}

async function cutLog(connection: Database): Promise<boolean> {
  const [row] = await connection.all<CheckpointRow>("PRAGMA wal_checkpoint(TRUNCATE)");
  return row?.busy === 0;
}

function bytesOfLog(path: string): number {
  const log = `${path}-wal`;
  return existsSync(log) ? statSync(log).size : 0;
}

/** Writes what is there already, into the first page. */
async function touch(connection: Database): Promise<void> {
  const [row] = await connection.all<{ user_version: number }>("PRAGMA user_version");
  await connection.all(`PRAGMA user_version = ${row!.user_version}`);
}

/** Throws {@link StoreError} for files with pages that can't be told from those with rows. */
async function pageSizeOf(connection: Database): Promise<number> {
  const read = async (name: string) => {
    const [row] = await connection.all<Record<string, number>>(`PRAGMA ${name}`);
    return row![name]!;
  };
  if ((await read("page_count")) > MOST_PAGES || (await read("auto_vacuum")) !== 0) {
    throw new StoreError(
      "The file of the store is too large, or has auto_vacuum switched on, so what was deleted can't be overwritten in it: move the store to PostgreSQL, or stop the bot and run VACUUM on the file.",
    );
  }
  return read("page_size");
}

/** The unused room with something in it, of the pages of a piece that begins at `position` in the file. */
function spacesOf(bytes: Buffer, position: number, pageSize: number): Space[] {
  const spaces: Space[] = [];
  for (let offset = 0; offset + pageSize <= bytes.length; offset += pageSize) {
    const page = (position + offset) / pageSize + 1;
    if (page === FIRST_PAGE) continue;
    const space = unusedSpace(bytes, offset, pageSize);
    if (space !== undefined && isDirty(bytes, space)) spaces.push(space);
  }
  return spaces;
}

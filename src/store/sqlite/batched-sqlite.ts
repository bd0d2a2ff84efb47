/**
 * The engine on a SQLite file, which is Keyv's adapter too: reads by key and writes go in batches, so
 * that many messages at once make few statements. Knows keys and texts; no records.
 */
import { setImmediate } from "node:timers/promises";
import { KeyvSqlite } from "@keyv/sqlite";
import { Batches } from "../batches.js";
import type { Condition } from "../condition.js";
import type { Column, Engine, Page, Question, Row, Write } from "../engine.js";
import { makePrivate } from "../private-file.js";
import type { ReadCache } from "../read-cache.js";
import { checkStorable } from "../storable.js";
import type { StoredText } from "../stored-text.js";
import type { Lives } from "../tombstones.js";
import { type Database, openDatabase, pathOfStore, TABLE } from "./database.js";
import { selectCount, selectDistinct, selectRows } from "./select.js";
import { selectBeginnings, selectCounts, selectLast } from "./select-groups.js";
import { TombstoneFile } from "./tombstone-file.js";

const BUSY_TIMEOUT_MS = 5000;
const MOST_KEYS = 500;
const MOST_WRITES = 100;

const READ_ALL = `SELECT key, value FROM ${TABLE} WHERE key IN (SELECT value FROM json_each(?))`;
/** One statement, so that SQLite does all of it or nothing; a trigger removes what is NULL. */
const WRITE_ALL = `INSERT INTO ${TABLE} (key, value)
  SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

interface Group {
  readonly writes: readonly Write[];
  readonly condition?: Condition | undefined;
}

/** What SQLite says of a full, read-only, failing or broken disk; anything else is no outage. */
const OUTAGES: ReadonlySet<string> = new Set([
  "SQLITE_FULL",
  "SQLITE_READONLY",
  "SQLITE_IOERR",
  "SQLITE_CANTOPEN",
  "SQLITE_PERM",
  "SQLITE_CORRUPT",
  "SQLITE_NOTADB",
]);

interface TextRow {
  readonly key: string;
  readonly value: string;
}

/** All methods reject with SQLite's own errors. */
export class BatchedSqlite extends KeyvSqlite implements Engine {
  readonly remedy = "check free disk space, the permissions of the file in STORE_URL, and its disk";
  readonly #reads: Batches<string, StoredText>;
  readonly #writes: Batches<Group, boolean>;

  private constructor(
    uri: string,
    /** The connection that writes; also for what has to be done to the file as a whole. */
    readonly writer: Database,
    private readonly reader: Database,
    /** Long reads have a connection of their own: SQLite does one thing at a time on each. */
    private readonly scanner: Database,
    private readonly lives: Lives,
    /** Left out if other processes write to the file as well. */
    private readonly cache: ReadCache | undefined,
  ) {
    // Its own connection is for what is not overridden here, which nobody calls in a hurry.
    super({ uri, table: TABLE, busyTimeout: BUSY_TIMEOUT_MS });
    // Whatever it reports, a call rejects with as well.
    this.on("error", () => undefined);
    // Every namespace listens for errors of the one adapter.
    this.setMaxListeners(0);
    this.#reads = new Batches({ run: (keys) => this.#readAll(keys), mostItems: MOST_KEYS });
    this.#writes = new Batches({ run: (all) => this.#writeAll(all), mostItems: MOST_WRITES });
  }

  /**
   * Opens the file of `uri` (`sqlite://PATH`), or makes it; `lives` are those of the tombstones beside
   * it. With a `cache`, this process has to be the only one that writes; without, conditions hold
   * against what others write too.
   */
  static async open(
    uri: string,
    lives: Lives = new TombstoneFile(pathOfStore(uri)),
    cache?: ReadCache,
  ): Promise<BatchedSqlite> {
    const path = pathOfStore(uri);
    makePrivate(path);
    const writer = await openDatabase(path, "create", BUSY_TIMEOUT_MS);
    const opened = [writer];
    try {
      // WAL lets reads go on during a write; NORMAL survives a killed process, and costs no sync a vote.
      await writer.all("PRAGMA journal_mode = WAL");
      await writer.all("PRAGMA synchronous = NORMAL");
      // What is deleted or overwritten is overwritten with zeros, in the pages that go free as well.
      await writer.all("PRAGMA secure_delete = ON");
      const reader = await openDatabase(path, "read", BUSY_TIMEOUT_MS);
      opened.push(reader);
      const scanner = await openDatabase(path, "read", BUSY_TIMEOUT_MS);
      opened.push(scanner);
      const adapter = new BatchedSqlite(uri, writer, reader, scanner, lives, cache);
      await adapter.query("SELECT 1");
      return adapter;
    } catch (error) {
      for (const connection of opened) await connection.close();
      throw error;
    }
  }

  override get<Value>(key: string): Promise<Value | undefined> {
    const known = this.cache?.get(key);
    const text = known === undefined ? this.#reads.add(key) : Promise.resolve(known.text);
    return text as Promise<Value | undefined>;
  }

  override async set(key: string, text: string): Promise<void> {
    await this.write([{ key, text }]);
  }

  override async delete(key: string): Promise<boolean> {
    return this.deleteMany([key]);
  }

  /** True, whether or not there was anything. */
  override async deleteMany(keys: string[]): Promise<boolean> {
    await this.write(keys.map((key) => ({ key, text: null })));
    return true;
  }

  async write(writes: readonly Write[], condition?: Condition): Promise<boolean> {
    checkStorable(writes);
    return this.#writes.add({ writes, condition });
  }

  rows(question: Question, page: Page = {}): Promise<Row[]> {
    const { sql, values } = selectRows(question, page);
    return this.scanner.prepared<Row>(sql, ...values);
  }

  async keys(question: Question, page: Page = {}): Promise<string[]> {
    const { sql, values } = selectRows(question, page, "key");
    const rows = await this.scanner.prepared<Pick<Row, "key">>(sql, ...values);
    return rows.map(({ key }) => key);
  }

  async distinct(column: Column, limit: number, after?: string): Promise<string[]> {
    const { sql, values } = selectDistinct(column, limit, after);
    const rows = await this.scanner.prepared<{ value: string }>(sql, ...values);
    return rows.map(({ value }) => value);
  }

  async count(question: Question): Promise<number> {
    const { sql, values } = selectCount(question);
    const [row] = await this.scanner.prepared<{ count: number }>(sql, ...values);
    return row!.count;
  }

  async beginnings(...asked: Parameters<Engine["beginnings"]>): Promise<string[]> {
    const { sql, values } = selectBeginnings(...asked);
    const rows = await this.scanner.prepared<{ value: string }>(sql, ...values);
    return rows.map(({ value }) => value);
  }

  async counts(prefixes: readonly string[]): Promise<number[]> {
    const { sql, values } = selectCounts(prefixes);
    const rows = await this.scanner.prepared<{ count: number }>(sql, ...values);
    return rows.map(({ count }) => count);
  }

  async lastRows(prefixes: readonly string[], limit: number): Promise<Row[][]> {
    const { sql, values } = selectLast(prefixes, limit);
    const rows = await this.scanner.prepared<Row & { place: number }>(sql, ...values);
    const found = prefixes.map((): Row[] => []);
    for (const { place, key, value } of rows) found[place]!.push({ key, value });
    return found;
  }

  isOutage(error: unknown): boolean {
    const code = (error as { code?: unknown } | null)?.code;
    return typeof code === "string" && OUTAGES.has(code);
  }

  /** Runs `action` while nothing is written. */
  betweenWrites<Result>(action: () => Promise<Result>): Promise<Result> {
    return this.#writes.alone(action);
  }

  override async disconnect(): Promise<void> {
    await super.disconnect();
    for (const connection of [this.scanner, this.reader, this.writer]) await connection.close();
  }

  /** Asked between two writes, so what it says is true when the next one is done. */
  #holds({ since = [], holds }: Condition, texts: ReadonlyMap<string, StoredText>): boolean {
    return (
      since.every(({ member, life }) => this.lives.lifeOf(member) === life) &&
      holds((key) => texts.get(key))
    );
  }

  async #readAll(keys: readonly string[]): Promise<StoredText[]> {
    const read = () => textsOf(this.reader, keys);
    const texts = await (this.cache?.reading(keys, read) ?? read());
    return keys.map((key) => texts.get(key));
  }

  /** Where one of them fails all do: what SQLite refuses is the file's fault, not the record's. */
  async #writeAll(groups: readonly Group[]): Promise<boolean[]> {
    const asked = groups.flatMap(({ condition }) => condition?.keys ?? []);
    if (this.cache !== undefined) return this.#writeCached(groups, asked, this.cache);
    if (asked.length === 0) return this.#writeGroups(groups, new Map());
    await this.writer.prepared("BEGIN IMMEDIATE");
    try {
      const done = await this.#writeGroups(groups, await textsOf(this.writer, asked));
      await this.writer.prepared("COMMIT");
      return done;
    } catch (error) {
      // After some errors SQLite has done it by itself.
      await this.writer.prepared("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  /** Nobody else writes, and this is called for one batch after the other: what is cached is stored. */
  async #writeCached(
    groups: readonly Group[],
    asked: readonly string[],
    cache: ReadCache,
  ): Promise<boolean[]> {
    try {
      const texts = await cache.texts(asked, (unknown) => textsOf(this.writer, unknown));
      const done = await this.#writeGroups(groups, texts);
      // Nothing may have been asked of SQLite: whoever tries until it is done must not hold up all else.
      if (!done.includes(true)) await setImmediate();
      cache.written(groups.flatMap(({ writes }, at) => (done[at] ? writes : [])));
      return done;
    } catch (error) {
      cache.unknown(groups.flatMap(({ writes }) => writes.map(({ key }) => key)));
      throw error;
    }
  }

  /** `texts` are those that conditions ask for. */
  async #writeGroups(groups: readonly Group[], texts: Map<string, StoredText>): Promise<boolean[]> {
    const pairs: [key: string, text: string | null][] = [];
    const done = groups.map(({ writes, condition }) => {
      // Nobody else writes now, so what was read holds, but for what stands before in this batch.
      if (condition !== undefined && !this.#holds(condition, texts)) return false;
      for (const { key, text } of writes) {
        pairs.push([key, text]);
        texts.set(key, text ?? undefined);
      }
      return true;
    });
    if (pairs.length > 0) await this.writer.prepared(WRITE_ALL, JSON.stringify(pairs));
    return done;
  }
}

async function textsOf(
  connection: Database,
  keys: readonly string[],
): Promise<Map<string, StoredText>> {
  if (keys.length === 0) return new Map();
  const rows = await connection.prepared<TextRow>(READ_ALL, JSON.stringify(keys));
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/**
 * The engine on PostgreSQL, which is Keyv's adapter too. Other processes write to the same tables, so
 * each write is one transaction that locks what it is about. Knows keys and texts; no records.
 */
import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import PQueue from "p-queue";
import type pg from "pg";
import type { Condition } from "../condition.js";
import type { Column, Engine, Page, Question, Row, Write, WriteOptions } from "../engine.js";
import { checkStorable, isStorable } from "../storable.js";
import { BatchLanes } from "./batch-lanes.js";
import { isOutage } from "./errors.js";
import { TABLE } from "./schema.js";
import { type Select, selectCount, selectDistinct, selectRows } from "./select.js";
import { selectBeginnings, selectCounts, selectLast } from "./select-groups.js";
import type { TombstoneTable } from "./tombstone-table.js";
import { read } from "./transaction.js";
import { type Group, keysOfGroup, MOST_LOCKS, writeGroups } from "./write-groups.js";

const MOST_KEYS = 500;
const MOST_GROUPS = 50;
const WRITERS = 3;
/** Reads by key: one batch need not wait for another. */
const READERS = 2;
/** Long reads have connections of their own, so that an answer does not wait for a training. */
const SCANS = 2;
/** A deletion, which is rare, waits until one of them is free. */
export const MOST_CONNECTIONS = WRITERS + READERS + SCANS;

/** As the table has it; bytes for what is no text. */
export interface StoredRow {
  readonly key: string;
  readonly value: string | null;
  readonly bytes: Buffer | null;
}

const READ_ALL = {
  name: "attune-read",
  text: `SELECT key, value, bytes FROM ${TABLE} WHERE key = ANY($1::text[])`,
};

/** All methods reject with the errors of `pg`. */
export class PostgresEngine extends EventEmitter implements Engine {
  readonly remedy =
    "check that the PostgreSQL server of STORE_URL runs and can be reached, and its disk";
  opts: unknown = {};
  namespace?: string;
  readonly #reads = new BatchLanes<string, string | undefined>({
    lanes: READERS,
    mostItems: MOST_KEYS,
    keysOf: () => [],
    run: (keys) => this.#readAll(keys),
  });
  readonly #scans = new PQueue({ concurrency: SCANS });
  readonly #writes: BatchLanes<Group, boolean>;
  readonly #process = randomUUID();
  #tokens = 0;

  constructor(
    readonly pool: pg.Pool,
    private readonly tombstones: TombstoneTable,
  ) {
    super();
    this.setMaxListeners(0);
    this.#writes = new BatchLanes({
      lanes: WRITERS,
      mostItems: MOST_GROUPS,
      mostKeys: MOST_LOCKS,
      keysOf: keysOfGroup,
      run: (groups, lane) => this.#writeAll(groups, lane),
    });
  }

  get<Value>(key: string): Promise<Value | undefined> {
    return this.#reads.add(key) as Promise<Value | undefined>;
  }

  async set(key: string, text: string): Promise<void> {
    await this.write([{ key, text }]);
  }

  async delete(key: string): Promise<boolean> {
    return this.deleteMany([key]);
  }

  /** True, whether or not there was anything. Of many keys some are gone earlier than others. */
  async deleteMany(keys: string[]): Promise<boolean> {
    for (let first = 0; first < keys.length; first += MOST_LOCKS) {
      const some = keys.slice(first, first + MOST_LOCKS);
      await this.write(some.map((key) => ({ key, text: null })));
    }
    return true;
  }

  async clear(): Promise<void> {
    throw new Error("A store is never emptied as a whole: delete by key.");
  }

  async write(
    writes: readonly Write[],
    condition?: Condition,
    options?: WriteOptions,
  ): Promise<boolean> {
    checkStorable(writes);
    return this.#writes.add({ ...options, writes, condition });
  }

  async rows(question: Question, page: Page = {}): Promise<Row[]> {
    return rowsOf(await this.#scan<StoredRow>(selectRows(question, page, "key, value, bytes")));
  }

  async keys(question: Question, page: Page = {}): Promise<string[]> {
    const rows = await this.#scan<{ key: string }>(selectRows(question, page, "key"));
    return rows.map(({ key }) => key);
  }

  async distinct(column: Column, limit: number, after?: string): Promise<string[]> {
    const rows = await this.#scan<{ value: string }>(selectDistinct(column, limit, after));
    return rows.map(({ value }) => value);
  }

  async count(question: Question): Promise<number> {
    const [row] = await this.#scan<{ count: number }>(selectCount(question));
    return row!.count;
  }

  async beginnings(...asked: Parameters<Engine["beginnings"]>): Promise<string[]> {
    const rows = await this.#scan<{ value: string }>(selectBeginnings(...asked));
    return rows.map(({ value }) => value);
  }

  async counts(prefixes: readonly string[]): Promise<number[]> {
    const rows = await this.#scan<{ count: number }>(selectCounts(prefixes));
    return rows.map(({ count }) => count);
  }

  async lastRows(prefixes: readonly string[], limit: number): Promise<Row[][]> {
    const rows = await this.#scan<StoredRow & { place: number }>(selectLast(prefixes, limit));
    const found = prefixes.map((): StoredRow[] => []);
    for (const { place, ...row } of rows) found[place]!.push(row);
    return found.map(rowsOf);
  }

  isOutage(error: unknown): boolean {
    return isOutage(error);
  }

  async disconnect(): Promise<void> {
    await this.#scans.onIdle();
    if (!this.pool.ended) await this.pool.end();
  }

  /** A new mark for a transaction of its own. */
  newMark(writer = randomUUID() as string) {
    return { writer, token: String(++this.#tokens) };
  }

  #writeAll(groups: readonly Group[], lane: number): Promise<boolean[]> {
    const { pool, tombstones } = this;
    const mark = this.newMark(`${this.#process}-${lane}`);
    return writeGroups({ pool, tombstones, mark }, groups);
  }

  async #readAll(keys: readonly string[]): Promise<(string | undefined)[]> {
    const asked = keys.filter(isStorable);
    const rows = await read<StoredRow>(this.pool, { ...READ_ALL, values: [asked] });
    const texts = new Map(rowsOf(rows).map(({ key, value }) => [key, value as string]));
    return keys.map((key) => texts.get(key));
  }

  async #scan<Found extends pg.QueryResultRow>(select: Select): Promise<Found[]> {
    const isAskable = select.values.every(
      (value) => typeof value !== "string" || isStorable(value),
    );
    // Nothing that is stored has such a text in it.
    if (!isAskable) return [];
    const query = { text: select.text, values: [...select.values] };
    return this.#scans.add(() => read<Found>(this.pool, query));
  }
}

export function rowsOf(rows: readonly StoredRow[]): Row[] {
  return rows.map(({ key, value, bytes }) => ({ key, value: value ?? bytes ?? "" }));
}

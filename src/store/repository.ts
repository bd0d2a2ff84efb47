/** One namespace of the store as a typed map with ordered scans. Knows Keyv, not what the records mean. */
import { Keyv } from "keyv";
import type { z } from "zod";
import { distinctValues } from "./distinct.js";
import type { Column, Engine, Page, Question, Row, Write } from "./engine.js";
import type { ParsedTexts } from "./parsed-texts.js";
import type { ReadCache } from "./read-cache.js";
import { recordOfText, textOfRecord } from "./record-schemas.js";
import { DamagedRecordError, StoreError } from "./store-error.js";
import type { StoreHealth } from "./store-health.js";
import type { StoredText } from "./stored-text.js";
import { type Seen, Unchanged } from "./unchanged.js";

const SCAN_PAGE = 500;
const KEYS_PAGE = 1_000;

/** Which records are asked for, beside what their keys begin with. */
export type Where = Omit<Question, "prefix" | "containing">;

export interface RepositoryParts<Value> {
  readonly engine: Engine;
  readonly namespace: string;
  readonly schema: z.ZodType;
  /** What a damaged record counts as; as missing if left out. */
  readonly damaged?: Value | undefined;
  readonly health: StoreHealth;
  /** The engine's, from which what is known is taken without asking; left out if there is none. */
  readonly cache?: ReadCache | undefined;
  /** Where there is no cache: what was made of texts that are read again and again. */
  readonly parsed?: ParsedTexts | undefined;
  /** Called with damaged records, and with errors that no caller waits for. */
  readonly onError: (error: unknown) => void;
}

/** Records of one kind under string keys. Every method throws {@link StoreError}. */
export class Repository<Value> {
  readonly #keyv: Keyv;
  readonly #prefix: string;

  constructor(private readonly parts: RepositoryParts<Value>) {
    const { engine, namespace, onError } = parts;
    this.#keyv = new Keyv({ store: engine, namespace, throwOnErrors: true });
    this.#keyv.on("error", onError);
    this.#prefix = `${namespace}:`;
  }

  /** The value under `key`, or undefined. Not to be changed: others may be given the same object. */
  async get(key: string): Promise<Value | undefined> {
    return (await this.#find(this.#prefix + key)).value;
  }

  /** As {@link get}, with the condition that it is still so when something is written. */
  async read(key: string): Promise<Seen<Value>> {
    const full = this.#prefix + key;
    const { value, text } = await this.#find(full);
    return { value, unchanged: new Unchanged(full, text) };
  }

  /** Whether there is anything under `key`, a damaged record included. */
  async has(key: string): Promise<boolean> {
    const full = this.#prefix + key;
    const known = this.parts.cache?.get(full);
    return typeof (known === undefined ? await this.#read(full) : known.text) === "string";
  }

  /** Writes `value`; when this resolves it is in the database file. */
  async set(key: string, value: Value): Promise<void> {
    const written = await this.#try("write", () => this.#keyv.set(key, value));
    if (!written)
      throw new StoreError(
        `Could not write ${this.parts.namespace} to the store: the log says why.`,
      );
  }

  /** Removes `key`; a key that is not there is no error. */
  async delete(key: string): Promise<void> {
    await this.#try("delete", () => this.#keyv.delete(key));
  }

  /** Removes all `keys` in one statement. */
  async deleteMany(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#try("delete", () => this.#keyv.deleteMany([...keys]));
  }

  /** Removes everything whose key starts with `prefix`; others are written in between. */
  async deleteAll(prefix: string): Promise<void> {
    const { engine } = this.parts;
    for (;;) {
      const page = { limit: KEYS_PAGE };
      const keys = await this.#try("read", () => engine.keys(this.#question(prefix, {}), page));
      await this.deleteMany(keys.map((key) => key.slice(this.#prefix.length)));
      if (keys.length < KEYS_PAGE) return;
    }
  }

  /**
   * The different values of a column, of whatever kinds have it, in order; what stands for damaged
   * records is among them.
   */
  async *distinct(column: Column): AsyncGenerator<string> {
    const { engine } = this.parts;
    yield* distinctValues(
      { distinct: (...page) => this.#try("read", () => engine.distinct(...page)) },
      column,
    );
  }

  /** The writing of `value` under `key`, for `Store.writeTogether`. */
  putting(key: string, value: Value): Write {
    return { key: this.#prefix + key, text: textOfRecord(value) };
  }

  /** The removal of `key`, for `Store.writeTogether`. */
  removing(key: string): Write {
    return { key: this.#prefix + key, text: null };
  }

  /**
   * All entries whose key starts with `prefix`, in key order, page by page; damaged ones are left out.
   * Keyv's own iterator pages by offset, which is quadratic in the number of records.
   */
  async *entries(prefix = "", where: Where = {}): AsyncGenerator<[key: string, value: Value]> {
    for await (const rows of this.#pages(prefix, { limit: SCAN_PAGE }, where)) {
      yield* this.#entries(rows);
    }
  }

  /** The keys alone of all records, damaged ones too, in order and page by page. */
  async *keys(prefix = "", where: Where = {}): AsyncGenerator<string> {
    const question = this.#question(prefix, where);
    for (let after: string | undefined; ; ) {
      const page = { limit: KEYS_PAGE, ...(after && { after }) };
      const keys = await this.#try("read", () => this.parts.engine.keys(question, page));
      for (const key of keys) yield key.slice(this.#prefix.length);
      if (keys.length < KEYS_PAGE) return;
      after = keys.at(-1)!;
    }
  }

  /** As {@link entries}, from the last key to the first, `page` of them at a time. */
  async *entriesBackwards(
    prefix: string,
    page: number,
  ): AsyncGenerator<[key: string, value: Value]> {
    const backwards = { limit: page, backwards: true };
    for await (const rows of this.#pages(prefix, backwards)) yield* this.#entries(rows);
  }

  /** How many keys start with `prefix`; reads none of the records. */
  count(prefix = "", where: Where = {}): Promise<number> {
    const question = this.#question(prefix, where);
    return this.#try("read", () => this.parts.engine.count(question));
  }

  /**
   * What the keys begin with, up to and with their colon number `colons`: each beginning once, in
   * order. Goes from one to the next, however many keys lie between.
   */
  async *beginnings(colons: number): AsyncGenerator<string> {
    const { engine } = this.parts;
    const ownColons = this.#prefix.split(":").length - 1;
    for (let after: string | undefined; ; ) {
      const asked = [this.#prefix, ownColons + colons, SCAN_PAGE, after] as const;
      const found = await this.#try("read", () => engine.beginnings(...asked));
      for (const beginning of found) yield beginning.slice(this.#prefix.length);
      if (found.length < SCAN_PAGE) return;
      after = found.at(-1)!;
    }
  }

  /** How many keys start with each of `prefixes`; reads none of the records. */
  counts(prefixes: readonly string[]): Promise<number[]> {
    const full = prefixes.map((prefix) => this.#prefix + prefix);
    return this.#try("read", () => this.parts.engine.counts(full));
  }

  /**
   * For each of `prefixes` the last entries, from the last key to the first: of `limit` records at most,
   * and whether these are all; damaged ones are left out. Each is parsed when it is taken.
   */
  async lastEntries(
    prefixes: readonly string[],
    limit: number,
  ): Promise<{ entries: Iterable<[key: string, value: Value]>; areAll: boolean }[]> {
    const full = prefixes.map((prefix) => this.#prefix + prefix);
    const found = await this.#try("read", () => this.parts.engine.lastRows(full, limit));
    return found.map((rows) => ({
      entries: this.#entries(rows),
      areAll: rows.length < limit,
    }));
  }

  async #find(full: string): Promise<{ readonly value: Value | undefined; text: StoredText }> {
    const { cache, parsed } = this.parts;
    const make = (text: StoredText) => this.#valueOf(full, text);
    if (parsed !== undefined) return this.#findAnew(full, make, parsed);
    const known = cache?.get(full);
    if (known !== undefined) return { value: known.made(make), text: known.text };
    const text = await this.#read(full);
    // It is cached by now, if nobody has written meanwhile.
    const cached = cache?.get(full);
    const isSame = cached !== undefined && cached.text === text;
    return { value: isSame ? cached.made(make) : make(text), text };
  }

  async #findAnew(
    full: string,
    make: (text: StoredText) => Value | undefined,
    parsed: ParsedTexts,
  ): Promise<{ readonly value: Value | undefined; text: StoredText }> {
    const text = await this.#read(full);
    if (typeof text === "string") return { value: parsed.valueOf(full, text, make), text };
    parsed.forget(full);
    return { value: undefined, text };
  }

  async #read(full: string): Promise<StoredText> {
    const text = await this.#try("read", () => this.parts.engine.get(full));
    return text as StoredText;
  }

  #valueOf(key: string, text: StoredText): Value | undefined {
    return typeof text === "string" ? this.#parse({ key, value: text }) : undefined;
  }

  async *#pages(
    prefix: string,
    page: Page & { readonly limit: number },
    where: Where = {},
  ): AsyncGenerator<readonly Row[]> {
    for (let after: string | undefined; ; ) {
      const rows = await this.#page(prefix, { ...page, ...(after && { after }) }, where);
      yield rows;
      if (rows.length < page.limit) return;
      after = rows.at(-1)!.key;
    }
  }

  #page(prefix: string, page: Page, where: Where = {}): Promise<Row[]> {
    const question = this.#question(prefix, where);
    return this.#try("read", () => this.parts.engine.rows(question, page));
  }

  #question(prefix: string, where: Where): Question {
    return { ...where, prefix: this.#prefix + prefix };
  }

  *#entries(rows: readonly Row[]): Generator<[key: string, value: Value]> {
    for (const row of rows) {
      const value = this.#parse(row);
      if (value !== undefined) yield [row.key.slice(this.#prefix.length), value];
    }
  }

  #parse({ key, value }: Row): Value | undefined {
    try {
      return recordOfText<Value>(key, value, this.parts.schema);
    } catch (error) {
      if (!(error instanceof DamagedRecordError)) throw error;
      this.parts.onError(error);
      return this.parts.damaged;
    }
  }

  async #try<Result>(verb: string, action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (cause) {
      const { engine, health, namespace } = this.parts;
      if (cause instanceof StoreError) throw cause;
      if (health.isOutage(cause)) throw health.failed(cause);
      throw new StoreError(`Could not ${verb} ${namespace} in the store: ${engine.remedy}.`, {
        cause,
      });
    }
  }
}

/** One namespace of the store as a typed map with ordered scans. Knows Keyv, not what the records mean. */
import { Keyv } from "keyv";
import type { z } from "zod";
import { type Engine, endOfPrefix, type Page, type Row, type Write } from "./engine.js";
import type { Found, ReadCache } from "./read-cache.js";
import { isDamaged, recordOfText, textOfRecord } from "./record-schemas.js";
import { DamagedRecordError, StoreError } from "./store-error.js";
import type { StoreHealth } from "./store-health.js";

const SCAN_PAGE = 500;

export interface RepositoryParts<Value> {
  readonly engine: Engine;
  readonly namespace: string;
  readonly schema: z.ZodType;
  /** What a damaged record counts as; as missing if left out. */
  readonly damaged?: Value | undefined;
  readonly health: StoreHealth;
  /** Left out if another process may write to the store. */
  readonly cache?: ReadCache | undefined;
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
    const full = this.#prefix + key;
    const { cache } = this.parts;
    if (cache === undefined) return (await this.#read(full)).value;
    return cache.get<Value>(full, () => this.#read(full));
  }

  /** Whether there is anything under `key`, a damaged record included. */
  async has(key: string): Promise<boolean> {
    const full = this.#prefix + key;
    const text = await this.#try("read", () => this.parts.engine.get<string>(full));
    return typeof text === "string";
  }

  /** Writes `value`; when this resolves it is in the database file. */
  async set(key: string, value: Value): Promise<void> {
    const written = await this.#change("write", [key], () => this.#keyv.set(key, value));
    if (!written)
      throw new StoreError(
        `Could not write ${this.parts.namespace} to the store: the log says why.`,
      );
  }

  /** Removes `key`; a key that is not there is no error. */
  async delete(key: string): Promise<void> {
    await this.#change("delete", [key], () => this.#keyv.delete(key));
  }

  /** Removes all `keys` in one statement. */
  async deleteMany(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.#change("delete", keys, () => this.#keyv.deleteMany([...keys]));
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
  async *entries(prefix = ""): AsyncGenerator<[key: string, value: Value]> {
    for await (const rows of this.#pages(prefix, { limit: SCAN_PAGE })) yield* this.#entries(rows);
  }

  /** The keys of records that cannot be understood. */
  async *damagedKeys(): AsyncGenerator<string> {
    const { schema } = this.parts;
    for await (const rows of this.#pages("", { limit: SCAN_PAGE })) {
      for (const { key, value } of rows) {
        if (isDamaged(key, value, schema)) yield key.slice(this.#prefix.length);
      }
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
  count(prefix = ""): Promise<number> {
    const question = { prefix: this.#prefix + prefix };
    return this.#try("read", () => this.parts.engine.count(question));
  }

  /**
   * What the keys begin with, up to and with their colon number `colons`: each beginning once, in
   * order. Goes from one to the next, however many keys lie between.
   */
  async *beginnings(colons: number): AsyncGenerator<string> {
    for (let after: string | undefined; ; ) {
      const [row] = await this.#page("", { ...(after && { after }), limit: 1 });
      if (row === undefined) return;
      const parts = row.key.slice(this.#prefix.length).split(":", colons);
      const beginning = `${parts.join(":")}:`;
      yield beginning;
      after = endOfPrefix(this.#prefix + beginning);
    }
  }

  async #read(full: string): Promise<Found<Value>> {
    const text = await this.#try("read", () => this.parts.engine.get<string>(full));
    if (typeof text !== "string") return { value: undefined, characters: 0 };
    return { value: this.#parse({ key: full, value: text }), characters: text.length };
  }

  async #change<Result>(
    verb: string,
    keys: readonly string[],
    action: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#try(verb, action);
    } finally {
      this.parts.cache?.written(keys.map((key) => this.#prefix + key));
    }
  }

  async *#pages(
    prefix: string,
    page: Page & { readonly limit: number },
  ): AsyncGenerator<readonly Row[]> {
    for (let after: string | undefined; ; ) {
      const rows = await this.#page(prefix, { ...page, ...(after && { after }) });
      yield rows;
      if (rows.length < page.limit) return;
      after = rows.at(-1)!.key;
    }
  }

  #page(prefix: string, page: Page): Promise<Row[]> {
    const question = { prefix: this.#prefix + prefix };
    return this.#try("read", () => this.parts.engine.rows(question, page));
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
      const { health, namespace } = this.parts;
      if (health.isOutage(cause)) throw health.failed(cause);
      throw new StoreError(
        `Could not ${verb} ${namespace} in the store: check free disk space and the permissions of the file in STORE_URL.`,
        { cause },
      );
    }
  }
}

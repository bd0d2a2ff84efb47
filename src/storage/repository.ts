/** One namespace of the store as a typed map with ordered scans. Knows Keyv, not what the records mean. */
import type { KeyvSqlite } from "@keyv/sqlite";
import { Keyv } from "keyv";

/** The store refused to read or write. `cause` has the database's own words. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

const SCAN_PAGE = 500;

interface Row {
  readonly key: string;
  readonly value: string;
}

/** Records of one kind under string keys. */
export class Repository<Value> {
  readonly #keyv: Keyv;

  constructor(
    private readonly adapter: KeyvSqlite,
    private readonly namespace: string,
    onError: (error: unknown) => void,
  ) {
    this.#keyv = new Keyv({ store: adapter, namespace, throwOnErrors: true });
    this.#keyv.on("error", onError);
  }

  /** The value under `key`, or undefined. Throws {@link StoreError}. */
  async get(key: string): Promise<Value | undefined> {
    return this.#try("read", () => this.#keyv.get<Value>(key));
  }

  /** Writes `value`; when this resolves it is in the database file. Throws {@link StoreError}. */
  async set(key: string, value: Value): Promise<void> {
    const written = await this.#try("write", () => this.#keyv.set(key, value));
    if (!written) throw new StoreError(`Could not write ${this.namespace}: see the log.`);
  }

  /** Removes `key`; a key that is not there is no error. Throws {@link StoreError}. */
  async delete(key: string): Promise<void> {
    await this.#try("delete", () => this.#keyv.delete(key));
  }

  /** Removes all `keys` in one statement. Throws {@link StoreError}. */
  async deleteMany(keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.#try("delete", () => this.#keyv.deleteMany([...keys]));
  }

  /**
   * All entries whose key starts with `prefix`, in key order, page by page.
   * Keyv's own iterator pages by offset, which is quadratic in the number of records.
   */
  async *entries(prefix = ""): AsyncGenerator<[key: string, value: Value]> {
    const start = `${this.namespace}:${prefix}`;
    const end = `${start}\u{10ffff}`;
    for (let after = start, inclusive = true; ; inclusive = false) {
      const rows = await this.#page(after, end, inclusive);
      for (const row of rows) yield [row.key.slice(this.namespace.length + 1), this.#parse(row)];
      if (rows.length < SCAN_PAGE) return;
      after = rows.at(-1)!.key;
    }
  }

  /** How many entries there are. Throws {@link StoreError}. */
  async count(): Promise<number> {
    const start = `${this.namespace}:`;
    const sql = `SELECT count(*) AS count FROM ${this.adapter.opts.table} WHERE key >= ? AND key < ?`;
    const rows = await this.#try(
      "read",
      () => this.adapter.query(sql, start, `${start}\u{10ffff}`) as Promise<{ count: number }[]>,
    );
    return rows[0]!.count;
  }

  #page(after: string, end: string, inclusive: boolean): Promise<Row[]> {
    const table = this.adapter.opts.table;
    const compare = inclusive ? ">=" : ">";
    const sql = `SELECT key, value FROM ${table} WHERE key ${compare} ? AND key < ? ORDER BY key LIMIT ${SCAN_PAGE}`;
    return this.#try("read", () => this.adapter.query(sql, after, end) as Promise<Row[]>);
  }

  #parse(row: Row): Value {
    try {
      return (JSON.parse(row.value) as { value: Value }).value;
    } catch (cause) {
      throw new StoreError(`The record ${row.key} is damaged; restore the store from a backup.`, {
        cause,
      });
    }
  }

  async #try<Result>(verb: string, action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (cause) {
      if (cause instanceof StoreError) throw cause;
      throw new StoreError(
        `Could not ${verb} ${this.namespace} in the store: check free disk space and the permissions of the file in STORE_URL.`,
        { cause },
      );
    }
  }
}

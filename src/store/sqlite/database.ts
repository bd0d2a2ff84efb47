/** A SQLite file opened directly, for what Keyv does not offer: locks, migrations, backups. */
import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import sqlite3 from "sqlite3";

/** The one table of a store. */
export const TABLE = "attune";

export interface Database {
  /** Runs one statement and returns its rows. */
  all<Row>(sql: string, ...values: readonly unknown[]): Promise<Row[]>;
  /**
   * The same for what is run all the time: each `sql` is prepared once. The end of a statement that is
   * not prepared makes the event loop wait for whatever else the connection is doing.
   */
  prepared<Row>(sql: string, ...values: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const FLAGS = {
  read: sqlite3.OPEN_READONLY,
  write: sqlite3.OPEN_READWRITE,
  create: sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE,
} as const;

/**
 * Opens `path`; statements wait up to `busyTimeoutMs` for another process. Rejects with SQLite's
 * own error, whose `code` is for example `SQLITE_CANTOPEN`.
 */
export function openDatabase(
  path: string,
  mode: keyof typeof FLAGS,
  busyTimeoutMs: number,
): Promise<Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, FLAGS[mode], (error) => {
      if (error !== null) return reject(error);
      database.configure("busyTimeout", busyTimeoutMs);
      resolve(wrap(database));
    });
  });
}

function wrap(database: sqlite3.Database): Database {
  const all = promisify<string, unknown[], unknown[]>(database.all.bind(database));
  const close = promisify(database.close.bind(database));
  const statements = new Map<string, Promise<sqlite3.Statement>>();
  return {
    all: <Row>(sql: string, ...values: readonly unknown[]) =>
      all(sql, [...values]) as Promise<Row[]>,
    prepared: async <Row>(sql: string, ...values: readonly unknown[]) => {
      let preparing = statements.get(sql);
      if (preparing === undefined) {
        preparing = prepare(database, sql);
        statements.set(sql, preparing);
        preparing.catch(() => statements.delete(sql));
      }
      return rowsOf<Row>(await preparing, values);
    },
    close: async () => {
      for (const statement of await Promise.allSettled(statements.values())) {
        if (statement.status === "fulfilled") statement.value.finalize();
      }
      await close();
    },
  };
}

function prepare(database: sqlite3.Database, sql: string): Promise<sqlite3.Statement> {
  return new Promise((resolve, reject) => {
    const statement: sqlite3.Statement = database.prepare(sql, (error) => {
      if (error === null) resolve(statement);
      else reject(error);
    });
  });
}

function rowsOf<Row>(statement: sqlite3.Statement, values: readonly unknown[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    statement.all<Row>([...values], (error, rows) => {
      if (error === null) resolve(rows);
      else reject(error);
    });
  });
}

/** The path in a STORE_URL. */
export function pathOfStore(url: string): string {
  return url.replace(/^sqlite:\/\//, "");
}

/** The same file under its one true name, so that a link is no way around a lock. It may not exist yet. */
export function truePath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}

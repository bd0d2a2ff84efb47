/**
 * Real databases of PostgreSQL for tests. The server is started once for a run, by the first test that
 * needs one; TEST_POSTGRES_URL names another one, whose user may create databases.
 */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { PostgresServer } from "./postgres/server.js";

export interface TemporaryPostgres {
  /** For STORE_URL: a new database with nothing in it. */
  readonly url: string;
  /** Runs one statement in it, on a connection of its own. */
  query<Found extends pg.QueryResultRow>(
    sql: string,
    values?: readonly unknown[],
  ): Promise<Found[]>;
  /** Breaks all connections to it, as a server does that is in trouble. Returns how many. */
  terminateBackends(): Promise<number>;
  remove(): Promise<void>;
}

export interface OwnPostgres extends TemporaryPostgres {
  /** Ends its server; `immediate` as if the machine had crashed. */
  stop(how?: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
}

/** A database on the server of the run. `options` as those of CREATE DATABASE. */
export async function createTemporaryPostgres(options = ""): Promise<TemporaryPostgres> {
  return createDatabase(await sharedServer(), options);
}

/** A database on a server of its own, which can be stopped: takes a few seconds to start. */
export async function createOwnPostgres(): Promise<OwnPostgres> {
  const server = await PostgresServer.start();
  const database = await createDatabase(server.url(), "");
  return {
    ...database,
    stop: (how) => server.stop(how),
    start: () => server.start(),
    remove: () => server.remove(),
  };
}

async function sharedServer(): Promise<string> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) return given;
  const response = await fetch(inject("postgresBroker"));
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

async function createDatabase(serverUrl: string, options: string): Promise<TemporaryPostgres> {
  const name = `attune_test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(serverUrl);
  url.pathname = name;
  await query(serverUrl, `CREATE DATABASE ${name} ${options}`);
  return {
    url: url.href,
    query: (sql, values) => query(url.href, sql, values),
    terminateBackends: async () => {
      const sql =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()";
      return (await query(serverUrl, sql, [name])).length;
    },
    remove: async () => void (await query(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function query<Found extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Found[]> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Found>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Connections to PostgreSQL: how they are made, and what ends one that hangs. Knows no tables. */
import pg from "pg";

/** For the connection to be there. */
const CONNECT_MS = 10_000;
/** For one statement, at the server. */
const STATEMENT_MS = 30_000;
/** For one statement, at this end: where the server has gone without a word. */
export const ANSWER_MS = 40_000;
/** For what another transaction holds. */
const LOCK_MS = 15_000;
/** A process that stops within a transaction loses it, and what it has locked, after this time. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** A silent connection is asked this often whether the other end is there. */
const KEEPALIVE_MS = 10_000;
const IDLE_MS = 60_000;

/** For each connection, so that a server notices within half a minute that a process is gone. */
const SETTINGS = `SET statement_timeout = ${STATEMENT_MS};
  SET lock_timeout = ${LOCK_MS};
  SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS};
  SET tcp_keepalives_idle = ${KEEPALIVE_MS / 1_000};
  SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 3;
  SET client_min_messages = warning`;

/** For every connection, so that none waits for good for a server that is gone. */
export function clientConfig(url: string) {
  return {
    connectionString: url,
    application_name: "attune",
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_MS,
  } satisfies pg.ClientConfig;
}

/** At most `most` connections, made when they are needed, and each prepared by `begin` before it is used. */
export function createPool(
  url: string,
  most: number,
  begin?: (client: pg.ClientBase) => Promise<void>,
): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(url),
    max: most,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    // What is asked for in one breath is sent in one, and not one answer later each.
    pipeline: true,
    onConnect: async (client) => {
      await client.query(SETTINGS);
      await begin?.(client);
    },
  });
  // A connection that breaks ends the process if nobody listens; whoever uses it is told as well.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** One connection, connected; for what belongs to a session, as listening. Rejects with `pg`'s own errors. */
export async function connectClient(url: string): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(url));
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(SETTINGS);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** The PostgreSQL of a run, and the ways in which it fails. */
import { createOwnPostgres } from "../../support/postgres.js";
import type { Place } from "./fleet.js";
import type { Query } from "./stored-lists.js";

/** About half of those that are there, of whomever. */
const TERMINATE_SOME = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5`;

export interface RunDatabase {
  /** For STORE_URL. */
  readonly url: string;
  readonly query: Query;
  /** As if its machine had crashed. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** When the last primary crashed. */
  readonly crashedAt?: number | undefined;
  /** The primary crashes, and its standby takes its place; if there is one. */
  failOver?(): Promise<void>;
  /** Where the first bot is, so that it can be cut off; `ports` are those of all else that it speaks to. */
  placeBeyond?(ports: readonly number[]): Promise<Place>;
  cut?(): void;
  mend?(): void;
  remove(): Promise<void>;
}

/** One server. */
export async function startDatabase(): Promise<RunDatabase> {
  const own = await createOwnPostgres();
  return {
    url: own.url,
    query: (sql, values) => own.query(sql, values),
    stop: () => own.stop("immediate"),
    start: () => own.start(),
    remove: () => own.remove(),
  };
}

/** Returns how many connections were broken. */
export async function terminateSome({ query }: RunDatabase): Promise<number> {
  return (await query(TERMINATE_SOME)).length;
}

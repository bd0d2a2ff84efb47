/**
 * Transactions that are done exactly once: again where two stood in each other's way or the connection
 * broke before the end; and where it broke at the end, a mark in the database says whether it was done.
 * Knows no records.
 */
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { isBroken, isConflict, isLost } from "./errors.js";
import { LOCK_CLASSES, lockNumber } from "./locks.js";

const MOST_CONFLICTS = 20;
const LONGEST_PAUSE_MS = 50;
/** Connections that break one after the other, before the server counts as away. */
const MOST_LOSSES = 5;
const LOSS_PAUSE_MS = 20;
/** For the server to be back and say whether a transaction was done. */
const LONGEST_DOUBT_MS = 60_000;
const DOUBT_PAUSE_MS = 200;

export const MARKS = "attune_marks";

/** Who does a transaction, and which one: to be written within it by {@link markSql}. */
export interface Mark {
  /** Of one who does one transaction at a time. */
  readonly writer: string;
  /** Another one for each. */
  readonly token: string;
}

/** What belongs into a statement's WITH, for the parameters of this place and the next. */
export function markSql(parameter: number): string {
  return `INSERT INTO ${MARKS} (writer, token) VALUES ($${parameter}, $${parameter + 1})
    ON CONFLICT (writer) DO UPDATE SET token = excluded.token, at = now() RETURNING 1`;
}

/** What a transaction came to, and whether it is to be committed or rolled back. */
export interface Outcome<Result> {
  readonly result: Result;
  readonly commit: boolean;
  /** What is done at the end, sent together with COMMIT. */
  readonly last?: readonly (string | pg.QueryConfig)[];
}

export interface TransactionParts<Result> {
  readonly pool: pg.Pool;
  readonly mark: Mark;
  /** What begins it, after BEGIN; several statements. */
  readonly begin: string;
  /** What follows, sent together with it; each sees what was committed before it is its turn. */
  readonly ask?: readonly pg.QueryConfig[];
  /**
   * Runs once for each try, with what the last of `ask` has found. Writes the mark if anything is to be
   * committed.
   */
  readonly body: (client: pg.PoolClient, found: readonly unknown[]) => Promise<Outcome<Result>>;
}

/** Rejects with `pg`'s own errors; nothing was done then, unless the server stayed away for a minute. */
export async function transact<Result>(parts: TransactionParts<Result>): Promise<Result> {
  for (let conflicts = 0; ; ) {
    const tried = await whileItBreaks(async () => {
      const outcome = await tryOnce(parts, await parts.pool.connect());
      if ("error" in outcome && isBroken(outcome.error)) throw outcome.error;
      return outcome;
    });
    if ("result" in tried) return tried.result;
    if (!isConflict(tried.error) || ++conflicts >= MOST_CONFLICTS) throw tried.error;
    await wait(randomInt(Math.min(2 ** conflicts, LONGEST_PAUSE_MS)));
  }
}

/** The rows of a query that only reads. Rejects with `pg`'s own errors. */
export function read<Found extends pg.QueryResultRow>(
  pool: pg.Pool,
  query: pg.QueryConfig,
): Promise<Found[]> {
  return whileItBreaks(async () => (await pool.query<Found>(query)).rows);
}

/** Does `action` again on another connection as long as connections break, a few times. */
async function whileItBreaks<Result>(action: () => Promise<Result>): Promise<Result> {
  for (let losses = 1; ; losses++) {
    try {
      return await action();
    } catch (error) {
      if (!isBroken(error) || losses >= MOST_LOSSES) throw error;
      await wait(losses * LOSS_PAUSE_MS);
    }
  }
}

/** The result; or the error, if nothing was done. */
async function tryOnce<Result>(
  parts: TransactionParts<Result>,
  client: pg.PoolClient,
): Promise<{ result: Result } | { error: unknown }> {
  let done: Outcome<Result> | undefined;
  try {
    const begin = client.query(`BEGIN; ${lockOf(parts.mark)} ${parts.begin}`);
    const asked = await Promise.all([
      begin,
      ...(parts.ask ?? []).map((query) => client.query(query)),
    ]);
    done = await parts.body(client, asked.at(-1)!.rows ?? []);
    const { last = [], commit } = done;
    const end = commit ? [...last, "COMMIT"] : ["ROLLBACK"];
    // Where one fails the server rolls back instead of committing.
    await Promise.all(end.map((query) => client.query(query as pg.QueryConfig)));
    client.release();
    return { result: done.result };
  } catch (error) {
    await giveBack(client, error);
    if (done?.commit && isLost(error) && (await wasDone(parts, error))) {
      return { result: done.result };
    }
    return { error };
  }
}

async function giveBack(client: pg.PoolClient, error: unknown): Promise<void> {
  if (isLost(error)) return client.release(true);
  try {
    await client.query("ROLLBACK");
    client.release();
  } catch {
    client.release(true);
  }
}

/** Held from the beginning, so that whoever asks for the mark waits for what the server has still to do. */
function lockOf({ writer }: Mark): string {
  return `SELECT pg_advisory_xact_lock(${LOCK_CLASSES.writer}, ${lockNumber(writer)});`;
}

/**
 * Whether the mark is there. Waits for a transaction that is still under way, since it holds its lock,
 * and for a server that is away. Throws `lost` if that takes too long: nobody knows then.
 */
async function wasDone(
  { pool, mark }: Pick<TransactionParts<unknown>, "pool" | "mark">,
  lost: unknown,
): Promise<boolean> {
  const until = performance.now() + LONGEST_DOUBT_MS;
  // Writes, so that it sees what was committed while it waited.
  const sql = `WITH waited AS MATERIALIZED (SELECT pg_advisory_xact_lock($2, $3))
    INSERT INTO ${MARKS} (writer, token) SELECT $1, '' FROM waited
    ON CONFLICT (writer) DO UPDATE SET at = now() RETURNING token`;
  const values = [mark.writer, LOCK_CLASSES.writer, lockNumber(mark.writer)];
  while (performance.now() < until) {
    try {
      const { rows } = await pool.query<{ token: string }>(sql, values);
      return rows[0]?.token === mark.token;
    } catch {
      await wait(DOUBT_PAUSE_MS);
    }
  }
  throw lost;
}

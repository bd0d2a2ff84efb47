/** Locks that a process holds for as long as its session with PostgreSQL lasts, and knows that it does. */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { SessionLocks } from "../session-locks.js";
import { connectClient } from "./connection.js";
import { LOCK_CLASSES, lockNumber } from "./locks.js";

/** The session is asked this often whether it is still there ... */
const ASK_MS = 2_000;
/** ... and is given up after so long without an answer. */
const ANSWER_MS = 5_000;
/**
 * Nothing may be done by a lock after so long without an answer. The server frees the locks of a host
 * that is gone ten seconds later at the earliest: 10 s of silence, and 15 s of questions (`connection.ts`).
 */
const HELD_MS = 15_000;
/** For the end of a session. */
const END_MS = 1_000;
/** Nor may an answer to the server's own question stay out for longer. */
const SETTINGS = "SET tcp_user_timeout = 30000; SET application_name = 'attune locks'";
const TAKE = `SELECT name FROM unnest($2::text[], $3::int[]) AS wanted(name, number)
  WHERE pg_try_advisory_lock($1, number)`;

/** Rejects with `pg`'s own errors. */
export async function openPostgresLocks(url: string): Promise<SessionLocks> {
  const client = await connectClient(url);
  try {
    await client.query(SETTINGS);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return new PostgresLocks(client);
}

class PostgresLocks implements SessionLocks {
  readonly lost: Promise<void>;
  #lose: () => void = () => undefined;
  #isLost = false;
  /** When the last question that was answered was asked. */
  #askedAt = performance.now();
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly client: pg.Client) {
    this.lost = new Promise((resolve) => {
      this.#lose = () => {
        this.#isLost = true;
        clearInterval(this.#timer);
        resolve();
      };
    });
    client.once("end", () => this.#lose());
    this.#timer = setInterval(() => void this.#ask(), ASK_MS);
  }

  isHeld(): boolean {
    // The process may have slept: nothing else has noticed then.
    if (performance.now() - this.#askedAt > HELD_MS) this.#lose();
    return !this.#isLost;
  }

  async take(names: readonly string[]): Promise<string[]> {
    const values = [LOCK_CLASSES.session, names, names.map(lockNumber)];
    const { rows } = await this.client.query<{ name: string }>(TAKE, values);
    return rows.map(({ name }) => name);
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    // A server that is gone says no goodbye.
    const ended = this.client.end().catch(() => undefined);
    await Promise.race([ended, sleep(END_MS, undefined, { ref: false })]);
  }

  async #ask(): Promise<void> {
    if (!this.isHeld()) return;
    const askedAt = performance.now();
    const late = setTimeout(() => this.#lose(), ANSWER_MS);
    try {
      await this.client.query("SELECT 1");
      this.#askedAt = Math.max(this.#askedAt, askedAt);
    } catch {
      this.#lose();
    } finally {
      clearTimeout(late);
    }
  }
}

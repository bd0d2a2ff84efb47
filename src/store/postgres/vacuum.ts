/**
 * Lets PostgreSQL tidy the pages in which rows were deleted, in the background and gently: until then
 * their bytes stay. It does so by itself too, but for a large table only after many deletions.
 */
import { connectClient } from "./connection.js";
import { LOCK_CLASSES, SINGLE_LOCKS } from "./locks.js";
import { TABLE, TOMBSTONES } from "./schema.js";

/** After a deletion: others may follow it. */
const FIRST_PAUSE_MS = 10_000;
/** From one to the next: each reads the indexes as a whole. */
const PAUSE_MS = 10 * 60_000;

export class Vacuum {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #cancel: (() => Promise<void>) | undefined;
  #isAsked = false;
  #lastAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(
    private readonly url: string,
    private readonly onError: (error: unknown) => void,
    private readonly pauses = { firstMs: FIRST_PAUSE_MS, nextMs: PAUSE_MS },
  ) {}

  /** Something was deleted. */
  ask(): void {
    this.#isAsked = true;
    if (this.#stopped || this.#timer !== undefined) return;
    const { firstMs, nextMs } = this.pauses;
    const pause = Math.max(firstMs, this.#lastAt + nextMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#running = this.#run().catch(this.onError);
    }, pause);
    this.#timer.unref();
  }

  /** Breaks off what is running; the next one does it all. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#cancel?.();
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#isAsked = false;
    try {
      await this.#vacuum();
    } finally {
      this.#lastAt = performance.now();
      this.#timer = undefined;
      if (this.#isAsked) this.ask();
    }
  }

  async #vacuum(): Promise<void> {
    const client = await connectClient(this.url);
    let isBroken = false;
    this.#cancel = async () => {
      isBroken = true;
      await client.end().catch(() => undefined);
    };
    try {
      // While it was connecting there was nothing to break off.
      if (this.#stopped) return;
      const { rows } = await client.query<{ mine: boolean }>(
        "SELECT pg_try_advisory_lock($1, $2) AS mine",
        [LOCK_CLASSES.single, SINGLE_LOCKS.vacuum],
      );
      if (!rows[0]!.mine) return;
      await client.query("SET statement_timeout = 0; SET vacuum_cost_delay = '2ms'");
      const query_timeout = 24 * 60 * 60_000;
      await client.query({ text: `VACUUM ${TABLE}, ${TOMBSTONES}`, query_timeout } as never);
    } catch (error) {
      if (!isBroken) throw error;
    } finally {
      this.#cancel = undefined;
      await client.end().catch(() => undefined);
    }
  }
}

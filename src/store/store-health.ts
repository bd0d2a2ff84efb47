/**
 * Whether anything can be stored at the moment. Says once when that stops, tries again by itself, and
 * says when it is over. Knows no records.
 */
import { setInterval } from "node:timers";
import type { Condition } from "./condition.js";
import type { Engine, Write, WriteOptions } from "./engine.js";
import { StoreError, StoreUnavailableError } from "./store-error.js";

const RETRY_MS = 5_000;

export interface StoreHealthListener {
  /** Once for each outage. */
  onOutage?(error: StoreUnavailableError): void;
  onRecovery?(): void;
}

export class StoreHealth {
  readonly #listeners = new Set<StoreHealthListener>();
  #retry: NodeJS.Timeout | undefined;
  #trying = false;

  /** What it writes and removes to try is so much that success means room for more than one record. */
  constructor(
    private readonly engine: Pick<Engine, "isOutage" | "remedy" | "set" | "delete">,
    private readonly retryMs = RETRY_MS,
  ) {}

  get available(): boolean {
    return this.#retry === undefined;
  }

  /** Returns what ends the listening. */
  listen(listener: StoreHealthListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Whether `error`, of the database, means that nothing can be stored for now. */
  isOutage(error: unknown): boolean {
    return this.engine.isOutage(error);
  }

  /** The error to throw for `cause`, an outage. */
  failed(cause: unknown): StoreUnavailableError {
    const error = new StoreUnavailableError(
      `The store can't be read or written at the moment, so nothing is learned: ${this.engine.remedy}. The bot tries again every few seconds.`,
      { cause },
    );
    if (this.available) {
      this.#retry = setInterval(() => void this.#tryAgain(), this.retryMs);
      this.#retry.unref();
      for (const listener of this.#listeners) listener.onOutage?.(error);
    }
    return error;
  }

  /** The error to throw for `cause`, which came while trying to do `what`. */
  failure(what: string, cause: unknown): Error {
    if (cause instanceof StoreError) return cause;
    if (this.isOutage(cause)) return this.failed(cause);
    return new StoreError(`Could not ${what}: ${this.engine.remedy}; the cause says more.`, {
      cause,
    });
  }

  /** Ends the trying. */
  stop(): void {
    clearInterval(this.#retry);
  }

  async #tryAgain(): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    try {
      await tryToWrite(this.engine);
      this.stop();
      this.#retry = undefined;
      for (const listener of this.#listeners) listener.onRecovery?.();
    } catch {
      // The outage goes on, and was reported when it began.
    } finally {
      this.#trying = false;
    }
  }
}

/** Enough that a disk that takes it is not full again with the next vote. */
const TRIAL_BYTES = 64 * 1024;
const TRIAL_KEY = "trial";

/** Does all of `writes` or none of them; false if `condition` does not hold. Throws {@link StoreError}. */
export async function writeTogether(
  engine: Engine,
  health: StoreHealth,
  writes: readonly Write[],
  condition?: Condition,
  options?: WriteOptions,
): Promise<boolean> {
  try {
    return await engine.write(writes, condition, options);
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    if (health.isOutage(cause)) throw health.failed(cause);
    throw new StoreError(`Could not write to the store: ${engine.remedy}; the cause says more.`, {
      cause,
    });
  }
}

/** Writes something larger than a record and removes it. Rejects with the database's own error. */
async function tryToWrite(engine: Pick<Engine, "set" | "delete">): Promise<void> {
  await engine.set(TRIAL_KEY, "0".repeat(TRIAL_BYTES));
  await engine.delete(TRIAL_KEY);
}

/**
 * Whether records can be kept at the moment. Says so once when that ends, tries again by itself, and
 * says so when it is over. Knows SQLite's error codes; no records.
 */
import { setInterval } from "node:timers";
import { StoreUnavailableError } from "./store-error.js";

const RETRY_MS = 5_000;

/** What SQLite says of a full, read-only, failing or broken disk; anything else is no outage. */
const OUTAGES: ReadonlySet<string> = new Set([
  "SQLITE_FULL",
  "SQLITE_READONLY",
  "SQLITE_IOERR",
  "SQLITE_CANTOPEN",
  "SQLITE_PERM",
  "SQLITE_CORRUPT",
  "SQLITE_NOTADB",
]);

export interface StoreHealthListener {
  /** Once for each outage. */
  onOutage?(error: StoreUnavailableError): void;
  onRecovery?(): void;
}

export class StoreHealth {
  readonly #listeners: StoreHealthListener[] = [];
  #retry: NodeJS.Timeout | undefined;
  #trying = false;

  /** `tryToWrite` writes and removes enough that a success means room for more than one record. */
  constructor(
    private readonly tryToWrite: () => Promise<void>,
    private readonly retryMs = RETRY_MS,
  ) {}

  get available(): boolean {
    return this.#retry === undefined;
  }

  listen(listener: StoreHealthListener): void {
    this.#listeners.push(listener);
  }

  /** Whether `error`, of SQLite, means that nothing can be kept for now. */
  isOutage(error: unknown): boolean {
    const code = (error as { code?: unknown } | null)?.code;
    return typeof code === "string" && OUTAGES.has(code);
  }

  /** The error to throw for `cause`, an outage. */
  failed(cause: unknown): StoreUnavailableError {
    const error = new StoreUnavailableError(
      "The store can't be written or read at the moment, so nothing is learned: check free disk space, and the permissions and the disk of the file in STORE_URL. It is tried again every few seconds.",
      { cause },
    );
    if (this.available) {
      this.#retry = setInterval(() => void this.#tryAgain(), this.retryMs);
      this.#retry.unref();
      for (const listener of this.#listeners) listener.onOutage?.(error);
    }
    return error;
  }

  /** Ends the trying. */
  stop(): void {
    clearInterval(this.#retry);
  }

  async #tryAgain(): Promise<void> {
    if (this.#trying) return;
    this.#trying = true;
    try {
      await this.tryToWrite();
      this.stop();
      this.#retry = undefined;
      for (const listener of this.#listeners) listener.onRecovery?.();
    } catch {
      // The outage goes on, and has been told of.
    } finally {
      this.#trying = false;
    }
  }
}

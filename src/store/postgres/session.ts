/**
 * One connection for what belongs to a session: locks that are held as long as it lasts, and listening.
 * Makes a new one when it breaks. Knows no tables.
 */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { connectClient } from "./connection.js";

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
const POLL_MS = 5_000;

export interface SessionParts {
  readonly url: string;
  /** Called with each new connection before it is used, the first one too. */
  readonly begin: (client: pg.Client) => Promise<void>;
  /** Called every few seconds: what a notification that was lost would have told. */
  readonly poll: (client: pg.Client) => Promise<void>;
  readonly onNotification: (message: pg.Notification) => void;
  /** Called when a connection could not be made again, as of an outage. */
  readonly onError: (error: unknown) => void;
}

export class Session {
  #client: pg.Client | undefined;
  #stopped = false;
  #mending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #polling = false;
  readonly #stopping = new AbortController();

  private constructor(private readonly parts: SessionParts) {}

  /** Rejects with `pg`'s own errors, and with what `begin` throws. */
  static async open(parts: SessionParts): Promise<Session> {
    const session = new Session(parts);
    await session.#connect();
    session.#timer = setInterval(() => void session.#poll(), POLL_MS);
    session.#timer.unref();
    return session;
  }

  async close(): Promise<void> {
    this.#stopped = true;
    this.#stopping.abort();
    clearInterval(this.#timer);
    await this.#mending;
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = await connectClient(this.parts.url);
    try {
      client.on("notification", this.parts.onNotification);
      await this.parts.begin(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.once("end", () => this.#mend());
    this.#client = client;
  }

  #mend(): void {
    this.#client = undefined;
    if (!this.#stopped) this.#mending ??= this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    for (
      let pause = FIRST_PAUSE_MS;
      !this.#stopped;
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
    ) {
      try {
        await this.#connect();
        break;
      } catch (error) {
        this.parts.onError(error);
        const { signal } = this.#stopping;
        await wait(pause, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
    this.#mending = undefined;
  }

  /** A connection that does not answer is given up. */
  async #poll(): Promise<void> {
    const client = this.#client;
    if (client === undefined || this.#polling) return;
    this.#polling = true;
    try {
      await this.parts.poll(client);
    } catch {
      await client.end().catch(() => undefined);
    }
    this.#polling = false;
  }
}

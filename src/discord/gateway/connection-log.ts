/** One line when a connection to Discord breaks, one when it can't be made, one when it is back. */
import type { Log } from "../../shared/log.js";

const HINT =
  "Discord's gateway can't be reached, and is tried again and again: see https://discordstatus.com, and the network here.";

export class ConnectionLog {
  #isUp = false;
  #brokenAt: number | undefined;
  #isFailing = false;

  constructor(
    private readonly shard: number,
    private readonly log: Log,
  ) {}

  /** Discord, the network, or the library closed a connection that stood, with `code`. */
  lost(code: number): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#brokenAt = performance.now();
    const { shard } = this;
    this.log.warn({ event: "discord.connection", state: "lost", shard, code });
  }

  /** A connection could not be made. Logged once, until there is one. */
  failed(error: unknown): void {
    this.#brokenAt ??= performance.now();
    if (this.#isFailing) return;
    this.#isFailing = true;
    const { shard } = this;
    const cause = error === undefined ? {} : { err: error };
    this.log.warn({ event: "discord.connection", state: "failed", shard, hint: HINT, ...cause });
  }

  /** Discord asks to wait before it gives the gateway's address. */
  waits(seconds: number): void {
    this.#brokenAt ??= performance.now();
    if (this.#isFailing) return;
    this.#isFailing = true;
    const { shard } = this;
    this.log.warn({ event: "discord.connection", state: "limited", shard, seconds });
  }

  /** Events arrive. Logs it if something was wrong before. */
  up(): void {
    const { shard } = this;
    const since = this.#brokenAt;
    this.#isUp = true;
    this.#isFailing = false;
    this.#brokenAt = undefined;
    if (since === undefined) return;
    const seconds = Math.round((performance.now() - since) / 100) / 10;
    this.log.info({ event: "discord.connection", state: "back", shard, seconds });
  }
}

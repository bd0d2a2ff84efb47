/** Messages of a minute, by member, channel and server. In memory alone. */
import type { Clock } from "../shared/time.js";

const MINUTE_MS = 60_000;
/** What was written longer ago counts as if it were so old: nobody is answered after more than some minutes. */
const OLDEST_MINUTES = 5;

export class MinuteCounts {
  /** By minutes since 1970. */
  readonly #pages = new Map<number, Map<string, number>>();

  constructor(private readonly clock: Clock) {}

  /** How many of `name` there are in the minute of the time `at`. */
  of(name: string, at: number = this.clock()): number {
    return this.#page(at)?.get(name) ?? 0;
  }

  add(name: string, at: number = this.clock()): void {
    const minute = this.#minuteOf(at);
    const page = this.#page(at) ?? new Map();
    this.#pages.set(minute, page.set(name, (page.get(name) ?? 0) + 1));
  }

  #page(at: number): Map<string, number> | undefined {
    const now = this.#minuteOf(this.clock());
    for (const minute of this.#pages.keys()) {
      // A clock that was set back begins anew as well.
      if (minute > now || minute < now - OLDEST_MINUTES) this.#pages.delete(minute);
    }
    return this.#pages.get(this.#minuteOf(at));
  }

  #minuteOf(at: number): number {
    const now = Math.floor(this.clock() / MINUTE_MS);
    return Math.min(now, Math.max(now - OLDEST_MINUTES, Math.floor(at / MINUTE_MS)));
  }
}

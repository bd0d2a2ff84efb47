/** Who has been told what a short while ago, so that a storm of messages gets one answer. */
import { LRUCache } from "lru-cache";
import type { Clock } from "../shared/clock.js";

const MOST = 10_000;

export class Told {
  readonly #toldAt = new LRUCache<string, number>({ max: MOST });

  constructor(private readonly clock: Clock) {}

  /** Whether `what` has not been told for `againAfterMs`; from now on it has. */
  isNews(what: string, againAfterMs: number): boolean {
    const now = this.clock();
    const toldAt = this.#toldAt.get(what);
    // A clock that was set back makes nothing old news for longer.
    if (toldAt !== undefined && toldAt <= now && now - toldAt < againAfterMs) return false;
    this.#toldAt.set(what, now);
    return true;
  }
}

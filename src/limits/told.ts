/** Who has been told what a short while ago, so that a storm of messages gets one answer. */
import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.js";

const MOST = 10_000;

export class Told {
  readonly #told: LRUCache<string, true>;

  constructor(clock: Clock) {
    this.#told = new LRUCache({ max: MOST, perf: { now: clock }, ttlResolution: 0 });
  }

  /** Whether `what` has not been told for `againAfterMs`; from now on it has. */
  isNews(what: string, againAfterMs: number): boolean {
    if (this.#told.has(what)) return false;
    this.#told.set(what, true, { ttl: againAfterMs });
    return true;
  }
}

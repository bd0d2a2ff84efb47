/** Which notices were given a short while ago, so that a storm of messages gets one answer. */
import { LRUCache } from "lru-cache";
import type { Clock } from "../shared/time.js";

const MOST = 10_000;

export class RecentNotices {
  readonly #noticesAt = new LRUCache<string, number>({ max: MOST });

  constructor(private readonly clock: Clock) {}

  /** Whether the notice `what` was not given within the last `againAfterMs`; from now on it was. */
  isNews(what: string, againAfterMs: number): boolean {
    const now = this.clock();
    const givenAt = this.#noticesAt.get(what);
    // A clock that was set back keeps no notice quiet for longer.
    if (givenAt !== undefined && givenAt <= now && now - givenAt < againAfterMs) return false;
    this.#noticesAt.set(what, now);
    return true;
  }
}

/**
 * The last answers of this process that are no ballots: a reaction to one is nobody's vote, which need not
 * be looked up in a store that others write as well.
 */
import { LRUCache } from "lru-cache";

/** An hour of a busy server; some megabytes at most. */
const MOST_KEPT = 20_000;

export class PlainAnswers {
  readonly #ids = new LRUCache<string, true>({ max: MOST_KEPT });

  add(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#ids.set(id, true);
  }

  has(messageId: string): boolean {
    return this.#ids.has(messageId);
  }
}

/**
 * When a message that grows may be edited again. Discord takes five edits in five seconds in a channel, of
 * all messages together, and answers need room among them: so all that grow in a channel share one pace,
 * and it slows down when Discord does. Knows no messages.
 */
import { LRUCache } from "lru-cache";

/** Between two edits in a channel, in milliseconds. */
export const EDIT_MS = 1_200;
const LONGEST_MS = 10_000;
const MOST_CHANNELS = 1_000;

interface Turn {
  readonly freeAt: number;
}

export class EditPace {
  readonly #turns = new LRUCache<string, Turn>({ max: MOST_CHANNELS });

  /** `now` is a monotonic clock in milliseconds. */
  constructor(
    private readonly leastMs: number = EDIT_MS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How long until something may be edited in the channel; 0 for at once. */
  waitMs(channelId: string): number {
    return Math.max(0, (this.#turns.get(channelId)?.freeAt ?? 0) - this.now());
  }

  /** An edit begins; what it returns is to be called when it is done. */
  begin(channelId: string): () => void {
    const begun = this.now();
    this.#turns.set(channelId, { freeAt: begun + this.leastMs });
    return () => {
      // A limit that is reached makes an edit take its time: the next one comes later by as much.
      const took = this.now() - begun;
      const pause = Math.min(LONGEST_MS, Math.max(this.leastMs, 2 * took));
      this.#turns.set(channelId, { freeAt: begun + pause });
    };
  }
}

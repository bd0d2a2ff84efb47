/** The orderly end of the bot: time for the work in hand, then a word to whoever still waits. */
import { setTimeout as sleep } from "node:timers/promises";

/** What a member is told whose answer does not come any more. */
export const RESTARTING = "I am being restarted just now. Please try again in a minute.";

/** The bot ends before the work in hand is done: why the signal for it is aborted. */
export class StoppingError extends Error {
  override readonly name = "StoppingError";

  constructor() {
    super("The bot is being stopped; try again when it has started.");
  }
}

/** The work that is being done; it can be waited for, for a while. */
export class WorkInHand {
  readonly #tasks = new Set<Promise<void>>();

  /** `task` must not reject. */
  readonly add = (task: Promise<void>): void => {
    this.#tasks.add(task);
    void task.finally(() => this.#tasks.delete(task));
  };

  /** Resolves when nothing is left to do, what came meanwhile included, or after `mostMs`. Returns whether all is done. */
  async done(mostMs: number): Promise<boolean> {
    const late = new AbortController();
    const end = sleep(mostMs, undefined, { signal: late.signal }).catch(() => undefined);
    const settled = (async () => {
      while (this.#tasks.size > 0) await Promise.allSettled(this.#tasks);
    })();
    await Promise.race([settled, end]);
    late.abort();
    return this.#tasks.size === 0;
  }
}

/** The orderly end of the bot: time for the work in hand, then a message to whoever still waits. */
import { setTimeout as sleep } from "node:timers/promises";

/** When the bot takes no new work, and when it gives up the work in hand. */
export interface EndSignals {
  readonly closing: AbortSignal;
  readonly stopping: AbortSignal;
}

/** The bot ends before the work in hand is done: the reason that its signal is aborted with. */
export class StoppingError extends Error {
  override readonly name = "StoppingError";

  constructor() {
    super("The bot is being stopped; try again when it has started.");
  }
}

/** The work that is being done, with a way to wait for it. */
export class WorkInHand {
  readonly #tasks = new Set<Promise<void>>();

  /** `task` must not reject. */
  readonly add = (task: Promise<void>): void => {
    this.#tasks.add(task);
    void task.finally(() => this.#tasks.delete(task));
  };

  /** Resolves when nothing is left to do, or after `mostMs`. Returns whether all is done. */
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

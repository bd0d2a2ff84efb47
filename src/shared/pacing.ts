/**
 * How work is paced: never twice at the same time for one key, and long work in small pieces, so that
 * nobody who waits for an answer has to wait for it.
 */
import { setTimeout as pause } from "node:timers/promises";

interface Run {
  readonly current: Promise<void>;
  next?: Promise<void>;
}

/**
 * Runs an action for a key never twice at the same time: everybody who asks while it runs shares one
 * more run after it. For actions that read the state when they start, so that one run does for many
 * events.
 */
export class Coalescer {
  readonly #runs = new Map<string, Run>();

  /** Resolves or rejects with the run that began after this call. */
  run(key: string, action: () => Promise<void>): Promise<void> {
    const run = this.#runs.get(key);
    if (run === undefined) return this.#start(key, action);
    run.next ??= run.current.catch(() => undefined).then(() => this.#start(key, action));
    return run.next;
  }

  async #start(key: string, action: () => Promise<void>): Promise<void> {
    const current = (async () => action())();
    const run: Run = { current };
    this.#runs.set(key, run);
    try {
      await current;
    } finally {
      if (run.next === undefined) this.#runs.delete(key);
    }
  }
}

/** Does `piece`, then rests for as long as it took: such work takes at most half of the time. */
export async function atHalfSpeed(piece: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await piece();
  await pause(performance.now() - startedAt);
}

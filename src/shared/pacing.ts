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

/** Does `piece`, then gives way: such work takes at most half of the time. */
export async function atHalfSpeed(piece: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await piece();
  await giveWay(performance.now() - startedAt);
}

/** Long work on the event loop that does not know how long each of its steps is; it takes a quarter of the time. */
export class Steps {
  #since = performance.now();

  /** Between two steps: goes on at once for some milliseconds, and then gives way for a longer time. */
  async rest(): Promise<void> {
    const worked = performance.now() - this.#since;
    if (worked < SLICE_MS) return;
    await giveWay(REST_FOR_WORK * worked);
    this.#since = performance.now();
  }
}

/** So long may a step of long work keep the event loop to itself. */
const SLICE_MS = 4;
/** And then it rests for so many times as long: those who wait now have waited for it already. */
const REST_FOR_WORK = 3;
/** A timer that is later than this says that others are waiting for the event loop. */
const LATE_MS = 5;
/** Whoever gives way goes on after so many rests, however busy the event loop is. */
const MOST_RESTS = 8;

/** Rests for `ms`, and again as long as the event loop is late. */
async function giveWay(ms: number): Promise<void> {
  for (let rests = 0; rests < MOST_RESTS; rests++) {
    const startedAt = performance.now();
    await pause(ms);
    if (performance.now() - startedAt - ms < LATE_MS) return;
  }
}

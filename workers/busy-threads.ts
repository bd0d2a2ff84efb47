/**
 * Which threads of a pool are at work, and since when, in memory that they share. So a time limit can
 * hold for the work of a thread alone: what waits in front of it, or an event loop that is late to take
 * its result, is not its fault. Knows no verbs.
 */
import { threadId } from "node:worker_threads";
import { sharedMsBetween, sharedNow } from "./shared-clock.js";

/** Threads of one pool are numbered closer together than this. */
const SLOTS = 1024;
const IDLE = 0;

/** A call that a thread works on: the thread's number and the moment at which it began. */
export interface BusyThread {
  readonly threadId: number;
  readonly since: number;
}

export class BusyThreads {
  readonly #since: Int32Array;

  /** `memory` is that of another instance, in another thread; this one is idle then. */
  constructor(readonly memory = new SharedArrayBuffer(SLOTS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#since = new Int32Array(memory);
    // A thread that has ended in the middle of a call may have had the same slot.
    Atomics.store(this.#since, threadId % SLOTS, IDLE);
  }

  /** What `work` gives or throws, during which this thread is busy. */
  during<Result>(work: () => Result): Result {
    const slot = threadId % SLOTS;
    Atomics.store(this.#since, slot, sharedNow() || 1);
    try {
      return work();
    } finally {
      Atomics.store(this.#since, slot, IDLE);
    }
  }

  /** Those of `threads` that have been at one call for longer than `ms`. */
  longerThan(ms: number, threads: readonly number[]): BusyThread[] {
    const now = sharedNow();
    return threads
      .filter((id) => id >= 0)
      .map((id) => ({ threadId: id, since: Atomics.load(this.#since, id % SLOTS) }))
      .filter(({ since }) => since !== IDLE && sharedMsBetween(since, now) > ms);
  }
}

/** Ends the threads of a pool that have been at one call for too long. Knows no verbs. */
import type { BusyThreads } from "./busy-threads.js";
import type { ThreadPool } from "./thread-pool.js";

/** It is looked so many times within the limit, ... */
const LOOKS = 5;
/** ... and at least so often. */
const LONGEST_LOOK_MS = 1_000;

/**
 * Ends each thread of `pool` that two looks in a row find at the same call for longer than `limitMs`: after a
 * pause of the whole process the first look finds calls that only stood still with it. Returns what stops it.
 */
export function endHungThreads(pool: ThreadPool, busy: BusyThreads, limitMs: number): () => void {
  let suspects = new Map<number, number>();
  const look = () => {
    const hung = busy.longerThan(
      limitMs,
      pool.threads.map(({ threadId }) => threadId),
    );
    for (const { threadId, since } of hung) {
      if (suspects.get(threadId) === since) void pool.endHung(threadId);
    }
    suspects = new Map(hung.map(({ threadId, since }) => [threadId, since]));
  };
  const timer = setInterval(look, Math.min(limitMs / LOOKS, LONGEST_LOOK_MS)).unref();
  return () => clearInterval(timer);
}

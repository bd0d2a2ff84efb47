/**
 * Ends a process whose event loop hangs, so that its supervisor starts it again: nothing on the loop
 * itself could. A thread watches a counter that the loop raises. Knows nothing of Attune.
 */
import { url as inspectorUrl } from "node:inspector";
import { Worker } from "node:worker_threads";

/** What the thread is given. */
export interface WatchdogTask {
  /** Two numbers in shared memory: see {@link BEAT} and {@link IS_INSPECTED}. */
  readonly pulse: Int32Array;
  readonly tickMs: number;
  /** After this many of the thread's ticks without a beat the process is ended. */
  readonly ticks: number;
}

/** Where the loop counts its beats. */
export const BEAT = 0;
/** Where it says (1) that a debugger may stop it for as long as somebody likes. */
export const IS_INSPECTED = 1;

const TICKS = 10;
/** An idle process should seldom wake up. */
const LONGEST_TICK_MS = 1_000;

export interface Watchdog {
  stop(): Promise<void>;
}

/**
 * Watches the calling thread's event loop from now on. After `seconds` without a turn of the loop the
 * process gets SIGKILL, after a last line on standard error. Only time in which the process runs
 * counts: one that was stopped, or whose machine slept, has its turn first. A loop that is slow but
 * turns is left alone. Keeps no process alive.
 */
export function startWatchdog(seconds: number): Watchdog {
  const tickMs = Math.min(LONGEST_TICK_MS, (seconds * 1_000) / TICKS);
  const pulse = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const beat = () => {
    Atomics.store(pulse, IS_INSPECTED, inspectorUrl() === undefined ? 0 : 1);
    Atomics.add(pulse, BEAT, 1);
  };
  beat();
  const timer = setInterval(beat, tickMs);
  timer.unref();
  const workerData: WatchdogTask = { pulse, tickMs, ticks: Math.ceil((seconds * 1_000) / tickMs) };
  const thread = new Worker(new URL("./watchdog-thread.js", import.meta.url), {
    workerData,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
  });
  thread.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await thread.terminate();
    },
  };
}

/** The thread of the watchdog. It asks nothing of the main thread, which may never answer. */
import { write } from "node:fs";
import { workerData } from "node:worker_threads";
import { pino } from "pino";
import { BEAT, IS_INSPECTED, type WatchdogTask } from "./watchdog.js";

/** A last line that nobody reads (a full pipe) is not waited for any longer. */
const LAST_LINE_MS = 1_000;
const STANDARD_ERROR = 2;

const { pulse, tickMs, ticks } = workerData as WatchdogTask;
const log = pino({ write: (line: string) => write(STANDARD_ERROR, line, kill) });
let lastBeat = Atomics.load(pulse, BEAT);
let missed = 0;

// Ticks are counted and not time: none pass while the process is stopped or the machine sleeps.
const watch = setInterval(() => {
  const beat = Atomics.load(pulse, BEAT);
  const isWell = beat !== lastBeat || Atomics.load(pulse, IS_INSPECTED) === 1;
  lastBeat = beat;
  missed = isWell ? 0 : missed + 1;
  if (missed < ticks) return;
  clearInterval(watch);
  endProcess();
}, tickMs);

function endProcess(): void {
  setTimeout(kill, LAST_LINE_MS);
  const seconds = Math.round((ticks * tickMs) / 1_000);
  const hint = "The event loop hung: the process ends, to be started again. Please report it.";
  log.fatal({ event: "process.hung", seconds, hint });
}

function kill(): void {
  process.kill(process.pid, "SIGKILL");
}

/** What a process needs that runs for months: a level heap, and promises that fail without ending it. */
import { setFlagsFromString } from "node:v8";
import type { Log } from "./log.js";

/**
 * How much the heap may grow between two collections, in percent of what is in use. V8's own choice
 * is up to 300: it takes memory for time, and on a small machine there is more time than memory.
 */
const GROWTH_PERCENT = 50;

/** Collects garbage earlier from now on, in all threads. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}

/**
 * Logs rejections that nobody waited for, where Node would end the process: one event has gone wrong,
 * and the bot goes on. Errors thrown where nobody catches end it elsewhere.
 */
export function catchStrayRejections(log: Log): void {
  process.on("unhandledRejection", (reason) => {
    log.error({ event: "process.unhandled-rejection", err: reason });
  });
}

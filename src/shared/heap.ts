/** Keeps the memory of a process that runs for months level. Knows V8 and nothing of Attune. */
import { setFlagsFromString } from "node:v8";

/**
 * How much the heap may grow between two collections, in percent of what is in use. V8's own choice
 * is up to 300: it takes memory for time, and on a small machine there is more time than memory.
 */
const GROWTH_PERCENT = 50;

/** Collects garbage earlier from now on, in all threads. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}

/** For what can't be left undone while the store is down: it is asked again until it is back. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../shared/time.js";
import { StoreUnavailableError } from "./store-error.js";

const PAUSE_MS = 500;
/** Whoever has waited longer for an answer has given up or asked again. */
const LONGEST_MS = 120_000;

/**
 * What `ask` resolves to, once the store is available. Throws {@link StoreUnavailableError} after two minutes,
 * or as soon as `isOver`, and at once what else `ask` throws.
 */
export async function onceStoreIsBack<Result>(
  ask: () => Promise<Result>,
  clock: Clock,
  isOver: () => boolean = () => false,
): Promise<Result> {
  for (const until = clock() + LONGEST_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      const mayWait = error instanceof StoreUnavailableError && !isOver() && clock() < until;
      if (!mayWait) throw error;
      await sleep(PAUSE_MS, undefined, { ref: false });
    }
  }
}

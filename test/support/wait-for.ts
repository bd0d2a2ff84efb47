/** Waiting for what happens in its own time. */
import { setTimeout as sleep } from "node:timers/promises";

const INTERVAL_MS = 10;
// Long, because only a test that fails waits for it, and a busy machine is no failure.
const DEADLINE_MS = 180_000;

/** Resolves with what `check` returns once that is not undefined; rejects naming `what` when it takes too long. */
export async function waitFor<Result>(
  check: () => Result | undefined | Promise<Result | undefined>,
  what: string,
  deadlineMs = DEADLINE_MS,
): Promise<Result> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const result = await check();
    if (result !== undefined) return result;
    if (Date.now() > end) throw new Error(`Waited ${deadlineMs} ms in vain for ${what}.`);
    await sleep(INTERVAL_MS);
  }
}

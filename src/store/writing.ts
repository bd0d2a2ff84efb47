/** Writing several records at once, and trying whether anything can be written. Knows no records. */
import type { BatchedSqlite, Write } from "./batched-sqlite.js";
import type { Condition } from "./condition.js";
import { StoreError } from "./store-error.js";
import type { StoreHealth } from "./store-health.js";

/** Enough that a disk that takes it is not full again with the next vote. */
const TRIAL_BYTES = 64 * 1024;
const TRIAL_KEY = "trial";

/** Does all of `writes` or none of them; false where `condition` does not hold. Throws {@link StoreError}. */
export async function writeTogether(
  adapter: BatchedSqlite,
  health: StoreHealth,
  writes: readonly Write[],
  condition?: Condition,
): Promise<boolean> {
  try {
    return await adapter.write(writes, condition);
  } catch (cause) {
    if (health.isOutage(cause)) throw health.failed(cause);
    throw new StoreError("Could not write to the store: see the cause.", { cause });
  }
}

/** Writes something larger than a record and removes it. Rejects with SQLite's own error. */
export async function tryToWrite(adapter: BatchedSqlite): Promise<void> {
  await adapter.set(TRIAL_KEY, "0".repeat(TRIAL_BYTES));
  await adapter.delete(TRIAL_KEY);
}

/** Writing several records at once, and trying whether anything can be written. Knows SQLite. */
import { type Database, TABLE } from "./database.js";
import type { Write } from "./repository.js";
import { StoreError } from "./store-error.js";
import type { StoreHealth } from "./store-health.js";

/** Enough that a disk that takes it is not full again with the next vote. */
const TRIAL_BYTES = 64 * 1024;
const TRIAL_KEY = "trial";

/** One statement, so that SQLite does all of it or nothing; a trigger removes what is NULL. */
const WRITE_ALL = `INSERT INTO ${TABLE} (key, value)
  SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
  ON CONFLICT (key) DO UPDATE SET value = excluded.value`;

/** Does all of `writes` or none of them. Throws {@link StoreError}. */
export async function writeTogether(
  database: Database,
  health: StoreHealth,
  writes: readonly Write[],
): Promise<void> {
  try {
    await database.all(WRITE_ALL, JSON.stringify(writes.map(({ key, text }) => [key, text])));
  } catch (cause) {
    if (health.isOutage(cause)) throw health.failed(cause);
    throw new StoreError("Could not write to the store: see the cause.", { cause });
  }
}

/** Writes something larger than a record and removes it. Rejects with SQLite's own error. */
export async function tryToWrite(database: Database): Promise<void> {
  const sql = `INSERT OR REPLACE INTO ${TABLE} (key, value) VALUES (?, ?)`;
  await database.all(sql, TRIAL_KEY, "0".repeat(TRIAL_BYTES));
  await database.all(`DELETE FROM ${TABLE} WHERE key = ?`, TRIAL_KEY);
}

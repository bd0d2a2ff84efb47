/** Deletes records of ballots and replies that have expired; reads only those. Knows keys alone. */
import { timeOfSnowflake } from "../store/ids.js";
import type { Where } from "../store/repository.js";

/** Removed with one statement: others are written in between. */
const AT_ONCE = 500;

export interface ExpiringRecords {
  ids(where: Where): AsyncGenerator<string>;
  deleteMany(messageIds: readonly string[]): Promise<void>;
}

/**
 * Deletes those that have expired `now`. Damaged ones that don't say when go `retentionMs` after their
 * message was written. Returns how many.
 */
export async function purgeExpired(
  records: ExpiringRecords,
  now: number,
  retentionMs: number,
): Promise<number> {
  const waiting = new Set<string>();
  for await (const id of records.ids({ expiresUntil: 0 })) {
    if ((timeOfSnowflake(id) ?? 0) + retentionMs > now) waiting.add(id);
  }
  let purged = 0;
  let due: string[] = [];
  const flush = async () => {
    await records.deleteMany(due);
    purged += due.length;
    due = [];
  };
  for await (const id of records.ids({ expiresUntil: now })) {
    if (!waiting.has(id)) due.push(id);
    if (due.length === AT_ONCE) await flush();
  }
  if (due.length > 0) await flush();
  return purged;
}

/**
 * Lets one process at a time use a store. The operating system holds the lock and releases it when
 * the process dies, however it dies: no stale lock can stay behind. Knows no records.
 */

import { makePrivate } from "../private-file.js";
import { StoreInUseError } from "../store-error.js";
import { type Database, openDatabase, truePath } from "./database.js";

export interface StoreLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of the store at `path`: an exclusive transaction on an empty SQLite file next to it,
 * so that readers and `npm run models` still reach the store itself. Throws {@link StoreInUseError},
 * and SQLite's own error if that file can't be made.
 */
export async function lockStore(path: string): Promise<StoreLock> {
  const file = `${truePath(path)}.lock`;
  makePrivate(file);
  const database = await openDatabase(file, "create", 0);
  try {
    await database.all("BEGIN EXCLUSIVE");
  } catch (cause) {
    await database.close();
    if (!isBusy(cause)) throw cause;
    throw new StoreInUseError(
      `Another bot or playground is using the store ${path}: stop it first, or set STORE_URL to a file of its own for this one.`,
      { cause },
    );
  }
  return { release: () => release(database) };
}

/** The file stays: deleting it would let two processes hold locks on two files of the same name. */
async function release(database: Database): Promise<void> {
  await database.all("ROLLBACK");
  await database.close();
}

function isBusy(error: unknown): boolean {
  return (error as { code?: string }).code === "SQLITE_BUSY";
}

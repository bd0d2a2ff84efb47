/**
 * Lets one process at a time work on a store. The operating system holds the lock and lets go of it
 * when the process dies, however it dies: nothing stale can stay behind. Knows no records.
 */
import { type Database, openDatabase, truePath } from "./database.js";
import { makePrivate } from "./private-file.js";
import { StoreInUseError } from "./store-error.js";

export interface StoreLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of the store at `path`: an exclusive transaction on an empty SQLite file beside it,
 * so that readers and `npm run models` still reach the store itself. Throws {@link StoreInUseError},
 * and SQLite's own error where the file beside it can't be made.
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
      `Another bot or playground is at work on the store ${path}: stop it first, or give this one a file of its own in STORE_URL.`,
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

/** What `npm run store` does with a store in a SQLite file. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { checkText } from "../../store/check.js";
import { backUpTo, copyName, putBack, replacedName } from "../../store/sqlite/backup.js";
import { checkStore } from "../../store/sqlite/check.js";
import { type Database, openDatabase } from "../../store/sqlite/database.js";
import { lockStore } from "../../store/sqlite/store-lock.js";
import { TOMBSTONES_SUFFIX } from "../../store/sqlite/tombstone-file.js";
import { StoreError } from "../../store/store-error.js";

const BUSY_TIMEOUT_MS = 5000;

export async function checkFile(path: string): Promise<void> {
  const { text, whole } = checkText(await reading(path, checkStore));
  console.log(text);
  if (!whole) process.exitCode = 1;
}

export async function backUpFile(path: string, wanted?: string): Promise<void> {
  const file = wanted ?? copyName(path, "backup", Date.now);
  if (existsSync(file)) {
    throw new StoreError(`The file ${file} already exists: choose another name.`);
  }
  await reading(path, (database) => backUpTo(database, file));
  console.log(`Copied ${path} to ${file}.`);
}

export async function restoreFile(path: string, file: string): Promise<void> {
  const { text, whole } = checkText(await reading(file, checkStore));
  if (!whole) throw new StoreError(`${text}\nNothing was restored: ${file} is damaged.`);
  mkdirSync(dirname(path), { recursive: true });
  const lock = await lockStore(path);
  try {
    const replaced = replacedName(path, Date.now);
    const existed = existsSync(path);
    putBack(file, path, replaced);
    const before = existed ? ` The store as it was before is now in ${replaced}.` : "";
    console.log(`Restored ${file} to ${path}.${before}`);
    if (existsSync(path + TOMBSTONES_SUFFIX)) {
      console.log(
        "When the bot starts next, it deletes again what members have had deleted since this backup.",
      );
    }
  } finally {
    await lock.release();
  }
}

/** Runs `action` on an existing file, opened for reading only. */
async function reading<Result>(
  path: string,
  action: (database: Database) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(path)) {
    throw new StoreError(
      `There is no file ${path}: check the name and STORE_URL, or start the bot once.`,
    );
  }
  try {
    const database = await openDatabase(path, "read", BUSY_TIMEOUT_MS);
    try {
      return await action(database);
    } finally {
      await database.close();
    }
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      `${path} can't be read or copied (${(cause as Error).message}): if it is damaged, restore a backup; if not, check permissions and free disk space.`,
      { cause },
    );
  }
}

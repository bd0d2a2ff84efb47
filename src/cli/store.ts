/** `npm run store`: checks the store, copies it while the bot runs, puts a copy back. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Command } from "commander";
import { loadEnvironment, readConfig } from "../config.js";
import { backUpTo, copyName, putBack, replacedName } from "../store/backup.js";
import { checkStore, checkText } from "../store/check.js";
import { type Database, openDatabase, pathOfStore } from "../store/database.js";
import { keepFilesPrivate } from "../store/private-file.js";
import { StoreError } from "../store/store-error.js";
import { lockStore } from "../store/store-lock.js";
import { TOMBSTONES_SUFFIX } from "../store/tombstones.js";

const BUSY_TIMEOUT_MS = 5000;

async function check(path: string): Promise<void> {
  const { text, whole } = checkText(await reading(path, checkStore));
  console.log(text);
  if (!whole) process.exitCode = 1;
}

async function backup(path: string, wanted?: string): Promise<void> {
  const file = wanted ?? copyName(path, "backup", Date.now);
  if (existsSync(file))
    throw new StoreError(`There is a file ${file} already: choose another name.`);
  await reading(path, (database) => backUpTo(database, file));
  console.log(`Copied ${path} to ${file}.`);
}

async function restore(path: string, file: string): Promise<void> {
  const { text, whole } = checkText(await reading(file, checkStore));
  if (!whole) throw new StoreError(`${text}\nNothing was restored: ${file} is damaged.`);
  mkdirSync(dirname(path), { recursive: true });
  const lock = await lockStore(path);
  try {
    const replaced = replacedName(path, Date.now);
    const existed = existsSync(path);
    putBack(file, path, replaced);
    const kept = existed ? ` What was there before is kept in ${replaced}.` : "";
    console.log(`Restored ${file} to ${path}.${kept}`);
    if (existsSync(path + TOMBSTONES_SUFFIX)) {
      console.log("The bot's next start deletes again what members have had deleted since.");
    }
  } finally {
    await lock.release();
  }
}

/** Runs `action` on a file that is there, with nothing written to it. */
async function reading<Result>(
  path: string,
  action: (database: Database) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(path)) {
    throw new StoreError(`There is no file ${path}: check STORE_URL, or start the bot once.`);
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
      `${path} can't be read or copied (${(cause as Error).message}): restore a backup where it is damaged, and check permissions and free disk space otherwise.`,
      { cause },
    );
  }
}

function readCommand(path: string): Command {
  const program = new Command("npm run store --")
    .description("Looks after the store that STORE_URL names.")
    .showHelpAfterError();
  program
    .command("check")
    .description("looks through the file and every record; ends with 1 where something is damaged")
    .action(() => check(path));
  program
    .command("backup")
    .argument("[file]", "where to; beside the store where not given")
    .description("copies the store as it stands, also while the bot runs")
    .action((file?: string) => backup(path, file));
  program
    .command("restore")
    .argument("<file>", "a backup")
    .description(
      "puts a backup in the store's place and keeps what was there; the bot must not run",
    )
    .action((file: string) => restore(path, file));
  return program;
}

keepFilesPrivate();
try {
  const { storeUrl } = readConfig(loadEnvironment());
  await readCommand(pathOfStore(storeUrl)).parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

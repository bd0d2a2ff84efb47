/** `npm run store`: checks the store, copies it while the bot runs, puts a copy back, moves it. */
import { Command } from "commander";
import { loadEnvironment, readConfig } from "../config.js";
import { isPostgresUrl } from "../shared/environment/store-url.js";
import { keepFilesPrivate } from "../store/private-file.js";
import { pathOfStore } from "../store/sqlite/database.js";
import { TOMBSTONES_SUFFIX } from "../store/sqlite/tombstone-file.js";
import { StoreError } from "../store/store-error.js";
import {
  backUpDatabase,
  checkDatabase,
  exportTo,
  importFrom,
  restoreDatabase,
} from "./store/database-store.js";
import { backUpFile, checkFile, restoreFile } from "./store/file-store.js";
import { moveStore } from "./store/move-store.js";

/** What the commands do with the store that is configured. */
interface Actions {
  check(): Promise<void>;
  backUp(file?: string): Promise<void>;
  restore(file: string): Promise<void>;
  exportDeletions(file: string): Promise<void>;
  importDeletions(file: string): Promise<void>;
}

function actionsOn(url: string): Actions {
  if (isPostgresUrl(url)) {
    return {
      check: () => checkDatabase(url),
      backUp: async () => backUpDatabase(url),
      restore: async (file) => restoreDatabase(url, file),
      exportDeletions: (file) => exportTo(url, file),
      importDeletions: (file) => importFrom(url, file),
    };
  }
  const path = pathOfStore(url);
  const copyFile = async () => {
    throw new StoreError(
      `A store in a file has its deletions in ${path}${TOMBSTONES_SUFFIX}: copy that file.`,
    );
  };
  return {
    check: () => checkFile(path),
    backUp: (file) => backUpFile(path, file),
    restore: (file) => restoreFile(path, file),
    exportDeletions: copyFile,
    importDeletions: copyFile,
  };
}

/** `actions` reads the configuration only when it is called. */
function readCommand(actions: () => Actions): Command {
  const program = new Command("npm run store --")
    .description("Checks, backs up, restores and moves the store that STORE_URL names.")
    .showHelpAfterError();
  program
    .command("check")
    .description("checks the store and every record; exits with 1 if anything is damaged")
    .action(() => actions().check());
  program
    .command("backup")
    .argument("[file]", "where to (default: next to the store)")
    .description("copies the store as it is now, even while the bot runs")
    .action((file?: string) => actions().backUp(file));
  program
    .command("restore")
    .argument("<file>", "a backup")
    .description(
      "puts a backup in the place of the store, and sets the old one aside; the bot must not run",
    )
    .action((file: string) => actions().restore(file));
  program
    .command("move")
    .argument("<from>", "sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE")
    .argument("<to>", "another one, with nothing in it")
    .description("carries everything to another place; goes on where it was broken off")
    .action(moveStore);
  const deletions = program
    .command("deletions")
    .description("what members have had deleted, for a dump of PostgreSQL that is restored");
  deletions
    .command("export")
    .argument("<file>", "a new file")
    .action((file: string) => actions().exportDeletions(file));
  deletions
    .command("import")
    .argument("<file>", "one that was exported later than the dump was made")
    .action((file: string) => actions().importDeletions(file));
  return program;
}

keepFilesPrivate();
try {
  await readCommand(() => actionsOn(readConfig(loadEnvironment()).storeUrl)).parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/**
 * The version of what is in a store, and the way from older ones to it: migrations in order, each in
 * one transaction and after a backup. Knows no single migration.
 */

import type { MigrationStep } from "../opened-engine.js";
import { NewerStoreError } from "../store-error.js";
import { backUpTo, migrationBackupName, purgeCopies } from "./backup.js";
import { type Database, TABLE } from "./database.js";
import { compactProfiles } from "./migrations/compact-profiles.js";
import { indexFacts } from "./migrations/index-facts.js";
import { indexMembers } from "./migrations/index-members.js";
import type { Migration } from "./migrations/migration.js";
import { removeByNull } from "./migrations/remove-by-null.js";
import { lockStore, type StoreLock } from "./store-lock.js";

/** The migration at index v leads from version v to v + 1. Only ever add at the end. */
export const MIGRATIONS: readonly Migration[] = [
  compactProfiles,
  removeByNull,
  indexMembers,
  indexFacts,
];

export interface MigrateParts {
  readonly migrations?: readonly Migration[];
  /** Copies the store as it is, which has the version `from`. Returns the copy's path. */
  readonly backUp: (from: number) => Promise<string>;
  readonly onStep: (step: MigrationStep) => void;
}

/** The version of a store; 0 for those from before there were versions, and for an empty file. */
export async function schemaVersion(database: Database): Promise<number> {
  const [row] = await database.all<{ user_version: number }>("PRAGMA user_version");
  return row!.user_version;
}

/** Whether a store is older than `migrations` lead to. Throws {@link NewerStoreError}. */
export async function isOutdated(
  database: Database,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<boolean> {
  const version = await schemaVersion(database);
  if (version > migrations.length) {
    throw new NewerStoreError(
      `The store has version ${version}, and this version of Attune reads stores up to version ${migrations.length}: update Attune, or restore a backup from before the update with "npm run store -- restore FILE".`,
    );
  }
  return version < migrations.length;
}

/** Brings a store to the newest version. A migration that fails leaves the store as it was before it. */
export async function migrate(database: Database, parts: MigrateParts): Promise<void> {
  const { migrations = MIGRATIONS, backUp, onStep } = parts;
  await database.all(
    `CREATE TABLE IF NOT EXISTS ${TABLE}(key VARCHAR(255) PRIMARY KEY, value TEXT)`,
  );
  const empty = (await database.all(`SELECT 1 FROM ${TABLE} LIMIT 1`)).length === 0;
  for (let from = await schemaVersion(database); from < migrations.length; from++) {
    const { name, rewritesFile, apply } = migrations[from]!;
    const backup = empty ? undefined : await backUp(from);
    // Before, since it can't be done within a transaction: a process that dies does it again.
    if (rewritesFile) await database.all("VACUUM");
    await database.all("BEGIN IMMEDIATE");
    try {
      await apply(database);
      await database.all(`PRAGMA user_version = ${from + 1}`);
      await database.all("COMMIT");
    } catch (error) {
      await database.all("ROLLBACK");
      throw error;
    }
    if (backup !== undefined) onStep({ from, to: from + 1, name, backup });
  }
}

/** Migrates under the lock, which another process cannot hold meanwhile. */
export async function bringUpToDate(
  path: string,
  database: Database,
  held: StoreLock | undefined,
  onStep: (step: MigrationStep) => void,
): Promise<void> {
  if (held !== undefined) purgeCopies(path, Date.now);
  if (!(await isOutdated(database))) return;
  const lock = held ?? (await lockStore(path));
  try {
    const backUp = async (from: number) => {
      const file = migrationBackupName(path, from + 1, Date.now);
      await backUpTo(database, file);
      return file;
    };
    await migrate(database, { backUp, onStep });
  } finally {
    if (held === undefined) await lock.release();
  }
}

/** Copies of a store: made while it is in use, and put back. Knows files and SQLite, no records. */
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../clock.js";
import type { Database } from "./database.js";

/** Copies of before a migration hold what members may have had deleted since: they go after this time. */
const MIGRATION_BACKUP_MS = 30 * 24 * 60 * 60 * 1000;
const MIGRATION_BACKUP = ".before-version-";

/** Copies the store as it stands in one moment, beside its writers, to `file`: all of it or nothing. */
export async function backUpTo(database: Database, file: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    await database.all("VACUUM INTO ?", unfinished);
    moveSafely(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** A name beside the store at `path` that says what the copy is and when it was made. */
export function copyName(path: string, what: string, clock: Clock): string {
  return `${path}.${what}-${new Date(clock()).toISOString().replace(/[:.]/g, "-")}`;
}

/** The name of the copy that is made before the migration to `version`. */
export function migrationBackupName(path: string, version: number, clock: Clock): string {
  return copyName(path, `${MIGRATION_BACKUP.slice(1)}${version}`, clock);
}

/** Deletes the copies of before a migration that are older than thirty days. */
export function purgeMigrationBackups(path: string, clock: Clock): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(basename(path) + MIGRATION_BACKUP)) continue;
    const file = join(folder, name);
    if (statSync(file).mtimeMs < clock() - MIGRATION_BACKUP_MS) rmSync(file);
  }
}

/**
 * Puts a copy of `backup` in the place of the store at `path`, which nobody has open, and keeps what
 * was there as `replaced`. A process killed in between leaves one or the other in its place.
 */
export function putBack(backup: string, path: string, replaced: string): void {
  const unfinished = `${path}.unfinished`;
  copyFileSync(backup, unfinished);
  if (existsSync(path)) copyFileSync(path, replaced, constants.COPYFILE_FICLONE);
  // What the replaced file had not taken in yet belongs to it, and would spoil the new one.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${replaced}-wal`);
  rmSync(`${path}-shm`, { force: true });
  moveSafely(unfinished, path);
}

/** Renames once everything is on the disk. */
function moveSafely(from: string, to: string): void {
  const descriptor = openSync(from, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(from, to);
}

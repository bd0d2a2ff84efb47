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
import type { Clock } from "../../shared/time.js";
import { makePrivate } from "../private-file.js";
import type { Database } from "./database.js";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Copies that nobody asked for hold what members may have had deleted since: they go after this time. */
const COPY_MS = 30 * DAY_MS;
const MIGRATION_BACKUP = ".before-version-";
const REPLACED = ".replaced-";
/** What a killed process has begun to copy; none takes a day. */
const UNFINISHED = ".unfinished";

/** Copies the store as it stands at one moment, while others write, to `file`: all of it or nothing. */
export async function backUpTo(database: Database, file: string): Promise<void> {
  const unfinished = file + UNFINISHED;
  rmSync(unfinished, { force: true });
  try {
    // SQLite takes an empty file that is there, with its mode.
    makePrivate(unfinished);
    await database.all("VACUUM INTO ?", unfinished);
    moveSafely(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** A name next to the store at `path` that says what the copy is and when it was made. */
export function copyName(path: string, what: string, clock: Clock): string {
  return `${path}.${what}-${new Date(clock()).toISOString().replace(/[:.]/g, "-")}`;
}

/** When the newest copy next to the store at `path` was made that somebody asked for; undefined if there is none. */
export function newestBackupAt(path: string): number | undefined {
  const folder = dirname(path);
  const prefix = `${basename(path)}.backup-`;
  const times = readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && !name.endsWith(UNFINISHED))
    .map((name) => statSync(join(folder, name)).mtimeMs);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** The name of the copy that is made before the migration to `version`. */
export function migrationBackupName(path: string, version: number, clock: Clock): string {
  return copyName(path, `${MIGRATION_BACKUP.slice(1)}${version}`, clock);
}

/** The name of the copy of a store in whose place a backup is put. */
export function replacedName(path: string, clock: Clock): string {
  return copyName(path, REPLACED.slice(1, -1), clock);
}

/**
 * Deletes the copies of before a migration or a restoration that are older than thirty days, and
 * those that were never finished. Returns how many.
 */
export function purgeCopies(path: string, clock: Clock): number {
  const folder = dirname(path);
  let purged = 0;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const rest = name.slice(basename(path).length);
    const isCopy = rest.startsWith(MIGRATION_BACKUP) || rest.startsWith(REPLACED);
    if (!isCopy && !rest.endsWith(UNFINISHED)) continue;
    const file = join(folder, name);
    const longest = rest.endsWith(UNFINISHED) ? DAY_MS : COPY_MS;
    if (statSync(file).mtimeMs >= clock() - longest) continue;
    rmSync(file, { force: true });
    purged++;
  }
  return purged;
}

/**
 * Puts a copy of `backup` in the place of the store at `path`, which nobody has open, and moves
 * what was there to `replaced`. A process killed in between leaves one or the other in its place.
 */
export function putBack(backup: string, path: string, replaced: string): void {
  const unfinished = path + UNFINISHED;
  rmSync(unfinished, { force: true });
  copyPrivately(backup, unfinished);
  if (existsSync(path)) copyPrivately(path, replaced);
  // What the replaced file had not taken in yet belongs to it, and would spoil the new one.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${replaced}-wal`);
  rmSync(`${path}-shm`, { force: true });
  moveSafely(unfinished, path);
}

/** The copy is its owner's alone from the first byte on; copying gives it the mode of `from`. */
function copyPrivately(from: string, to: string): void {
  makePrivate(from);
  makePrivate(to);
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}

/** Renames once everything is on the disk. */
function moveSafely(from: string, to: string): void {
  const descriptor = openSync(from, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(from, to);
}

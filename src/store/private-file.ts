/** Files that only their owner may read: what members have voted is nobody else's. */
import { chmodSync, closeSync, existsSync, openSync } from "node:fs";

/** For the owner, to read and write. */
export const PRIVATE_MODE = 0o600;
/** For the owner, to list and to enter. */
export const PRIVATE_FOLDER_MODE = 0o700;
const PRIVATE_UMASK = 0o077;

/** From now on this process makes no file or folder that others can read. */
export function keepFilesPrivate(): void {
  process.umask(PRIVATE_UMASK);
}

/**
 * Makes `path` if it does not exist yet, and lets only its owner read it. SQLite
 * gives the files next to a database the mode of the database. A file of somebody else, or of a file
 * system without modes, stays as it is.
 */
export function makePrivate(path: string): void {
  if (!existsSync(path)) {
    closeSync(openSync(path, "a", PRIVATE_MODE));
    return;
  }
  try {
    chmodSync(path, PRIVATE_MODE);
  } catch (error) {
    if (!isNotOurs(error)) throw error;
  }
}

function isNotOurs(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "EPERM" || code === "EROFS" || code === "ENOTSUP";
}

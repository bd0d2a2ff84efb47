/** A short look at a store from outside, while a bot may be running: for the doctor. Changes nothing. */
import { statSync } from "node:fs";
import { recordOfText, SCHEMAS } from "../record-schemas.js";
import type { SettingsRecord } from "../records.js";
import { StoreError } from "../store-error.js";
import { openDatabase, TABLE } from "./database.js";
import { isOutdated } from "./schema.js";

const BUSY_TIMEOUT_MS = 5_000;
/** SQLite's own check reads the whole file: some seconds for so many bytes. */
const MOST_CHECKED_BYTES = 512 * 1024 * 1024;

export interface StoreGlance {
  readonly bytes: number;
  /** Whether the next start brings it up to date. */
  readonly isOutdated: boolean;
  /** What SQLite says of the file; nothing if it is whole, or too large for a short look. */
  readonly complaint: string | undefined;
  /** The hashes that encryption keys have left. */
  readonly keyHashes: readonly string[];
  /** By server. */
  readonly settings: ReadonlyMap<string, SettingsRecord>;
}

/**
 * Looks at the store at `path`, which exists. Throws `NewerStoreError`, {@link StoreError} for a file
 * that is no store, and SQLite's own error if it can't be read at all.
 */
export async function glanceAtStore(path: string): Promise<StoreGlance> {
  const { size: bytes } = statSync(path);
  const database = await openDatabase(path, "read", BUSY_TIMEOUT_MS);
  try {
    const rowsOf = (namespace: string) =>
      database.all<{ key: string; value: string | null }>(
        `SELECT key, value FROM ${TABLE} WHERE key > ? AND key < ?`,
        `${namespace}:`,
        `${namespace};`,
      );
    const tables = await database.all("SELECT 1 FROM sqlite_master WHERE name = ?", TABLE);
    if (tables.length === 0) {
      throw new StoreError("This file is a database, but not a store of Attune.");
    }
    const outdated = await isOutdated(database);
    const [check] =
      bytes > MOST_CHECKED_BYTES
        ? []
        : await database.all<{ quick_check: string }>("PRAGMA quick_check(1)");
    const complaint = check?.quick_check;
    const keys = await rowsOf("encryption-key");
    const settings = new Map<string, SettingsRecord>();
    for (const { key, value } of await rowsOf("settings")) {
      const record = readable(key, value);
      if (record !== undefined) settings.set(nameIn(key), record);
    }
    return {
      bytes,
      isOutdated: outdated,
      complaint: complaint === "ok" ? undefined : complaint,
      keyHashes: keys.map(({ key }) => nameIn(key)),
      settings,
    };
  } finally {
    await database.close();
  }
}

/** A damaged record of settings is as good as none, as for the bot. */
function readable(key: string, value: string | null): SettingsRecord | undefined {
  try {
    return recordOfText(key, value, SCHEMAS.settings) as SettingsRecord;
  } catch {
    return undefined;
  }
}

function nameIn(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

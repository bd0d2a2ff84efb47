/** Opens a store in a SQLite file: its lock, its migrations, and what goes on beside the work. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { OpenedEngine, OpenOptions } from "../opened-engine.js";
import { PRIVATE_FOLDER_MODE } from "../private-file.js";
import { ReadCache } from "../read-cache.js";
import { StoreError } from "../store-error.js";
import { purgeCopies } from "./backup.js";
import { BatchedSqlite } from "./batched-sqlite.js";
import { type Checkpoints, startCheckpoints } from "./checkpoints.js";
import { pathOfStore } from "./database.js";
import { Erasure } from "./erasure.js";
import { FileDeleter, finishDeletions } from "./file-deleter.js";
import { bringUpToDate } from "./schema.js";
import { lockStore, type StoreLock } from "./store-lock.js";
import { TombstoneFile } from "./tombstone-file.js";

/**
 * Opens the file of `url` (`sqlite://PATH`), creating it and its folder when needed. Throws
 * {@link StoreError}, `StoreInUseError` and `NewerStoreError`.
 */
export async function openSqlite(
  url: string,
  onError: (error: unknown) => void,
  options: OpenOptions,
): Promise<OpenedEngine> {
  const path = pathOfStore(url);
  let lock: StoreLock | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER_MODE });
    lock = options.alone ? await lockStore(path) : undefined;
    return await connect(url, onError, lock, options);
  } catch (cause) {
    await lock?.release();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      `Could not open the store ${url}: check STORE_URL, the folder's permissions and free disk space; "npm run store -- check" says whether the file is damaged.`,
      { cause },
    );
  }
}

async function connect(
  url: string,
  onError: (error: unknown) => void,
  lock: StoreLock | undefined,
  { onMigrated = () => undefined }: OpenOptions,
): Promise<OpenedEngine> {
  const path = pathOfStore(url);
  const tombstones = new TombstoneFile(path);
  // Only who holds the lock knows of every write.
  const cache = lock && new ReadCache();
  const engine = await BatchedSqlite.open(url, tombstones, cache);
  const erasure = new Erasure(path, engine);
  try {
    await bringUpToDate(path, engine.writer, lock, onMigrated);
    await engine.writer.all("PRAGMA wal_autocheckpoint = 0");
    if (lock !== undefined) {
      tombstones.compact();
      // What a migration or a killed process has left there.
      await erasure.tryToCutLog();
      await finishDeletions(path, engine, tombstones, erasure, onError);
    }
  } catch (error) {
    await engine.disconnect().catch(() => undefined);
    await erasure.close();
    throw error;
  }
  let checkpoints: Checkpoints | undefined;
  return {
    engine,
    lives: tombstones,
    alone: lock !== undefined,
    ...(cache && { cache }),
    start: (parts) => {
      checkpoints = startCheckpoints(url, engine, parts.onError);
      return new FileDeleter(engine, tombstones, erasure, parts);
    },
    purgeCopies: (clock) => purgeCopies(path, clock),
    close: async () => {
      await erasure.stop();
      await checkpoints?.stop();
      await engine.disconnect();
      await erasure.close();
      await lock?.release();
    },
  };
}

/**
 * Carries the write-ahead log over into the database file in the background, on a connection of its
 * own. SQLite would do it within a write, and every write of that connection would wait.
 */
import type { BatchedSqlite } from "./batched-sqlite.js";
import { type Database, openDatabase, pathOfStore } from "./database.js";

const INTERVAL_MS = 1_000;
/** What was overwritten or deleted stays in the log for this long at most, unless a reader needs it. */
const LOG_CUT_MS = 60_000;
/** In pages of 4 KB: a longer log is started afresh, for which writes have to wait a moment. */
const LONGEST_LOG = 8_000;
const BUSY_TIMEOUT_MS = 1_000;

export interface Checkpoints {
  /** Ends them; resolves when none is running any more. */
  stop(): Promise<void>;
}

interface CheckpointRow {
  /** Pages in the log; -1 if the log is not in use. */
  readonly log: number;
}

/**
 * Starts them for the file of `url`, to which `adapter` writes; a log longer than `longestLog` pages
 * is started afresh, and any log is cut off every `cutMs`. `onError` is called when a checkpoint fails;
 * the next one does its work.
 */
export function startCheckpoints(
  url: string,
  adapter: Pick<BatchedSqlite, "betweenWrites">,
  onError: (error: unknown) => void,
  { intervalMs = INTERVAL_MS, longestLog = LONGEST_LOG, cutMs = LOG_CUT_MS } = {},
): Checkpoints {
  let connection: Database | undefined;
  let last = Promise.resolve();
  let cutAt = performance.now();
  const next = async () => {
    connection ??= await openDatabase(pathOfStore(url), "write", BUSY_TIMEOUT_MS);
    const isTime = performance.now() - cutAt >= cutMs;
    await checkpoint(connection, adapter, isTime ? 0 : longestLog, isTime ? "TRUNCATE" : "RESTART");
    if (isTime) cutAt = performance.now();
  };
  const timer = setInterval(() => {
    last = last.then(next).catch(onError);
  }, intervalMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      await connection?.close();
    },
  };
}

async function checkpoint(
  connection: Database,
  adapter: Pick<BatchedSqlite, "betweenWrites">,
  longestLog: number,
  mode: "RESTART" | "TRUNCATE",
): Promise<void> {
  const [row] = await run(connection, "PASSIVE");
  if (row === undefined || row.log <= longestLog) return;
  // What came meanwhile: next to nothing is left to carry over then, so that writes wait a moment only.
  await run(connection, "PASSIVE");
  await adapter.betweenWrites(() => run(connection, mode));
}

function run(
  connection: Database,
  mode: "PASSIVE" | "RESTART" | "TRUNCATE",
): Promise<CheckpointRow[]> {
  return connection.all<CheckpointRow>(`PRAGMA wal_checkpoint(${mode})`);
}

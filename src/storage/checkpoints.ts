/**
 * Carries the write-ahead log over into the database file beside the work, on a connection of its
 * own. SQLite would do it within a write, and every read and write of that connection would wait.
 */
import { KeyvSqlite } from "@keyv/sqlite";

const INTERVAL_MS = 1_000;
/** Of the log, in pages of 4 KB: from here on it is begun anew, for which writes have to wait a moment. */
const LONGEST_LOG = 8_000;
const BUSY_TIMEOUT_MS = 1_000;

export interface Checkpoints {
  /** Ends them; resolves when none is under way any more. */
  stop(): Promise<void>;
}

interface CheckpointRow {
  /** Pages in the log; -1 where the log is not in use. */
  readonly log: number;
}

/** `url` is a file's; a log longer than `longestLog` pages is begun anew. `onError` hears of a checkpoint that failed; the next one does its work. */
export function startCheckpoints(
  url: string,
  table: string,
  onError: (error: unknown) => void,
  { intervalMs = INTERVAL_MS, longestLog = LONGEST_LOG } = {},
): Checkpoints {
  const connection = new KeyvSqlite({ uri: url, table, busyTimeout: BUSY_TIMEOUT_MS });
  connection.on("error", onError);
  let last = Promise.resolve();
  const timer = setInterval(() => {
    last = last.then(() => checkpoint(connection, longestLog)).catch(onError);
  }, intervalMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
      await connection.disconnect();
    },
  };
}

async function checkpoint(connection: KeyvSqlite, longestLog: number): Promise<void> {
  const [row] = await run(connection, "PASSIVE");
  // Little is left to carry over by now, so that the wait is short.
  if (row !== undefined && row.log > longestLog) await run(connection, "RESTART");
}

function run(connection: KeyvSqlite, mode: "PASSIVE" | "RESTART"): Promise<CheckpointRow[]> {
  return connection.query(`PRAGMA wal_checkpoint(${mode})`) as Promise<CheckpointRow[]>;
}

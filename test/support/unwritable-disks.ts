/** Disks that take nothing more. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../../src/store/sqlite/database.js";

const BUSY_TIMEOUT_MS = 5_000;

/** Stops what the process can write to the folder of its store; what it returns undoes that. */
export type StopWriting = (folder: string, pid: number) => Promise<() => Promise<void>>;

/** For a folder on a small disk of its own. */
export const fillDisk: StopWriting = async (folder) => {
  const log = await holdLog(join(folder, "attune.sqlite"));
  spawnSync("dd", ["if=/dev/zero", `of=${join(folder, "filler")}`]);
  await log.useUp();
  return async () => {
    rmSync(join(folder, "filler"));
    await log.close();
  };
};

/** For any folder: the system refuses each write of the process to a file. */
export const limitFiles: StopWriting = async (_folder, pid) => {
  setFileSize(pid, "1");
  return async () => setFileSize(pid, "unlimited");
};

/**
 * What SQLite has carried over from its log it writes over, for which no disk is too full. A reader
 * that goes on reading keeps it from carrying over any more; what is left then can be used up.
 */
async function holdLog(path: string) {
  const [reader, writer] = await Promise.all([
    openDatabase(path, "write", BUSY_TIMEOUT_MS),
    openDatabase(path, "write", BUSY_TIMEOUT_MS),
  ]);
  // One page, written again and again: the smallest write there is.
  await writer.all("CREATE TABLE filler (turn INTEGER)");
  await writer.all("INSERT INTO filler VALUES (0)");
  await reader.all("BEGIN");
  await reader.all("SELECT turn FROM filler");
  return {
    useUp: async () => {
      const written = () =>
        writer.all("UPDATE filler SET turn = turn + 1").then(
          () => true,
          (error: { code?: string }) => {
            if (error.code !== "SQLITE_FULL") throw error;
            return false;
          },
        );
      while (await written());
    },
    close: async () => {
      await Promise.all([reader.close(), writer.close()]);
    },
  };
}

function setFileSize(pid: number, bytes: string): void {
  const { status } = spawnSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
  if (status !== 0) throw new Error("prlimit failed.");
}

/**
 * `node janitor.mjs FOLDER`: waits until whoever started it is gone, however it went, and then ends the
 * PostgreSQL server whose data is in FOLDER/data and removes FOLDER.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const [folder] = process.argv.slice(2);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
process.stdin.resume().on("end", clean).on("error", clean);

async function clean() {
  const file = join(folder, "data", "postmaster.pid");
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, "utf8").split("\n", 1)[0]);
    // At once, and without a checkpoint: nobody needs the data any more.
    for (let signal = "SIGQUIT"; isSent(pid, signal); signal = 0) await wait(50);
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

function isSent(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

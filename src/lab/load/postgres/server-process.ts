/**
 * Runs a PostgreSQL server for the process that has forked this one, says where it listens, and ends it
 * with all its data when that process is gone, however it went. The server's settings are its own.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.js";
import { type Binaries, findBinaries } from "./binaries.js";

/** What the parent is told: the server's address, or why there is none. */
export type ServerMessage = { readonly url: string } | { readonly problem: string };

const USER = "attune";
const READY = "database system is ready to accept connections";

const folder = mkdtempSync(join(tmpdir(), "attune-load-postgres-"));
let server: ChildProcess | undefined;

async function run(): Promise<void> {
  // The server's user has to get to its data.
  chmodSync(folder, 0o755);
  const binaries = findBinaries(folder);
  const password = randomBytes(16).toString("hex");
  makeCluster(binaries, password);
  const port = await freePort();
  await start(binaries, port);
  tell({ url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres` });
}

function makeCluster({ initdb, as }: Binaries, password: string): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (as.uid !== undefined) {
    for (const path of [data, passwordFile]) chownSync(path, as.uid, as.gid!);
  }
  const account = [`--username=${USER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const texts = ["--encoding=UTF8", "--locale=C"];
  const { status, stderr, error } = spawnSync(
    initdb,
    [`--pgdata=${data}`, ...account, ...texts, "--no-sync"],
    { ...as, cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) {
    throw new Error(`PostgreSQL's data could not be made: ${error?.message ?? stderr}`);
  }
}

async function start({ postgres, as }: Binaries, port: number): Promise<void> {
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", `port=${port}`];
  const parameters = ["-D", join(folder, "data"), ...settings.flatMap((one) => ["-c", one])];
  const child = spawn(postgres, parameters, {
    ...as,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  server = child;
  let log = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (text) => {
      log = (log + String(text)).slice(-10_000);
      if (log.includes(READY)) resolve();
    });
    child.once("exit", () => reject(new Error(`PostgreSQL has ended: ${log}`)));
    child.once("error", reject);
  });
}

/** At once, and without a checkpoint: nobody needs the data any more. */
async function end(): Promise<void> {
  if (server !== undefined && server.exitCode === null && server.signalCode === null) {
    const ended = once(server, "exit");
    server.kill("SIGQUIT");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit();
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
process.on("disconnect", () => void end());
try {
  await run();
} catch (error) {
  tell({ problem: error instanceof Error ? error.message : String(error) });
}

/** A real PostgreSQL server in a folder of its own, on a free port of this machine. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Binaries, findBinaries } from "../../../src/lab/load/postgres/binaries.js";
import { freePort } from "../free-port.js";
import { waitFor } from "../wait-for.js";

const JANITOR = fileURLToPath(new URL("janitor.mjs", import.meta.url));
const USER = "attune";
export const PASSWORD = "p@ss:word/1";

/** Nothing here outlives the machine, so nothing waits for its disk. */
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=off",
  "full_page_writes=off",
  "shared_buffers=64MB",
  "max_connections=200",
  "log_min_messages=warning",
];

export class PostgresServer {
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(
    private readonly folder: string,
    private readonly binaries: Binaries,
    private readonly janitor: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "attune-postgres-"));
    const janitor = spawn(process.execPath, [JANITOR, folder], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    janitor.unref();
    try {
      chmodSync(folder, 0o755);
      const binaries = findBinaries(folder);
      makeCluster(folder, binaries);
      const server = new PostgresServer(folder, binaries, janitor, await freePort());
      await server.start();
      return server;
    } catch (error) {
      janitor.stdin!.end();
      throw error;
    }
  }

  /** The address of a database on it, for its superuser. */
  url(database = "postgres"): string {
    return `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${this.port}/${database}`;
  }

  async start(): Promise<void> {
    const settings = [...SETTINGS, `port=${this.port}`].flatMap((one) => ["-c", one]);
    const data = join(this.folder, "data");
    const server = spawn(this.binaries.postgres, ["-D", data, ...settings], {
      ...this.binaries.as,
      cwd: this.folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    server.stderr!.on("data", (text) => (this.#log += text));
    this.#process = server;
    await waitFor(() => this.#isReady(server), "PostgreSQL");
  }

  /**
   * Ends it: `fast` breaks off what is under way and says so, `immediate` as if the machine had
   * crashed. Resolves when it is gone.
   */
  async stop(how: "fast" | "immediate" = "fast"): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill(how === "fast" ? "SIGINT" : "SIGQUIT");
    await ended;
    this.#process = undefined;
  }

  /** Ends it, and removes its folder. */
  async remove(): Promise<void> {
    await this.stop("immediate");
    const ended = once(this.janitor, "exit");
    this.janitor.stdin!.end();
    await ended;
  }

  async #isReady(server: ChildProcess): Promise<true | undefined> {
    if (server.exitCode !== null) throw new Error(`PostgreSQL has ended: ${this.#log}`);
    const client = new pg.Client(this.url());
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return undefined;
    }
  }
}

function makeCluster(folder: string, { initdb, as }: Binaries): void {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  const data = join(folder, "data");
  mkdirSync(data, { mode: 0o700 });
  if (as.uid !== undefined) {
    for (const path of [data, passwordFile]) chownSync(path, as.uid, as.gid!);
  }
  const { status, stderr } = spawnSync(
    initdb,
    [
      `--pgdata=${data}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
    ],
    { ...as, cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`PostgreSQL's data could not be made: ${stderr}`);
}

/** Servers of PostgreSQL that belong together: a primary, and a standby made from it. Everybody in the machine may log in. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chownSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Binaries } from "../../../src/lab/load/postgres/binaries.js";
import { waitFor } from "../wait-for.js";

/** Where Debian's packages put what npm's leaves out. */
const DEBIAN = [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`);
const USER = "attune";
export const DATABASE = "attune";
const STARTING_MS = 120_000;

/** Nothing here outlives the machine, so nothing waits for its disk. */
const SETTINGS = [
  "unix_socket_directories=",
  "fsync=off",
  "full_page_writes=off",
  "shared_buffers=64MB",
  "max_connections=200",
  "log_min_messages=warning",
];

/** The folder of a PostgreSQL that can copy a running server; undefined if there is none. */
export function findReplication(): string | undefined {
  return DEBIAN.find((folder) => existsSync(join(folder, "pg_basebackup")));
}

/** One server, in a folder of its own. */
export class Cluster {
  #process: ChildProcess | undefined;
  #log = "";

  private constructor(
    private readonly binaries: Binaries,
    private readonly data: string,
    readonly port: number,
    private readonly addresses: string,
  ) {}

  /** A new one with an empty database; beside 127.0.0.1 it listens on `address`, if given. */
  static async create(
    binaries: Binaries,
    data: string,
    port: number,
    address?: string,
  ): Promise<Cluster> {
    ownFolder(binaries, data);
    const options = [`--pgdata=${data}`, `--username=${USER}`, "--auth=trust", "--no-sync"];
    run(binaries.initdb, [...options, "--encoding=UTF8", "--locale=C"], binaries);
    if (address) appendFileSync(join(data, "pg_hba.conf"), "host all all 10.0.0.0/8 trust\n");
    const addresses = ["127.0.0.1", ...(address ? [address] : [])].join(",");
    const cluster = new Cluster(binaries, data, port, addresses);
    await cluster.start();
    await cluster.query(`CREATE DATABASE ${DATABASE}`, [], "postgres");
    return cluster;
  }

  /** A standby that follows this one, made with the `pg_basebackup` in `folder`. */
  async createStandby(folder: string, data: string, port: number): Promise<Cluster> {
    ownFolder(this.binaries, data);
    const from = ["-h", "127.0.0.1", "-p", String(this.port), "-U", USER];
    const how = ["-D", data, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync"];
    run(join(folder, "pg_basebackup"), [...from, ...how], this.binaries);
    const standby = new Cluster(this.binaries, data, port, this.addresses);
    await standby.start();
    return standby;
  }

  async start(): Promise<void> {
    const settings = [...SETTINGS, `listen_addresses=${this.addresses}`, `port=${this.port}`];
    const parameters = ["-D", this.data, ...settings.flatMap((one) => ["-c", one])];
    const server = spawn(this.binaries.postgres, parameters, {
      ...this.binaries.as,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
    });
    server.stderr!.on("data", (text) => (this.#log += text));
    this.#process = server;
    const isReady = async () => {
      if (server.exitCode !== null) throw new Error(`PostgreSQL has ended: ${this.#log}`);
      return this.query("SELECT 1", [], "postgres").then(
        () => true,
        () => undefined,
      );
    };
    await waitFor(isReady, "PostgreSQL", STARTING_MS);
  }

  /** As if its machine had crashed. Resolves when it is gone. */
  async crash(): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGQUIT");
    await ended;
  }

  async query<Found extends object>(
    sql: string,
    values: readonly unknown[] = [],
    database = DATABASE,
  ): Promise<Found[]> {
    const client = new pg.Client({ host: "127.0.0.1", port: this.port, user: USER, database });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows as Found[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function ownFolder({ as }: Binaries, path: string): void {
  mkdirSync(path, { mode: 0o700, recursive: true });
  if (as.uid !== undefined) chownSync(path, as.uid, as.gid!);
}

function run(program: string, parameters: readonly string[], { as }: Binaries): void {
  const { status, stderr, error } = spawnSync(program, parameters, {
    ...as,
    cwd: "/",
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}

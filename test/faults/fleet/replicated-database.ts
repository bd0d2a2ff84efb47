/** A primary and its standby behind one address, which moves when the primary crashes. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { unprivileged } from "../../../src/lab/load/postgres/binaries.js";
import { freePort } from "../../support/free-port.js";
import { Cluster, DATABASE } from "../../support/postgres/cluster.js";
import { Switchboard } from "../../support/switchboard.js";
import { waitFor } from "../../support/wait-for.js";
import type { RunDatabase } from "./run-database.js";
import type { Query } from "./stored-lists.js";

/** So far the standby is behind when the primary crashes, as over a slow network. */
const BEHIND_MS = 1_000;

export class ReplicatedDatabase implements RunDatabase {
  readonly #folder = mkdtempSync(join(tmpdir(), "attune-replicated-"));
  crashedAt: number | undefined;
  #made = 0;
  #primary!: Cluster;
  #standby!: Cluster;
  #board!: Switchboard;

  private constructor(
    /** With the programs of PostgreSQL, `pg_basebackup` among them. */
    private readonly programs: string,
    /** Whether a commit waits for the standby. */
    private readonly isSynchronous: boolean,
  ) {}

  static async start(programs: string, isSynchronous: boolean): Promise<ReplicatedDatabase> {
    const database = new ReplicatedDatabase(programs, isSynchronous);
    chmodSync(database.#folder, 0o755);
    const program = (name: string) => join(programs, name);
    const as = process.getuid?.() === 0 ? unprivileged() : {};
    const binaries = { initdb: program("initdb"), postgres: program("postgres"), as };
    database.#primary = await Cluster.create(binaries, database.#nextData(), await freePort());
    database.#board = await Switchboard.open(database.#primary.port);
    await database.#follow();
    return database;
  }

  get url(): string {
    return `postgres://attune@127.0.0.1:${this.#board.port}/${DATABASE}`;
  }

  readonly query: Query = (sql, values) => this.#primary.query(sql, values);

  stop(): Promise<void> {
    return this.#primary.crash();
  }

  start(): Promise<void> {
    return this.#primary.start();
  }

  /** Of what is committed meanwhile the standby has nothing, unless the primary waits for it. */
  async failOver(): Promise<void> {
    const receiver = await this.#receiver();
    process.kill(receiver, "SIGSTOP");
    await sleep(BEHIND_MS);
    await this.#primary.crash();
    this.crashedAt = Date.now();
    // It ends before it takes what has come meanwhile: that has never arrived.
    process.kill(receiver, "SIGTERM");
    process.kill(receiver, "SIGCONT");
    const old = this.#primary;
    this.#primary = this.#standby;
    await this.#primary.query("SELECT pg_promote(true, 60)");
    // Nobody follows the new one yet, and nobody is waited for.
    await this.#primary.query("ALTER SYSTEM RESET synchronous_standby_names");
    await this.#primary.query("SELECT pg_reload_conf()");
    this.#board.switchTo(this.#primary.port);
    await old.crash();
    await this.#follow();
  }

  async remove(): Promise<void> {
    await this.#board.close();
    await this.#standby.crash();
    await this.#primary.crash();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Makes a new standby, and waits until it has all that the primary has. */
  async #follow(): Promise<void> {
    const port = await freePort();
    this.#standby = await this.#primary.createStandby(this.programs, this.#nextData(), port);
    const state = "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'";
    const isFollowed = async () => (await this.#primary.query(state)).length > 0 || undefined;
    await waitFor(isFollowed, "the standby");
    if (!this.isSynchronous) return;
    await this.#primary.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await this.#primary.query("SELECT pg_reload_conf()");
    const isWaitedFor = `SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'`;
    await waitFor(
      async () => (await this.#primary.query(isWaitedFor)).length > 0 || undefined,
      "synchronous replication",
    );
  }

  /** The process of the standby that takes what the primary has written. */
  async #receiver(): Promise<number> {
    const pid = "SELECT pid FROM pg_stat_wal_receiver";
    return waitFor(async () => {
      const [row] = await this.#standby.query<{ pid: number | null }>(pid);
      return row?.pid ?? undefined;
    }, "the standby's receiver");
  }

  #nextData(): string {
    return join(this.#folder, String(this.#made++));
  }
}

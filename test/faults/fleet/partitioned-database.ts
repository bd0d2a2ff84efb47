/** A database on this machine, and a network from which the way to it can be cut. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "../../../src/lab/load/postgres/binaries.js";
import { freePort } from "../../support/free-port.js";
import { OtherNetwork } from "../../support/other-network.js";
import { Cluster, DATABASE } from "../../support/postgres/cluster.js";
import type { Place } from "./fleet.js";
import type { RunDatabase } from "./run-database.js";
import type { Query } from "./stored-lists.js";

export class PartitionedDatabase implements RunDatabase {
  private constructor(
    private readonly folder: string,
    private readonly cluster: Cluster,
    private readonly network: OtherNetwork,
  ) {}

  static async start(): Promise<PartitionedDatabase> {
    const folder = mkdtempSync(join(tmpdir(), "attune-partitioned-"));
    chmodSync(folder, 0o755);
    const network = await OtherNetwork.create();
    const port = await freePort();
    const address = network.databaseAddress;
    const data = join(folder, "data");
    const cluster = await Cluster.create(findBinaries(folder), data, port, address);
    return new PartitionedDatabase(folder, cluster, network);
  }

  get url(): string {
    return this.#urlAt("127.0.0.1");
  }

  readonly query: Query = (sql, values) => this.cluster.query(sql, values);

  stop(): Promise<void> {
    return this.cluster.crash();
  }

  start(): Promise<void> {
    return this.cluster.start();
  }

  /** Where a process is that can be cut off; `ports` are those of everything else that it speaks to. */
  async placeBeyond(ports: readonly number[]): Promise<Place> {
    await this.network.share(ports);
    const environment = { STORE_URL: this.#urlAt(this.network.databaseAddress) };
    return { environment, through: this.network.through };
  }

  cut(): void {
    this.network.cut();
  }

  mend(): void {
    this.network.mend();
  }

  async remove(): Promise<void> {
    await this.network.remove();
    await this.cluster.crash();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #urlAt(host: string): string {
    return `postgres://attune@${host}:${this.cluster.port}/${DATABASE}`;
  }
}

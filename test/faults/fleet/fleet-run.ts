/**
 * Several processes on PostgreSQL in trouble again and again, under votes, deletions and retrainings; and
 * whether anything was lost, looked at each time they have come to rest: the built program, a loopback Discord
 * with shards, a loopback language model, a real PostgreSQL.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import { waitFor } from "../../support/wait-for.js";
import { readKept } from "../kept-votes.js";
import { keepEvidence } from "../kill-evidence.js";
import { Fleet } from "./fleet.js";
import { type FleetReport, reportOf } from "./fleet-report.js";
import { FleetWorld } from "./fleet-world.js";
import type { RunDatabase } from "./run-database.js";
import { TROUBLES, type Trouble } from "./troubles.js";

const SHARDS = 4;
/** Of so many rounds one begins with a training. */
const TRAINING_EVERY = 4;
const LATEST_MS = 1_000;
const SETTLING_MS = 150_000;
/** What is still missing then is lost. */
const LOST_AFTER_MS = 15_000;
const LOOK_MS = 50;
const SERVED_MS = 180_000;

export interface FleetRunOptions {
  readonly bots: number;
  readonly trainers: number;
  readonly seed: number;
  /** Whether a failover may lose what was acknowledged: it is counted then, and nothing is wrong. */
  readonly mayLose?: boolean;
  /** With nothing in it; it is removed in the end. */
  readonly database: RunDatabase;
  /** In this order. */
  readonly troubles: readonly Trouble[];
  readonly say: (line: string) => void;
}

/** Goes through `troubles`, and stops at the first thing that is wrong. */
export async function runFleet(options: FleetRunOptions): Promise<FleetReport> {
  const run = await FleetRun.start(options);
  try {
    for (const [at, trouble] of options.troubles.entries()) {
      if (run.wrong.length > 0) break;
      await run.round(trouble, at % TRAINING_EVERY === TRAINING_EVERY - 1);
      options.say(JSON.stringify(run.report()));
    }
    if (run.wrong.length === 0) await run.end();
    return run.report();
  } catch (error) {
    await run.stuck(error);
    return run.report();
  } finally {
    await run.close();
  }
}

class FleetRun {
  wrong: string[] = [];
  readonly #done = new Map<Trouble, number>();
  readonly #folder = mkdtempSync(join(tmpdir(), "attune-fleet-"));
  #evidence: string | undefined;
  #firstRequest = 0;

  private constructor(
    private readonly random: RandomGenerator,
    private readonly world: FleetWorld,
    private readonly fleet: Fleet,
    private readonly options: FleetRunOptions,
  ) {}

  static async start(options: FleetRunOptions): Promise<FleetRun> {
    const { bots, trainers, seed, database } = options;
    const random = createRandomGenerator(seed);
    const world = await FleetWorld.create(random, SHARDS, database);
    const folder = mkdtempSync(join(tmpdir(), "attune-"));
    const { environment } = world;
    const beyond = await database.placeBeyond?.(world.ports);
    const placeOf = (name: string) => (name === "bot-0" ? (beyond ?? {}) : {});
    const parts = { folder, bots, trainers, shards: SHARDS, environment, placeOf };
    const fleet = await Fleet.start(parts);
    return new FleetRun(random, world, fleet, options);
  }

  /** Load, trouble in the midst of it, load until all are back, and rest. */
  async round(trouble: Trouble, training: boolean): Promise<void> {
    const { world } = this;
    this.#firstRequest = world.discord.requests.length;
    if (training) await world.training.begin(world.channels[0]!);
    const load = new AbortController();
    const acts = world.act(load.signal);
    try {
      await Promise.race([this.#trouble(trouble), acts]);
    } finally {
      load.abort();
      await acts;
    }
    await this.#settle();
  }

  async #trouble(trouble: Trouble): Promise<void> {
    const { world, fleet, random } = this;
    await this.#acknowledged();
    await sleep(random() * LATEST_MS);
    const whom = await TROUBLES[trouble]({ fleet, database: world.database, random });
    this.options.say(`${trouble}: ${whom}`);
    this.#done.set(trouble, (this.#done.get(trouble) ?? 0) + 1);
    await fleet.ready();
    await waitFor(() => world.isConnected || undefined, "all shards", SERVED_MS);
    await this.#acknowledged();
  }

  /** After the last round: every process ends in good order, and the history is held against the rules. */
  async end(): Promise<void> {
    const anomalies = this.world.history.check();
    // What a failover has lost was there before.
    if (!this.options.mayLose) this.wrong.push(...anomalies);
    this.wrong.push(...(await this.fleet.stop()));
  }

  /** It did not go on. */
  async stuck(error: unknown): Promise<void> {
    this.wrong.push(error instanceof Error ? String(error.stack) : String(error));
    await this.#keepEvidence();
  }

  report(): FleetReport {
    return reportOf({
      troubles: Object.fromEntries(this.#done),
      world: this.world,
      fleet: this.fleet,
      wrong: this.wrong,
      evidence: this.#evidence,
      history: join(this.#folder, "history.edn"),
    });
  }

  async close(): Promise<void> {
    writeFileSync(join(this.#folder, "history.edn"), this.world.history.toEdn());
    writeFileSync(join(this.#folder, "processes.log"), this.fleet.log);
    await this.fleet.killAll();
    await this.world.close();
  }

  /** Waits for one more acknowledgement: the load is on, and somebody is there who takes it. */
  async #acknowledged(): Promise<void> {
    const { votes } = this.world;
    const before = votes.acknowledged;
    await waitFor(() => votes.acknowledged > before || undefined, "a vote", SERVED_MS);
  }

  /** Waits until everything is right, and keeps what is still wrong after a while. */
  async #settle(): Promise<void> {
    if (this.options.mayLose) {
      await this.#look(LOST_AFTER_MS);
      await this.world.acceptLosses();
    }
    await this.#look(SETTLING_MS);
    this.wrong.push(...this.world.wrongReads);
    if (this.wrong.length === 0) return this.world.settle();
    await this.#keepEvidence();
  }

  /** Until nothing is wrong, for so long at most. */
  async #look(patienceMs: number): Promise<void> {
    const end = Date.now() + patienceMs;
    do {
      await sleep(LOOK_MS);
      this.wrong = await this.world.look().catch((error: Error) => [String(error.stack)]);
    } while (this.wrong.length > 0 && Date.now() < end);
  }

  async #keepEvidence(): Promise<void> {
    const { discord, store, votes } = this.world;
    const records = await readKept(store).then(
      ({ ballots }) => ballots,
      () => new Map(),
    );
    this.#evidence = keepEvidence({
      wrong: this.wrong,
      log: this.fleet.log,
      requests: discord.requests.slice(this.#firstRequest),
      ballots: votes.ballots,
      records,
    });
  }
}

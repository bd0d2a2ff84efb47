/**
 * The day's tokens while processes die that have paid for answers: all together never spend more than the bound,
 * counted by the language model's server, which bills what it has served whoever is alive to read it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { waitFor } from "../../support/wait-for.js";
import { Fleet } from "./fleet.js";
import { FleetWorld } from "./fleet-world.js";
import type { RunDatabase } from "./run-database.js";
import { TROUBLES } from "./troubles.js";

const SHARDS = 4;
const BOUND = 60_000;
const UNBOUNDED = 1_000_000_000;
/** Of the bound, between two kills. */
const STEP = BOUND / 12;
/** Without a request everything that could be spent is spent. */
const QUIET_MS = 15_000;
const LOOK_MS = 100;
const SERVED_MS = 120_000;

export interface BillReport {
  readonly bound: number;
  readonly spent: number;
  readonly kills: number;
}

export interface BillOptions {
  readonly bots: number;
  readonly seed: number;
  readonly database: RunDatabase;
}

/** Asks until nobody is answered any more, and kills a bot now and then. */
export async function spendBill({ bots, seed, database }: BillOptions): Promise<BillReport> {
  const random = createRandomGenerator(seed);
  const world = await FleetWorld.create(random, SHARDS, database);
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const environment = {
    ...world.environment,
    TOKENS_PER_DAY: [UNBOUNDED, UNBOUNDED, UNBOUNDED, BOUND].join("/"),
    MAXIMUM_OUTPUT_TOKENS: "64",
  };
  const fleet = await Fleet.start({ folder, bots, trainers: 0, shards: SHARDS, environment });
  const asking = new AbortController();
  let acts: Promise<void> | undefined;
  let kills = 0;
  try {
    await waitFor(() => world.isConnected || undefined, "all shards", SERVED_MS);
    acts = world.ask(asking.signal);
    while (await spends(world)) {
      await TROUBLES.kill({ fleet, database, random });
      kills++;
    }
    return { bound: BOUND, spent: world.spent, kills };
  } finally {
    asking.abort();
    await acts;
    await fleet.killAll();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves with true once some more is spent, with false if nothing is. */
async function spends(world: FleetWorld): Promise<boolean> {
  const before = world.spent;
  let last = before;
  for (let quietSince = Date.now(); Date.now() - quietSince < QUIET_MS; await sleep(LOOK_MS)) {
    if (world.spent - before >= STEP) return true;
    if (world.spent !== last || !world.isConnected) quietSince = Date.now();
    last = world.spent;
  }
  return false;
}

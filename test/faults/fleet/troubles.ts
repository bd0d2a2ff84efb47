/** What goes wrong in a run: each does its harm at once, and resolves when its cause is over. */
import { setTimeout as sleep } from "node:timers/promises";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { Fleet, FleetProcess } from "./fleet.js";
import { type RunDatabase, terminateSome } from "./run-database.js";

/** Before a killed process is started again; a standby may come first. */
const LATEST_RESTART_MS = 1_500;
/** Longer than anybody waits for a silent process: the queue's heartbeat, and a transaction that stands still. */
const PAUSE_MS = 15_000;
/** Longer than the server waits for a client that is silent, and the client for an answer. */
const CUT_MS = 45_000;
const LATEST_BACK_MS = 2_000;

export interface TroubleParts {
  readonly fleet: Fleet;
  readonly database: RunDatabase;
  readonly random: RandomGenerator;
}

/** By name, in the order in which they come. */
export const TROUBLES = {
  kill: async ({ fleet, random }: TroubleParts) => {
    const one = pick(fleet.all, random);
    await fleet.kill(one);
    await sleep(random() * LATEST_RESTART_MS);
    fleet.restart(one);
    return one.name;
  },
  pause: async ({ fleet, random }: TroubleParts) => {
    const one = pick(fleet.all, random);
    fleet.pause(one);
    await sleep(PAUSE_MS);
    fleet.goOn(one);
    return one.name;
  },
  terminate: async ({ database }: TroubleParts) => `${await terminateSome(database)} connections`,
  restart: async ({ database, random }: TroubleParts) => {
    await database.stop();
    await sleep(random() * LATEST_BACK_MS);
    await database.start();
    return "PostgreSQL";
  },
  partition: async ({ database }: TroubleParts) => {
    if (database.cut === undefined || database.mend === undefined) {
      throw new Error("There is no network to cut.");
    }
    database.cut();
    await sleep(CUT_MS);
    database.mend();
    return "the first bot";
  },
  failover: async ({ database }: TroubleParts) => {
    if (database.failOver === undefined) throw new Error("There is no standby to fail over to.");
    await database.failOver();
    return "PostgreSQL";
  },
} as const satisfies Readonly<Record<string, (parts: TroubleParts) => Promise<string>>>;

export type Trouble = keyof typeof TROUBLES;

function pick(all: readonly FleetProcess[], random: RandomGenerator): FleetProcess {
  return all[Math.floor(random() * all.length)]!;
}

/** The queue that all processes share: pg-boss, in a schema of its own in the store's database. */
import type { PgBoss, Queue } from "pg-boss";
import type { Log } from "../../shared/log.js";

export const RETRAINING = "retraining";
export const PURGE = "purge";
export const REFITS = "refits";

const SCHEMA = "attune_jobs";
const DAY_SECONDS = 24 * 60 * 60;
/** A process that is silent for so long is taken for dead: the queue allows no less. */
const HEARTBEAT_SECONDS = 10;
/** How often a process that works looks whether another is dead. */
const SUPERVISE_SECONDS = 5;
/** Of a process that only sends, and of one that works. */
const CONNECTIONS = { sends: 2, works: 4 };

/** Never two of a kind at once, over all processes. What fails is tried twice more. */
const OPTIONS: Omit<Queue, "name"> = {
  policy: "exclusive",
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: DAY_SECONDS / 2,
  retryLimit: 2,
  retryDelay: 1,
  deleteAfterSeconds: 14 * DAY_SECONDS,
};

export interface QueueOptions {
  /** Of the database, `postgres://…`. */
  readonly url: string;
  /** Whether this process does the jobs, too. */
  readonly works: boolean;
  readonly log: Log;
}

/** Makes the queue where it is missing. Rejects with the database's own errors. */
export async function openQueue({ url, works, log }: QueueOptions): Promise<PgBoss> {
  // Where everything is stored in a file, nobody waits for these to be loaded.
  const { PgBoss } = await import("pg-boss");
  const { clientConfig } = await import("../../store/postgres/connection.js");
  const boss = new PgBoss({
    ...clientConfig(url),
    application_name: "attune jobs",
    schema: SCHEMA,
    max: works ? CONNECTIONS.works : CONNECTIONS.sends,
    supervise: works,
    schedule: works,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    // Retrainings are counted by ourselves, and the jobs are few.
    persistQueueStats: false,
    openTelemetry: { enabled: false },
  });
  boss.on("error", (error) => log.error({ event: "jobs.error", err: error }));
  boss.on("warning", ({ message }) => log.warn({ event: "jobs.warning", warning: message }));
  await boss.start();
  for (const name of [RETRAINING, PURGE, REFITS]) await boss.createQueue(name, OPTIONS);
  return boss;
}

/** The jobs that run by themselves: the retraining, and the purge of expired ballots. */
import type { Log } from "../log.js";
import type { Ballots } from "../voting/ballots.js";
import { refusalText } from "./report-text.js";
import type { Retraining } from "./retraining.js";
import { type Schedule, schedule } from "./schedule.js";

/** Once an hour is often enough for texts that live for days. */
const PURGE_CRON = "17 * * * *";

export interface JobsParts {
  readonly retraining: Retraining;
  readonly ballots: Ballots;
  /** Undefined where the retraining is switched off. */
  readonly retrainCron: string | undefined;
  readonly log: Log;
}

/** Starts the jobs; they end with `stop`. */
export function startJobs({ retraining, ballots, retrainCron, log }: JobsParts): Schedule {
  const jobs = [
    schedule("purge", PURGE_CRON, () => purge(ballots, log), log),
    ...(retrainCron === undefined
      ? []
      : [schedule("retraining", retrainCron, () => retrain(retraining, log), log)]),
  ];
  return { stop: () => jobs.forEach((job) => void job.stop()) };
}

async function purge(ballots: Ballots, log: Log): Promise<void> {
  const purged = await ballots.purgeExpired();
  if (purged > 0) log.info({ event: "ballots.purged", ballots: purged });
}

async function retrain(retraining: Retraining, log: Log): Promise<void> {
  try {
    await retraining.run(() => undefined);
  } catch (error) {
    const refusal = refusalText(error);
    if (refusal === undefined) throw error;
    log.info({ event: "retraining.refused", reason: refusal });
  }
}

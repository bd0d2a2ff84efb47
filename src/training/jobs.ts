/** The jobs that run by themselves: the retraining, and the purge of what has expired. */

import type { Ballots } from "../ballots/ballots.js";
import type { ReplyNotes } from "../ballots/reply-notes.js";
import type { Departures } from "../guilds/departures.js";
import { speakerOf } from "../language/say.js";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import type { Store } from "../store/store.js";
import { refusalText } from "./refusal-text.js";
import type { Retraining } from "./retraining.js";
import { type Schedule, schedule } from "./schedule.js";

/** Once an hour is often enough for texts that live for days. */
const PURGE_CRON = "17 * * * *";

export interface JobsParts {
  readonly retraining: Retraining;
  readonly ballots: Ballots;
  readonly replyNotes: ReplyNotes;
  readonly departures: Departures;
  readonly store: Pick<Store, "purgeCopies">;
  readonly clock: Clock;
  /** Undefined if the retraining is switched off. */
  readonly retrainCron: string | undefined;
  readonly log: Log;
}

/** Starts the jobs; they end with `stop`. */
export function startJobs(parts: JobsParts): Schedule {
  const { retraining, retrainCron, log } = parts;
  const jobs = [
    schedule("purge", PURGE_CRON, () => purge(parts), log),
    ...(retrainCron === undefined
      ? []
      : [schedule("retraining", retrainCron, () => retrain(retraining, log), log)]),
  ];
  return { stop: () => jobs.forEach((job) => void job.stop()) };
}

/** Deletes what has expired, and says how many of each. */
export async function purge({
  ballots,
  replyNotes,
  departures,
  store,
  clock,
  log,
}: Omit<JobsParts, "retraining" | "retrainCron">): Promise<void> {
  const purged = {
    ballots: await ballots.purgeExpired(),
    replies: await replyNotes.purgeExpired(),
    guilds: (await departures.purge()).length,
    copies: store.purgeCopies(clock),
  };
  log.info({ event: "retention.purged", ...purged });
}

async function retrain(retraining: Retraining, log: Log): Promise<void> {
  try {
    await retraining.run(() => undefined);
  } catch (error) {
    const refusal = refusalText(error, speakerOf("en"));
    if (refusal === undefined) throw error;
    log.info({ event: "retraining.refused", reason: refusal });
  }
}

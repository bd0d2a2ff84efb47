/** What a process does that takes jobs from the queue. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import { speakerOf } from "../../language/say.js";
import { refitSome, type StaleRefitsParts } from "../../members/stale-refits.js";
import type { ModelLibrary } from "../model-library.js";
import { refusalText } from "../refusal-text.js";
import type { Retraining } from "../retraining.js";
import { TrainingClaim, TrainingTakenOverError } from "../training-claim.js";
import { type JobOutcome, outcomeOfError } from "./job-outcome.js";
import { PURGE_CRON, type PurgeParts, purge } from "./purge.js";
import { PURGE, REFITS, RETRAINING } from "./queue.js";

/** Profiles of one job, so that one that is begun again has not much to look at twice. */
const PROFILES_OF_A_JOB = 500;
/** For profiles that stay out of date since a crash of the database has lost the job for them. */
const REFITS_CRON = "*/5 * * * *";
/** Between two notes of how far a training is. */
const NOTE_MS = 1_000;

export interface JobWorksParts extends PurgeParts, StaleRefitsParts {
  readonly store: PurgeParts["store"] &
    StaleRefitsParts["store"] &
    Parameters<typeof TrainingClaim.take>[0];
  readonly models: ModelLibrary;
  readonly retraining: Retraining;
  readonly scope: { readonly name: string };
  /** Undefined if the retraining is switched off. */
  readonly retrainCron: string | undefined;
}

/** Takes jobs from now on, and has the queue make them at their times. */
export async function workOn(boss: PgBoss, parts: JobWorksParts): Promise<void> {
  const options = {
    pollingIntervalSeconds: 1,
    includeMetadata: true,
    heartbeatRefreshSeconds: 3,
  } as const;
  await boss.work(RETRAINING, options, ([job]) => retrain(job!, parts));
  await boss.work(PURGE, options, () => purge(parts));
  await boss.work(REFITS, options, ([job]) => refits(boss, job!, parts));
  await schedule(boss, PURGE, PURGE_CRON);
  await schedule(boss, REFITS, REFITS_CRON);
  await schedule(boss, RETRAINING, parts.retrainCron);
  // What an earlier process has left out of date.
  await boss.send(REFITS);
}

/** In the time zone of this process. */
async function schedule(boss: PgBoss, name: string, cron: string | undefined): Promise<void> {
  const { timeZone: tz } = new Intl.DateTimeFormat().resolvedOptions();
  if (cron === undefined) await boss.unschedule(name);
  else await boss.schedule(name, cron, {}, { tz });
}

async function retrain(job: JobWithMetadata<unknown>, parts: JobWorksParts): Promise<JobOutcome> {
  const { retraining, store, scope, clock, log } = parts;
  const { id, createdOn, retryCount: attempt } = job;
  try {
    const run = { job: id, madeAt: createdOn.getTime(), attempt };
    await parts.models.refresh();
    const claim = await TrainingClaim.take(store, scope.name, run, clock());
    const notes = paced((progress: Parameters<TrainingClaim["note"]>[0]) => claim.note(progress));
    const report = await retraining.run(notes.add, claim);
    await notes.settled();
    return { report };
  } catch (error) {
    if (error instanceof TrainingTakenOverError) log.warn({ event: "retraining.taken-over" });
    const reason = refusalText(error, speakerOf("en"));
    if (reason !== undefined) log.info({ event: "retraining.refused", reason });
    return outcomeOfError(error);
  }
}

/** Passes on the newest of what is added, never two at once; what fails is passed over. */
function paced<Value>(pass: (value: Value) => Promise<void>) {
  let next: Value | undefined;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (next !== undefined) {
      const value = next;
      next = undefined;
      await pass(value).catch(() => undefined);
      if (next !== undefined) await sleep(NOTE_MS, undefined, { ref: false });
    }
    running = undefined;
  };
  return {
    add: (value: Value) => {
      next = value;
      running ??= run();
    },
    settled: async () => {
      next = undefined;
      await running;
    },
  };
}

/** Some profiles, and another job for the rest: each is short, and any process may take it. */
async function refits(
  boss: PgBoss,
  job: JobWithMetadata<unknown>,
  parts: JobWorksParts,
): Promise<void> {
  await parts.models.refresh();
  const { left } = await refitSome(parts, PROFILES_OF_A_JOB, () => job.signal.aborted);
  // With a key of its own: without one the queue would not take it beside this one.
  if (left) await boss.send(REFITS, null, { singletonKey: job.id });
}

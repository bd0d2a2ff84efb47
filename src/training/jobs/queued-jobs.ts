/** The jobs of a process among several: a queue in the database has them, and the processes that work take them. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JobWithMetadata, PgBoss } from "pg-boss";
import type { RetrainProgress } from "../../../workers/requests.js";
import type { Refit } from "../refits.js";
import { RetrainingInProgressError, type RetrainingReport } from "../retraining.js";
import { type JobOutcome, refusalOf } from "./job-outcome.js";
import { type JobWorksParts, workOn } from "./job-works.js";
import { type Jobs, NoTrainerError, type TrainingState } from "./jobs.js";
import { openQueue, REFITS, RETRAINING } from "./queue.js";

/** Whoever waits for a training hears after this time that nobody takes it. */
const TAKEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
/** What is under way then goes back into the queue. */
const STOP_MS = 1_000;

export interface QueuedJobsParts extends JobWorksParts {
  readonly url: string;
  /** Whether this process does the jobs, too. */
  readonly works: boolean;
  /** After how long nobody is expected to take a training any more. */
  readonly takenWithinMs?: number;
}

type Training = JobWithMetadata & { readonly output?: JobOutcome | { readonly message?: string } };

export class QueuedJobs implements Jobs {
  #boss: Promise<PgBoss> | undefined;

  constructor(private readonly parts: QueuedJobsParts) {}

  /** Rejects with the database's own errors. */
  async start(): Promise<void> {
    const boss = await this.#open();
    if (this.parts.works) await workOn(boss, this.parts);
  }

  /** Throws {@link NoTrainerError} if nobody has taken it within a minute; it stays in the queue. */
  async retrain(onProgress: (progress: RetrainProgress) => void): Promise<RetrainingReport> {
    const boss = await this.#open();
    const id = (await boss.send(RETRAINING)) ?? (await this.#waiting(boss));
    if (id === undefined) throw new RetrainingInProgressError();
    const { takenWithinMs = TAKEN_WITHIN_MS } = this.parts;
    const until = performance.now() + takenWithinMs;
    for (;;) {
      const job = await jobOf(boss, id);
      if (job === undefined || job.state === "cancelled") throw new Error("The job was cancelled.");
      if (job.state === "failed") throw new Error(messageOf(job.output));
      if (job.state === "completed") return reportIn(job.output as JobOutcome);
      if (job.state === "active") onProgress(await this.#progress());
      else if (job.state === "created" && performance.now() > until) throw new NoTrainerError();
      await sleep(LOOK_EVERY_MS);
    }
  }

  async training(): Promise<TrainingState> {
    const jobs = (await (await this.#open()).findJobs(RETRAINING)) as Training[];
    const isActive = jobs.some(({ state }) => state === "active");
    const progress = isActive ? await this.#progress() : undefined;
    const reports = jobs.map(({ output }) => output && "report" in output && output.report);
    return { progress, lastReport: reports.findLast((report) => report) || undefined };
  }

  /** Has the profiles refitted, by whichever process takes the job. Never throws. */
  readonly refitSoon: Refit = async () => {
    const { store, models, log } = this.parts;
    try {
      await (await this.#open()).send(REFITS);
      const { version } = models.current;
      return (await store.profiles.count()) - (await store.profiles.count("", { version }));
    } catch (error) {
      log.warn({ event: "retraining.refit-failed", err: error });
      return 0;
    }
  };

  async stop(): Promise<void> {
    const boss = await this.#boss?.catch(() => undefined);
    this.#boss = undefined;
    await boss?.stop({ graceful: this.parts.works, timeout: STOP_MS });
  }

  #open(): Promise<PgBoss> {
    this.#boss ??= openQueue(this.parts);
    return this.#boss;
  }

  /** The training that waits to be taken already; undefined if one is under way. */
  async #waiting(boss: PgBoss): Promise<string | undefined> {
    const jobs = await boss.findJobs(RETRAINING, { queued: true });
    return jobs.find(({ state }) => state === "created")?.id;
  }

  async #progress(): Promise<RetrainProgress> {
    const { store, scope } = this.parts;
    const { done, stage } = (await store.trainingRuns.get(scope.name)) ?? { done: 0, stage: "" };
    return { done, stage };
  }
}

async function jobOf(boss: PgBoss, id: string): Promise<Training | undefined> {
  const [job] = await boss.findJobs(RETRAINING, { id });
  return job as Training | undefined;
}

function reportIn(outcome: JobOutcome): RetrainingReport {
  if ("report" in outcome) return outcome.report;
  throw refusalOf(outcome);
}

function messageOf(output: Training["output"]): string {
  const { message } = (output ?? {}) as { readonly message?: string };
  return message ?? "The training failed: the trainer's log says why.";
}

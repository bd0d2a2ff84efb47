/** The jobs, in this process or in a queue that several share, by where everything is stored. */
import { refitStale } from "../members/stale-refits.js";
import { isPostgresUrl } from "../shared/environment/store-url.js";
import type { Jobs } from "../training/jobs/jobs.js";
import { LocalJobs } from "../training/jobs/local-jobs.js";
import { QueuedJobs } from "../training/jobs/queued-jobs.js";
import { refitHere } from "../training/refits.js";
import type { Retraining } from "../training/retraining.js";
import type { Engine } from "./engine.js";
import type { Housekeeping } from "./housekeeping.js";
import { composeRetraining } from "./learning.js";
import type { ServicesOptions } from "./options.js";

export interface ComposedJobs {
  readonly retraining: Retraining;
  readonly jobs: Jobs;
  /** Ends what was begun without anybody's asking. */
  readonly end: () => Promise<void>;
}

export function composeJobs(
  options: ServicesOptions,
  engine: Engine,
  housekeeping: Pick<Housekeeping, "ballots" | "replyNotes" | "departures">,
): ComposedJobs {
  const { config, scope, clock, log } = options;
  const { accepts } = scope;
  const { storeUrl: url, retrainCron } = config;
  const parts = { ...engine, ...housekeeping, scope, accepts, clock, log, retrainCron };
  // The playground is alone with what it stores.
  const shares = config.discord !== undefined || config.role === "trainer";
  if (shares && isPostgresUrl(url)) {
    const planRefits = async () => jobs.refitSoon;
    const retraining = composeRetraining(options, engine, planRefits);
    const works = config.role !== "bot";
    const jobs: QueuedJobs = new QueuedJobs({ ...parts, retraining, url, works });
    return { retraining, jobs, end: () => jobs.stop() };
  }
  const retraining = composeRetraining(options, engine, refitHere(parts));
  const refits = refitStale(parts);
  return { retraining, jobs: new LocalJobs({ ...parts, retraining }), end: () => refits.stop() };
}

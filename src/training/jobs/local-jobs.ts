/** The jobs of a process that is the only one: all of them run in it, at times that croner keeps. */
import { speakerOf } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import { refusalText } from "../refusal-text.js";
import type { Retraining } from "../retraining.js";
import { type Schedule, schedule } from "../schedule.js";
import type { Jobs } from "./jobs.js";
import { PURGE_CRON, type PurgeParts, purge } from "./purge.js";

export interface LocalJobsParts extends PurgeParts {
  readonly retraining: Retraining;
  /** Undefined if the retraining is switched off. */
  readonly retrainCron: string | undefined;
}

export class LocalJobs implements Jobs {
  #schedules: readonly Schedule[] = [];

  constructor(private readonly parts: LocalJobsParts) {}

  async start(): Promise<void> {
    const { retraining, retrainCron, log } = this.parts;
    this.#schedules = [
      schedule("purge", PURGE_CRON, () => purge(this.parts), log),
      ...(retrainCron === undefined
        ? []
        : [schedule("retraining", retrainCron, () => retrain(retraining, log), log)]),
    ];
  }

  retrain(...[onProgress]: Parameters<Jobs["retrain"]>) {
    return this.parts.retraining.run(onProgress);
  }

  async training() {
    const { progress, lastReport } = this.parts.retraining;
    return { progress, lastReport };
  }

  /** A training under way ends with its thread. */
  async stop(): Promise<void> {
    for (const one of this.#schedules) one.stop();
  }
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

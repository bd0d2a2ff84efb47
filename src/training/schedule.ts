/** Jobs on a schedule, through croner: a run that is still going is never joined by a second one. */
import { Cron } from "croner";
import type { Log } from "../shared/log.js";

export interface Schedule {
  stop(): void;
}

/** Runs `job` at the times of `pattern` (cron, local time). What the job throws is logged. */
export function schedule(
  name: string,
  pattern: string,
  job: () => Promise<void>,
  log: Log,
): Schedule {
  let stopped = false;
  const failed = (error: unknown) => {
    // A job that the end of the program breaks off is begun again by the next start.
    if (stopped) log.info({ event: "schedule.interrupted", job: name });
    else log.error({ event: "schedule.failed", job: name, err: error });
  };
  const cron = new Cron(
    pattern,
    {
      name,
      protect: true,
      unref: true,
      catch: failed,
    },
    job,
  );
  return {
    stop: () => {
      stopped = true;
      cron.stop();
    },
  };
}

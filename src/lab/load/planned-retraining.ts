/** The retraining in the middle of the load: how it is begun, and when it is over. */
import { setTimeout as sleep } from "node:timers/promises";
import { readLog } from "./bot-log.js";
import { type LoadedBot, untilEnded } from "./loaded-bot.js";
import type { LoadOptions } from "./options.js";
import { askForRetraining } from "./postgres-jobs.js";

/** From the start of the bot to the first message, about. */
const START_SECONDS = 4;
/** The retraining starts when a quarter of the load is over, or after a minute; after the warm-up. */
const LATEST_RETRAINING_SECONDS = 60;
/** A retraining that has not ended with the load gets so long. */
const TRAINING_MS = 10 * 60_000;
/** For so long a retraining may read votes before the log says that it has started. */
const READING_MS = 60_000;
/** What the log says when a retraining is over, whatever came of it. */
const TRAINING_ENDS = ["retraining.finished", "retraining.refused", "schedule.failed"];

export interface PlannedRetraining {
  cancel(): void;
}

/**
 * For process number `index`. With SQLite one process is enough to learn new base rewards; a queue looks at
 * its times only twice a minute, so {@link planRetraining} asks it.
 */
export function retrainCron(options: LoadOptions, index: number): string {
  if (!options.retraining || index > 0 || options.store === "postgres") return "off";
  return cronIn(START_SECONDS + retrainingAfter(options));
}

/** From the beginning of the traffic on; where the bot itself has a time for it, nothing. */
export function planRetraining(options: LoadOptions, storeUrl: string): PlannedRetraining {
  if (!options.retraining || options.store === "sqlite") return { cancel: () => undefined };
  const ask = () => askForRetraining(storeUrl).catch((error) => console.error(error));
  const timer = setTimeout(ask, 1000 * retrainingAfter(options));
  return { cancel: () => clearTimeout(timer) };
}

function retrainingAfter({ warmUp, seconds }: LoadOptions): number {
  return warmUp + Math.min(seconds / 4, LATEST_RETRAINING_SECONDS);
}

/** Resolves when a retraining of one of `bots` is over, or has not ended for so long that it is given up. */
export async function trainingEnded(
  bots: readonly Pick<LoadedBot, "process" | "log">[],
  say: (line: string) => void,
): Promise<void> {
  for (let waited = 0; waited < TRAINING_MS; waited += 1000) {
    const events = bots.flatMap(({ log }) => readLog(log).map(({ event = "" }) => event));
    if (events.some((event) => TRAINING_ENDS.includes(event))) return;
    if (waited >= READING_MS && !events.includes("retraining.started")) return;
    if (waited === 0) say("The load is over; the retraining still goes on.");
    await Promise.race(bots.map(({ process }) => untilEnded(process, sleep(1000))));
  }
}

/** A cron pattern, with seconds, of the moment that many seconds from now. */
function cronIn(seconds: number): string {
  const at = new Date(Date.now() + seconds * 1000);
  const time = [at.getSeconds(), at.getMinutes(), at.getHours()];
  return [...time, at.getDate(), at.getMonth() + 1, "*"].join(" ");
}

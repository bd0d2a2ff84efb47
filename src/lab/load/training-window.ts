/** When the bot's retraining ran, from its log, and which messages had to share the machine with it. */
import type { LogLine } from "./bot-log.js";

/** What the log says of a retraining. */
export interface TrainingWindow {
  /** Milliseconds since 1970: from the first vote that it reads to the last profile that is refitted. */
  readonly from: number;
  readonly to: number;
  /** Whether it was over by then, or only the load was. */
  readonly ended: boolean;
  /** All of it; for the votes to be read; the training alone; of that, for how long it gave way. */
  readonly seconds: number;
  readonly readingSeconds: number;
  readonly trainingSeconds: number | undefined;
  readonly waitedSeconds: number | undefined;
  readonly comparisons: unknown;
  readonly members: unknown;
  readonly adopted: unknown;
}

/** A message of the load, as far as it matters here. */
interface Timed {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number | undefined;
}

/** Undefined if none began. `now` is the end of one that has not ended, in milliseconds since 1970. */
export function trainingWindow(log: readonly LogLine[], now: number): TrainingWindow | undefined {
  const started = lineOf(log, "retraining.started");
  if (started === undefined) return undefined;
  const trained = lineOf(log, "training.backend");
  const finished = lineOf(log, "retraining.finished");
  const readingSeconds = started.readingSeconds as number;
  const from = started.time! - 1000 * readingSeconds;
  const to = finished?.time ?? now;
  return {
    from,
    to,
    ended: finished !== undefined,
    seconds: (to - from) / 1000,
    readingSeconds,
    trainingSeconds: trained && (trained.time! - started.time!) / 1000,
    waitedSeconds: trained?.waitedSeconds as number | undefined,
    comparisons: started.comparisons,
    members: started.members,
    adopted: finished?.adopted,
  };
}

/** Whether `message` was on its way while the training ran. */
export function isWithin({ from, to }: TrainingWindow, { at, ms = 0 }: Timed): boolean {
  return at <= to && at + ms >= from;
}

function lineOf(log: readonly LogLine[], name: string): LogLine | undefined {
  return log.find(({ event }) => event === name);
}

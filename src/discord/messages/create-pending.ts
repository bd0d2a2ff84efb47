/** Builds what keeps those company who wait for an answer. */
import type { Client } from "discord.js";
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import { EditPace } from "./edit-pace.js";
import { PendingAnswers } from "./pending-answers.js";
import { PendingLines } from "./pending-lines.js";
import type { Speech } from "./speech.js";
import { settleUnfinishedAnswers } from "./unfinished-answers.js";

/** Other times than the usual ones, in milliseconds; for tests. */
export interface PendingTimes {
  /** After how long a line says that an answer is being written. */
  readonly waitMs?: number | undefined;
  /** Between two edits of answers that grow in a channel. */
  readonly paceMs?: number | undefined;
}

export interface PendingOptions extends PendingTimes {
  readonly client: Client;
  readonly services: Pick<Services, "clock" | "shards" | "store">;
  readonly speech: Pick<Speech, "to">;
  readonly signals: { readonly closing: AbortSignal; readonly stopping: AbortSignal };
  readonly log: Log;
}

/** The answers that are waited for, and what settles those that an earlier process has left unfinished. */
export function createPending(options: PendingOptions) {
  const { client, services, signals, speech, log } = options;
  const lines = new PendingLines(services);
  const pendingAnswers = new PendingAnswers({
    lines,
    pace: new EditPace(options.paceMs),
    speech,
    stopping: signals.stopping,
    waitMs: options.waitMs,
    log,
  });
  const { closing } = signals;
  const settle = () => settleUnfinishedAnswers({ ...services, client, lines, closing, log });
  return { pendingAnswers, settle };
}

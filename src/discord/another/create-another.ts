/** Builds what stands behind "Another answer", and has it go on after a restart. */
import { type Client, Events } from "discord.js";
import type { Services } from "../../compose.js";
import type { Log } from "../../shared/log.js";
import { logFailure } from "../gateway/discord-errors.js";
import type { Conversations } from "../messages/conversations.js";
import { AnotherAnswers } from "./another-answers.js";
import { SecondAnswers } from "./second-answers.js";

export interface AnotherOptions {
  readonly client: Client;
  readonly services: Services;
  readonly conversations: Conversations;
  /** Called with everything that has to finish before the bot ends. */
  readonly add: (task: Promise<void>) => void;
  readonly signals: { readonly closing: AbortSignal; readonly stopping: AbortSignal };
  /** After how long the answer that is shown stays; for tests. */
  readonly lapseMs?: number | undefined;
  readonly log: Log;
}

export function createAnother({
  client,
  services,
  conversations,
  add,
  signals,
  lapseMs,
  log,
}: AnotherOptions): AnotherAnswers {
  const { closing, stopping } = signals;
  const seconds = new SecondAnswers({ ...services, conversations, stopping, log });
  const another = new AnotherAnswers({
    ...services,
    client,
    seconds,
    work: add,
    closing,
    openMs: lapseMs,
    log,
  });
  client.on(Events.ShardReady, () => {
    const resuming = another.resume().catch((error: unknown) => {
      logFailure(log, { event: "another.unfinished" }, error);
    });
    add(resuming);
  });
  return another;
}

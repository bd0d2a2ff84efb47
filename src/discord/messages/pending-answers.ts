/** All the answers that members wait for, by the message that is answered. */
import type { Message } from "discord.js";
import type { Log } from "../../shared/log.js";
import { memberOf } from "./addressing.js";
import type { EditPace } from "./edit-pace.js";
import { PendingAnswer } from "./pending-answer.js";
import type { PendingLines } from "./pending-lines.js";
import type { Speech } from "./speech.js";

/** After so long a typing indicator says too little. */
export const WAIT_MS = 4_000;

export interface PendingAnswersParts {
  readonly lines: PendingLines;
  readonly pace: EditPace;
  readonly speech: Pick<Speech, "to">;
  /** Aborted when the bot stops. */
  readonly stopping: AbortSignal;
  /** How long somebody waits without a line; {@link WAIT_MS} where not given. */
  readonly waitMs?: number | undefined;
  readonly log: Log;
}

export class PendingAnswers {
  readonly #pending = new Map<string, PendingAnswer>();

  constructor(private readonly parts: PendingAnswersParts) {}

  /** Runs `action` while somebody waits for the answer to `message`, which came `waitedMs` ago. */
  async during<Result>(
    message: Message,
    waitedMs: number,
    action: (pending: PendingAnswer) => Promise<Result>,
  ): Promise<Result> {
    const { lines, log, pace, speech, stopping, waitMs = WAIT_MS } = this.parts;
    const pending = new PendingAnswer(message, {
      lines,
      pace,
      say: () => speech.to(memberOf(message, message.author.id)),
      waitMs: Math.max(0, waitMs - waitedMs),
      stopping,
      log,
    });
    this.#pending.set(message.id, pending);
    try {
      return await action(pending);
    } finally {
      this.#pending.delete(message.id);
      await pending.close();
    }
  }

  /** Messages were deleted, perhaps some that are being answered. */
  deleted(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#pending.get(id)?.deleted();
  }

  /** Channels were deleted, with everything in them. */
  channelsDeleted(channelIds: ReadonlySet<string>): void {
    for (const pending of this.#pending.values()) {
      if (channelIds.has(pending.message.channelId)) pending.deleted();
    }
  }
}

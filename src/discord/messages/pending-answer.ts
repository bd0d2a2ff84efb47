/**
 * The answer to one message, from the moment its member waits for it: after some seconds a line below the
 * message says so, and later that line becomes the answer, a ballot or a notice. It never stays behind.
 */
import { DiscordAPIError, type Message, type MessageReplyOptions } from "discord.js";
import { splitMessage } from "../../conversation/split-message.js";
import type { Say } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { isLost, isUnknownMessage, logFailure } from "../gateway/discord-errors.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import {
  AnswerCutError,
  answerNonce,
  type Row,
  sendNotice,
  sendPieces,
  sendReply,
} from "./answer-messages.js";
import type { PendingLines } from "./pending-lines.js";
import { waitingLine } from "./waiting-mark.js";

/** The member has deleted the message: nobody waits for the answer any more. */
export class MessageDeletedError extends Error {
  override readonly name = "MessageDeletedError";

  constructor() {
    super("The message was deleted before it was answered.");
  }
}

export interface PendingAnswerParts {
  readonly lines: PendingLines;
  /** In the member's language. */
  readonly say: () => Promise<Say>;
  /** How long somebody waits without a line, in milliseconds. */
  readonly waitMs: number;
  /** Aborted when the bot stops. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/** What one message becomes. */
type Content = Pick<MessageReplyOptions, "content" | "embeds" | "components"> & {
  readonly flags?: typeof ANSWER_FLAGS;
};

/** What an edit leaves of nothing that it does not name. */
const NOTHING_BESIDE = { embeds: [], components: [], flags: [] } as const;

export class PendingAnswer {
  /** Known to discord.js now; it may be deleted meanwhile. */
  readonly #messages: Message["channel"]["messages"];
  readonly #given = new AbortController();
  readonly #lineShown = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #posting: Promise<Message | undefined> = Promise.resolve(undefined);
  /** Whether nothing but the line can be there: neither an answer nor a notice has taken its place. */
  #isLine = true;

  constructor(
    readonly message: Message,
    private readonly parts: PendingAnswerParts,
  ) {
    const { stopping, waitMs } = parts;
    this.#messages = message.channel.messages;
    this.#timer = setTimeout(() => {
      this.#posting = this.#postLine();
    }, waitMs);
    if (stopping.aborted) this.#given.abort(stopping.reason);
    stopping.addEventListener("abort", this.#stop, { once: true });
  }

  /** Aborted when the answer is not worth writing any more: with the reason. */
  get signal(): AbortSignal {
    return this.#given.signal;
  }

  /** Aborted once the line stands there, in the place of the typing indicator. */
  get lineShown(): AbortSignal {
    return this.#lineShown.signal;
  }

  /** Whether the member has deleted the message. */
  get isDeleted(): boolean {
    return this.#given.signal.reason instanceof MessageDeletedError;
  }

  /** The member has deleted the message, or its channel is gone. */
  deleted(): void {
    this.#given.abort(new MessageDeletedError());
  }

  /**
   * Answers with `text`, and `rows` below it. Returns the messages sent, in order. Throws discord.js's error if the first
   * one is refused, and {@link AnswerCutError} if a later one is.
   */
  async answer(text: string, rows: readonly Row[] = []): Promise<Message[]> {
    const pieces = splitMessage(text);
    const [first, ...rest] = pieces;
    const line = await this.#line();
    if (line === undefined || first === undefined) {
      return sendPieces(this.message, pieces, (piece) => this.#nonce(piece), rows);
    }
    const components = rest.length === 0 ? [...rows] : [];
    const answered = await this.become({ content: first, components, flags: ANSWER_FLAGS }, 0);
    try {
      const nonce = (piece: number) => this.#nonce(piece + 1);
      return [answered, ...(await sendPieces(answered, rest, nonce, rows))];
    } catch (error) {
      if (!(error instanceof AnswerCutError)) throw new AnswerCutError([answered], error);
      throw new AnswerCutError([answered, ...error.sent], error.cause);
    }
  }

  /**
   * Makes `content` of the line, or sends it where there is none, or no longer. `part` names it to
   * Discord, so that it comes once. Throws discord.js's error if Discord refuses.
   */
  async become(content: Content, part: number | "ballot" | "excuse"): Promise<Message> {
    const line = await this.#line();
    if (line === undefined) return sendReply(this.message, content, this.#nonce(part));
    try {
      const edited = await retryWhileUnavailable(() =>
        this.#messages.edit(line.id, { ...NOTHING_BESIDE, ...content }),
      );
      this.#isLine = false;
      return edited;
    } catch (error) {
      // A moderator has deleted the line: what was to stand there is said anew.
      if (!isUnknownMessage(error)) throw error;
      this.#isLine = false;
      return sendReply(this.message, content, this.#nonce(part));
    }
  }

  /** Says why no answer comes, or why its rest does not. Throws discord.js's error if that can't be said. */
  async tell(excuse: string): Promise<void> {
    if ((await this.#line()) === undefined) await sendNotice(this.message, excuse, "excuse");
    else await this.become({ content: excuse }, "excuse");
  }

  /** Ends the waiting: what is still only a line is taken away. Never throws. */
  async close(): Promise<void> {
    const { lines, log, stopping } = this.parts;
    clearTimeout(this.#timer);
    stopping.removeEventListener("abort", this.#stop);
    const line = await this.#posting;
    if (line === undefined) return;
    try {
      if (this.#isLine) await retryWhileUnavailable(() => this.#messages.delete(line.id));
      await lines.forget(this.message.id);
    } catch (error) {
      if (isLost(error)) return lines.forget(this.message.id);
      // It stays noted, and is taken away with the next session.
      lines.leave(this.message.id);
      logFailure(log, { event: "waiting.line-left", messageId: line.id }, error);
    }
  }

  /** The line, if it stands there and nothing has taken its place. From now on none is posted. */
  async #line(): Promise<Message | undefined> {
    clearTimeout(this.#timer);
    const line = await this.#posting;
    return this.#isLine ? line : undefined;
  }

  /** Undefined, and the waiting goes on without a line, if it is refused or can't be noted. */
  async #postLine(): Promise<Message | undefined> {
    const { lines, log, say } = this.parts;
    const { message } = this;
    try {
      const content = waitingLine(await say());
      // Noted first: a process that dies in between leaves no line that nobody knows.
      if (!(await lines.note(message.id, message.channelId))) return undefined;
      const line = await sendReply(message, { content }, this.#nonce("waiting"));
      this.#lineShown.abort();
      return line;
    } catch (error) {
      logFailure(log, { event: "waiting.unshown", messageId: message.id }, error);
      // Where Discord was away, it may have taken the line all the same: that is looked up later.
      if (error instanceof DiscordAPIError) await lines.forget(message.id);
      else lines.leave(message.id);
      return undefined;
    }
  }

  #nonce(part: Parameters<typeof answerNonce>[1]): string {
    return answerNonce(this.message, part);
  }

  readonly #stop = () => this.#given.abort(this.parts.stopping.reason);
}

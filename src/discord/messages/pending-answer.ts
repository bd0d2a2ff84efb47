/**
 * The answer to one message, from the moment its member waits for it: after some seconds a line below the
 * message says so, the words may grow above it, and in the end the answer, a ballot or a notice stands
 * there. The line never stays behind.
 */
import { DiscordAPIError, type Message, type MessageReplyOptions } from "discord.js";
import { splitMessage } from "../../conversation/split-message.js";
import type { Say } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import { DIRECT_MESSAGES_GUILD } from "../../store/ids.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { isLost, isUnknownMessage, logFailure } from "../gateway/discord-errors.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import {
  AnswerCutError,
  answerNonce,
  type Part,
  type Row,
  sendNotice,
  sendReply,
} from "./answer-messages.js";
import type { EditPace } from "./edit-pace.js";
import { GrowingAnswer } from "./growing-answer.js";
import type { PendingLines } from "./pending-lines.js";
import { unfinished, waitingLine, withNote, withWaitingLine } from "./waiting-mark.js";

/** The member has deleted the message: nobody waits for the answer any more. */
export class MessageDeletedError extends Error {
  override readonly name = "MessageDeletedError";

  constructor() {
    super("The message was deleted before it was answered.");
  }
}

export interface PendingAnswerParts {
  readonly lines: PendingLines;
  readonly pace: EditPace;
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

/** A message that stands below the member's, and what it says. */
interface Standing {
  readonly message: Message;
  readonly content: string;
}

export class PendingAnswer {
  /** Known to discord.js now; it may be deleted meanwhile. */
  readonly #messages: Message["channel"]["messages"];
  readonly #given = new AbortController();
  readonly #lineShown = new AbortController();
  readonly #growing: GrowingAnswer;
  readonly #timer: NodeJS.Timeout;
  #posting: Promise<void> = Promise.resolve();
  /** The line alone, or the pieces of an answer that grows, the line in the last; [] once it is finished. */
  #standing: Standing[] = [];
  #isNoted = false;
  #firstWordsAt: number | undefined;

  constructor(
    readonly message: Message,
    private readonly parts: PendingAnswerParts,
  ) {
    const { log, pace, stopping, waitMs } = parts;
    this.#messages = message.channel.messages;
    this.#growing = new GrowingAnswer({
      channelId: message.channelId,
      pace,
      write: (text) => this.#grow(text),
      failed: (error) =>
        logFailure(log, { event: "waiting.unshown", messageId: message.id }, error),
    });
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

  /** When the first words of an answer that grows could be read, by the monotonic clock. */
  get firstWordsAt(): number | undefined {
    return this.#firstWordsAt;
  }

  /** The member has deleted the message, or its channel is gone. */
  deleted(): void {
    this.#given.abort(new MessageDeletedError());
  }

  /** The answer grows: what `shown` returns may be shown now, if the pace allows. */
  grow(shown: () => string): void {
    if (!this.#given.signal.aborted) this.#growing.grow(shown);
  }

  /**
   * Answers with `text`, and `rows` below it. Returns the messages sent, in order. Throws discord.js's
   * error if the first one is refused, and {@link AnswerCutError} if a later one is.
   */
  async answer(text: string, rows: readonly Row[] = []): Promise<Message[]> {
    await this.#settled();
    const before = this.#standing;
    const sent: Message[] = [];
    const pieces = splitMessage(text);
    for (const [piece, content] of pieces.entries()) {
      const components = piece === pieces.length - 1 ? [...rows] : [];
      const said: Content = { content, components, flags: ANSWER_FLAGS };
      try {
        sent.push(await this.#put(before[piece], said, piece, sent.at(-1) ?? this.message));
      } catch (error) {
        throw sent.length === 0 ? error : new AnswerCutError(sent, error);
      }
      this.#standing = before.slice(piece + 1);
    }
    return sent;
  }

  /**
   * Makes `content` of the line, or sends it where there is none, or no longer. `part` names it to
   * Discord, so that it comes once. Throws discord.js's error if Discord refuses.
   */
  async become(content: Content, part: Part): Promise<Message> {
    await this.#settled();
    const [first, ...rest] = this.#standing;
    const message = await this.#put(first, content, part, this.message);
    this.#standing = rest;
    return message;
  }

  /**
   * Says why no answer comes, or why its rest does not, below what can be read of it. Throws discord.js's
   * error if that can't be said.
   */
  async tell(excuse: string): Promise<void> {
    await this.#settled();
    const last = this.#standing.at(-1);
    const shown = last === undefined ? undefined : unfinished(last.content)?.shown;
    if (shown === undefined) return sendNotice(this.message, excuse, "excuse");
    if (shown === "") return void (await this.become({ content: excuse }, "excuse"));
    const content = withNote(shown, excuse);
    await this.#put(last, { content, flags: ANSWER_FLAGS }, "excuse", this.message);
    this.#standing = [];
  }

  /** Ends the waiting: what is still unfinished is taken away. Never throws. */
  async close(): Promise<void> {
    const { lines, log, stopping } = this.parts;
    stopping.removeEventListener("abort", this.#stop);
    await this.#settled();
    if (!this.#isNoted) return;
    try {
      for (const { message } of this.#standing.reverse()) await this.#delete(message);
      await lines.forget(this.message.id);
    } catch (error) {
      if (isLost(error)) return lines.forget(this.message.id);
      // It stays noted, and is taken away with the next session.
      lines.leave(this.message.id);
      logFailure(log, { event: "waiting.line-left", messageId: this.message.id }, error);
    }
  }

  /** From now on no line is posted, and nothing grows. */
  async #settled(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#growing.stop();
    await this.#posting;
  }

  /** Makes `content` of `standing`; sends it below `target` if there is nothing, or it was deleted. */
  async #put(
    standing: Standing | undefined,
    content: Content,
    part: Part,
    target: Message,
  ): Promise<Message> {
    if (standing === undefined) return sendReply(target, content, answerNonce(this.message, part));
    try {
      return await this.#edit(standing.message, content);
    } catch (error) {
      // A moderator has deleted it: what was to stand there is said anew.
      if (!isUnknownMessage(error)) throw error;
      return sendReply(target, content, answerNonce(this.message, part, true));
    }
  }

  #edit({ id }: Message, content: Content): Promise<Message> {
    return retryWhileUnavailable(() => this.#messages.edit(id, { ...NOTHING_BESIDE, ...content }));
  }

  async #delete({ id }: Message): Promise<void> {
    try {
      await retryWhileUnavailable(() => this.#messages.delete(id));
    } catch (error) {
      if (!isUnknownMessage(error)) throw error;
    }
  }

  /** Shows `text`, which is not all; the line stays in its place where nothing is to be shown any more. */
  async #grow(text: string): Promise<void> {
    clearTimeout(this.#timer);
    await this.#posting;
    const say = await this.parts.say();
    if (!(await this.#note())) return;
    const pieces = text === "" ? [""] : splitMessage(text);
    const contents = pieces.map((piece, at) =>
      at < pieces.length - 1 ? piece : withWaitingLine(piece, say),
    );
    const look = text === "" ? {} : { flags: ANSWER_FLAGS as typeof ANSWER_FLAGS };
    // A new piece comes first, so that at every moment a line says that there is more.
    for (let at = this.#standing.length; at < contents.length; at++) {
      const target = this.#standing.at(-1)?.message ?? this.message;
      const said = { content: contents[at]!, ...look };
      const message = await sendReply(target, said, answerNonce(this.message, at));
      this.#standing.push({ message, content: contents[at]! });
    }
    for (const [at, { content, message }] of this.#standing.entries()) {
      const wanted = contents[at];
      if (wanted === undefined) await this.#delete(message);
      else if (wanted !== content) await this.#edit(message, { content: wanted, ...look });
      if (wanted !== undefined) this.#standing[at] = { message, content: wanted };
    }
    this.#standing = this.#standing.slice(0, contents.length);
    this.#firstWordsAt ??= performance.now();
    this.#lineShown.abort();
  }

  /** The waiting goes on without a line if it is refused or can't be noted. */
  async #postLine(): Promise<void> {
    const { lines, log, say } = this.parts;
    const { message } = this;
    try {
      const content = waitingLine(await say());
      if (!(await this.#note())) return;
      const line = await sendReply(message, { content }, answerNonce(this.message, "waiting"));
      this.#standing = [{ message: line, content }];
      this.#lineShown.abort();
    } catch (error) {
      logFailure(log, { event: "waiting.unshown", messageId: message.id }, error);
      this.#isNoted = false;
      // Where Discord was away, it may have taken the line all the same: that is looked up later.
      if (error instanceof DiscordAPIError) await lines.forget(message.id);
      else lines.leave(message.id);
    }
  }

  /** Before the line is sent: a process that dies in between leaves no line that nobody knows. */
  async #note(): Promise<boolean> {
    const { id, channelId, guildId } = this.message;
    const place = { channelId, guildId: guildId ?? DIRECT_MESSAGES_GUILD };
    this.#isNoted ||= await this.parts.lines.note(id, place);
    return this.#isNoted;
  }

  readonly #stop = () => this.#given.abort(this.parts.stopping.reason);
}

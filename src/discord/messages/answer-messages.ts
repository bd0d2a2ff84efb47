/**
 * Sends a long answer as as many messages as Discord needs, in order, each a reply to the one
 * before. Retries through a short outage; no message is sent twice.
 */
import {
  type ActionRowBuilder,
  type ButtonBuilder,
  type Message,
  type MessageReplyOptions,
  SnowflakeUtil,
} from "discord.js";
import { ANSWER_FLAGS } from "../gateway/client.js";
import { retryWhileUnavailable } from "../gateway/retry-while-unavailable.js";
import { replyTo } from "./reply-to.js";

/** A message of an answer: a piece of it by its number, or what stands in its place. */
export type Part = number | "ballot" | "excuse";

/** Of a long answer only the beginning could be sent. `cause` is discord.js's error. */
export class AnswerCutError extends Error {
  override readonly name = "AnswerCutError";

  constructor(
    readonly sent: readonly Message[],
    cause: unknown,
  ) {
    super("Only the beginning of an answer could be sent.", { cause });
  }
}

/**
 * Tells `message`'s author how to ask, or why an answer, or the rest of it, does not come. Without the
 * flags of an answer: a notice is no part of the conversation.
 */
export async function sendNotice(
  message: Message,
  content: string,
  part: "hint" | "excuse",
): Promise<void> {
  await sendReply(message, { content }, answerNonce(message, part));
}

/** Buttons below a message. */
export type Row = ActionRowBuilder<ButtonBuilder>;

/**
 * Sends `pieces` one after the other below `message`, the last one with `rows`. Throws as {@link sendReply} if the first
 * can't be sent, and {@link AnswerCutError} if a later one can't.
 */
export async function sendPieces(
  message: Message,
  pieces: readonly string[],
  nonceOf: (piece: number) => string = freshNonce,
  rows: readonly Row[] = [],
): Promise<Message[]> {
  const sent: Message[] = [];
  for (const [piece, content] of pieces.entries()) {
    const target = sent.at(-1) ?? message;
    try {
      const components = piece === pieces.length - 1 ? [...rows] : [];
      const options = { content, components, flags: ANSWER_FLAGS } as const;
      sent.push(await sendReply(target, options, nonceOf(piece)));
    } catch (error) {
      throw sent.length === 0 ? error : new AnswerCutError(sent, error);
    }
  }
  return sent;
}

/**
 * Replies to `target`. Discord makes one message of all requests with the same `nonce` within some
 * minutes. Throws discord.js's error if Discord refuses, or is away for longer.
 */
export function sendReply(
  target: Message,
  options: MessageReplyOptions,
  nonce: string = freshNonce(),
): Promise<Message> {
  const sent = { ...options, nonce, enforceNonce: true };
  return retryWhileUnavailable(() => replyTo(target, sent));
}

/**
 * The same for every attempt to send this part of the answer to `message`, or to send it again after it
 * was deleted; with the wrong one Discord would return another message instead.
 */
export function answerNonce(
  message: Message,
  part: Part | "hint" | "waiting",
  isAgain = false,
): string {
  const name = typeof part === "number" ? part : part[0];
  return `${message.id}-${isAgain ? "+" : ""}${name}`;
}

function freshNonce(): string {
  return SnowflakeUtil.generate().toString();
}

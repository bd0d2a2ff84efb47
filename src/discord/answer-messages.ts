/**
 * Sends a long answer as as many messages as Discord needs, in order, each a reply to the one
 * before. An outage is waited for a little; no message is sent twice.
 */
import { type Message, type MessageReplyOptions, SnowflakeUtil } from "discord.js";
import { splitMessage } from "../chat/split-message.js";
import { ANSWER_FLAGS } from "./client.js";
import { outlast } from "./outlast.js";

/** Answers `message` with `text`. Returns the messages sent. */
export async function sendAnswer(message: Message, text: string): Promise<Message[]> {
  return sendPieces(message, splitMessage(text), (piece) => answerNonce(message, piece));
}

/** Sends `pieces` one after the other below `message`. */
export async function sendPieces(
  message: Message,
  pieces: readonly string[],
  nonceOf: (piece: number) => string = freshNonce,
): Promise<Message[]> {
  const sent: Message[] = [];
  for (const [piece, content] of pieces.entries()) {
    const target = sent.at(-1) ?? message;
    sent.push(await sendReply(target, { content, flags: ANSWER_FLAGS }, nonceOf(piece)));
  }
  return sent;
}

/**
 * Replies to `target`. Discord makes one message of all that come with the same `nonce` within
 * some minutes. Throws discord.js's error where Discord refuses, or is away for longer.
 */
export function sendReply(
  target: Message,
  options: MessageReplyOptions,
  nonce: string = freshNonce(),
): Promise<Message> {
  const reply = { ...options, failIfNotExists: false, nonce, enforceNonce: true };
  return outlast(() => target.reply(reply));
}

/** The same for every attempt to answer `message`, whatever came in between. */
export function answerNonce(message: Message, piece: number): string {
  return `${message.id}-${piece}`;
}

function freshNonce(): string {
  return SnowflakeUtil.generate().toString();
}

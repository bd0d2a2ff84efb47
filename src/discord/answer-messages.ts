/** Sends a long answer as as many messages as Discord needs, in order, each a reply to the one before. */
import type { Message } from "discord.js";
import { splitMessage } from "../chat/split-message.js";
import { ANSWER_FLAGS } from "./client.js";

/** Answers `message` with `text`. Returns the messages sent. */
export async function sendAnswer(message: Message, text: string): Promise<Message[]> {
  return sendPieces(message, splitMessage(text));
}

/** Sends `pieces` one after the other below `message`. */
export async function sendPieces(message: Message, pieces: readonly string[]): Promise<Message[]> {
  const sent: Message[] = [];
  for (const content of pieces) {
    const target = sent.at(-1) ?? message;
    sent.push(await target.reply({ content, flags: ANSWER_FLAGS, failIfNotExists: false }));
  }
  return sent;
}

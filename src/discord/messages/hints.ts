/** What to answer if a message has no words for the language model: how to ask instead. */
import type { Message } from "discord.js";
import { unseenSentence } from "../../conversation/unseen.js";
import type { Log } from "../../shared/log.js";
import { isAddressed } from "./addressing.js";
import { isHidden, requestIn } from "./message-parts.js";
import { isReplyInPlace, isUnread, repliedTo } from "./reply-chain.js";

const NOTHING_SAID = "Hi! Write your question next to the mention, and I will answer it.";
const NOTHING_SAID_DIRECTLY =
  "Hi! I only read text. Write me your question in words, and I will answer it.";
const REPLY_UNREADABLE =
  "I can only read replies that mention me: leave the @ next to the reply switched on, or mention me by name.";
const ANSWERS_UNREAD =
  "I can't read the message that you reply to. Copy its words next to the mention, together with your question, and I will answer.";

/** The sentence for `message`; undefined if it says something that can be answered. */
export async function hintFor(
  message: Message,
  botId: string,
  log: Log,
): Promise<string | undefined> {
  if (!isAddressed(message, botId)) return roleSentence(botId);
  const { text, unseen } = requestIn(message, botId);
  if (text !== "") return undefined;
  if (isHidden(message, botId)) return REPLY_UNREADABLE;
  if (unseen.length > 0) return unseenSentence(unseen);
  if (!message.inGuild()) return NOTHING_SAID_DIRECTLY;
  if (isReplyInPlace(message) && isUnread(await repliedTo(message, log), botId)) {
    return ANSWERS_UNREAD;
  }
  return NOTHING_SAID;
}

function roleSentence(botId: string): string {
  return `You mentioned my role, and I can't read what is written next to a role. Mention <@${botId}> instead, and I will answer.`;
}

/** What to answer if a message has no words for the language model: how to ask instead. */
import type { Message } from "discord.js";
import { unseenSentence } from "../../conversation/unseen.js";
import type { Say } from "../../language/say.js";
import type { Log } from "../../shared/log.js";
import { isAddressed } from "./addressing.js";
import { isHidden, requestIn } from "./message-parts.js";
import { isReplyInPlace, isUnread, repliedTo } from "./reply-chain.js";

/** The sentence for `message`; undefined if it says something that can be answered. */
export async function hintFor(
  message: Message,
  botId: string,
  log: Log,
  say: Say,
): Promise<string | undefined> {
  if (!isAddressed(message, botId)) return say("messages.mentionedRole", { bot: botId });
  if (isHidden(message, botId)) return say("messages.replyUnreadable");
  const { text, unseen, enclosures } = requestIn(message, botId);
  if (text !== "" || enclosures.length > 0) return undefined;
  if (unseen.length > 0) return unseenSentence(unseen, say);
  if (!message.inGuild()) return say("messages.nothingSaidDirectly");
  if (isReplyInPlace(message) && isUnread(await repliedTo(message, log), botId)) {
    return say("messages.answersUnread");
  }
  return say("messages.nothingSaid");
}

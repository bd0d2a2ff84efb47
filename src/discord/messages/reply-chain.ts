/** The chain of replies that leads to a message, as a conversation. Reads from Discord, stores nothing. */
import { type Message, MessageReferenceType } from "discord.js";
import type { Log } from "../../shared/log.js";
import type { UnreadTurn } from "../enclosures/enclosure-reader.js";
import { isHidden, requestIn } from "./message-parts.js";
import { prepend, turnOf } from "./turns.js";

/** The most messages that are read for each turn. */
const STEPS_PER_TURN = 3;

/**
 * Follows at most `maximumTurns` messages back from `message`, which is the last turn. Oldest first.
 * Its author is the one who is answered; other members get numbers.
 */
export async function replyChainOf(
  message: Message,
  botId: string,
  maximumTurns: number,
  log: Log,
): Promise<UnreadTurn[]> {
  const turns: UnreadTurn[] = [];
  const members = [message.author.id];
  let answersUnread = false;
  let current: Message | undefined = message;
  // Messages that can't be read make no turn; the pieces of one answer make one turn.
  for (let step = 0; step < STEPS_PER_TURN * maximumTurns; step++) {
    if (current === undefined || turns.length >= maximumTurns) break;
    prepend(turns, turnOf(current, botId, members));
    const before: Message | undefined = await repliedTo(current, log);
    if (step === 0) answersUnread = isReplyInPlace(message) && isUnread(before, botId);
    current = before;
  }
  const last = turns.pop();
  return last === undefined ? [] : [...turns, { ...last, ...(answersUnread && { answersUnread }) }];
}

/** Whether the bot can't know what `message` says: it is gone, or may not be read. */
export function isUnread(message: Message | undefined, botId: string): boolean {
  if (message === undefined || isHidden(message, botId)) return true;
  if (message.author.id === botId) return false;
  const { text, unseen, enclosures } = requestIn(message, botId);
  return text === "" && unseen.length === 0 && enclosures.length === 0;
}

/** The message that `message` replies to; undefined if there is none, or it can't be read. */
export async function repliedTo(message: Message, log: Log): Promise<Message | undefined> {
  if (!isReplyInPlace(message)) return undefined;
  try {
    return whole(await message.fetchReference());
  } catch (error) {
    // Deleted, or no permission to read the history: the conversation starts here.
    log.debug({ event: "history.unreadable", messageId: message.id, err: error });
    return undefined;
  }
}

/** A message that was forwarded may be in the cache without its author. */
async function whole(message: Message): Promise<Message> {
  const author: Message["author"] | null = message.author;
  return author == null ? message.fetch(true) : message;
}

/**
 * A message that is forwarded or followed from elsewhere refers to where it comes from, which may be
 * private: what is said there is not for the readers here. A thread may refer to its channel.
 */
export function isReplyInPlace({ reference, channel }: Message): boolean {
  if (reference?.messageId === undefined) return false;
  if ((reference.type ?? MessageReferenceType.Default) !== MessageReferenceType.Default) {
    return false;
  }
  const places = [channel.id, channel.isThread() ? channel.parentId : null];
  return places.includes(reference.channelId);
}

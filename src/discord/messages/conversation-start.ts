/** Where a conversation begins among the messages of a channel. No I/O. */
import type { Message } from "discord.js";
import { contentOf } from "./addressing.js";

/** Begins the bot's answer to `/new`, in every language; what is older is not read again. */
export const NEW_CONVERSATION_MARK = "✂️";

/** Nobody means what was said before that. */
const OLDEST_MS = 7 * 24 * 60 * 60 * 1000;

/** Milliseconds since 1970. */
interface Dated {
  readonly createdTimestamp: number;
}

/**
 * The newest of `messages` (oldest first) without a gap of more than `gapMs` between two of them, or
 * between the last one and `next`.
 */
export function withoutGap<Said extends Dated>(
  messages: readonly Said[],
  next: Dated,
  gapMs: number,
): Said[] {
  let later = next.createdTimestamp;
  let first = messages.length;
  while (first > 0) {
    const { createdTimestamp } = messages[first - 1]!;
    if (later - createdTimestamp > gapMs) break;
    if (next.createdTimestamp - createdTimestamp > OLDEST_MS) break;
    later = createdTimestamp;
    first--;
  }
  return messages.slice(first);
}

/** Whether `message` is the bot's answer to `/new`: no member and no language model can write one. */
export function beginsConversation(message: Message, botId: string): boolean {
  const isAnswer = message.author.id === botId && message.interactionMetadata !== null;
  return isAnswer && contentOf(message).startsWith(NEW_CONVERSATION_MARK);
}

/**
 * Those of `messages` (oldest first) that were said since the last `/new`, which is at least as new as
 * `known`. An answer to an older message came too late to belong to them.
 */
export function sinceStart(
  messages: readonly Message[],
  botId: string,
  known: string | undefined,
): Message[] {
  const starts = messages.filter((message) => beginsConversation(message, botId));
  const start = [
    ...starts.map(({ id, interactionMetadata }) => interactionMetadata?.id ?? id),
    known,
  ]
    .filter((id) => id !== undefined)
    .reduce((newest, id) => (BigInt(id) > newest ? BigInt(id) : newest), 0n);
  const older = new Set<string>();
  return messages.filter(({ id, reference, author }) => {
    const answered = author.id === botId ? reference?.messageId : undefined;
    const isLate = answered !== undefined && (older.has(answered) || BigInt(answered) < start);
    if (BigInt(id) < start || isLate) older.add(id);
    return !older.has(id);
  });
}

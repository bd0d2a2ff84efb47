/**
 * The conversation that a message belongs to: the chain of its replies; without one, what was said before
 * it in direct messages and in threads. Reads from Discord, stores nothing.
 */
import { type Message, MessageFlags } from "discord.js";
import { LRUCache } from "lru-cache";
import type { Log } from "../../shared/log.js";
import type { EnclosureReader, ReadTurns, UnreadTurn } from "../enclosures/enclosure-reader.js";
import { memberOf } from "./addressing.js";
import { sinceStart, withoutGap } from "./conversation-start.js";
import { EarlierMessages } from "./earlier-messages.js";
import { isHidden } from "./message-parts.js";
import { isReplyInPlace, replyChainOf } from "./reply-chain.js";
import { prepend, turnOf } from "./turns.js";

const HOUR_MS = 60 * 60 * 1000;
/** Channels whose last `/new` is known even if its answer was deleted. */
const STARTS_KNOWN = 5_000;

export interface ConversationsParts {
  /** After so many hours of silence direct messages begin anew; 0 if replies alone go on. */
  readonly gapHours: number;
  readonly enclosures: Pick<EnclosureReader, "read">;
  readonly log: Log;
}

export class Conversations {
  readonly #earlier: EarlierMessages;
  readonly #starts = new LRUCache<string, string>({ max: STARTS_KNOWN });

  constructor(private readonly parts: ConversationsParts) {
    this.#earlier = new EarlierMessages(parts.log);
  }

  /** Whether a message in `channel` goes on without being a reply. */
  goesOnIn(channel: Message["channel"]): boolean {
    return this.parts.gapHours > 0 && (channel.isDMBased() || channel.isThread());
  }

  /** In this channel a new conversation begins after `messageId`. */
  begin(channelId: string, messageId: string): void {
    this.#starts.set(channelId, messageId);
  }

  /** A message of the channel was changed or deleted. */
  changed(channelId: string): void {
    this.#earlier.forget(channelId);
  }

  /**
   * At most `maximumTurns` turns, oldest first; `message` is the last one. Its author is the one who is
   * answered; other members get numbers. What came with the newest ones is read, until `signal` ends it.
   */
  async of(message: Message, maximumTurns: number, signal: AbortSignal): Promise<ReadTurns> {
    const { author, channelId, id: messageId } = message;
    const asker = { ...memberOf(message, author.id), channelId };
    const turns = await this.unread(message, maximumTurns);
    return this.parts.enclosures.read(turns, { asker, messageId, signal });
  }

  /** The same without a look at what came with the messages. */
  async unread(message: Message, maximumTurns: number): Promise<UnreadTurn[]> {
    const botId = message.client.user.id;
    const { channel } = message;
    if (isReplyInPlace(message) || !this.goesOnIn(channel)) {
      return replyChainOf(message, botId, maximumTurns, this.parts.log);
    }
    const { messages, starter } = await this.#earlier.before(message);
    const known = this.#starts.get(channel.id);
    const recent = channel.isThread()
      ? messages
      : withoutGap(messages, message, this.parts.gapHours * HOUR_MS);
    const said = sinceStart(starter ? [starter, ...recent] : recent, botId, known);
    const counted = [...said.filter((one) => counts(one, botId)), message];
    return turnsOf(counted, { botId, starterId: channel.id, maximumTurns });
  }
}

interface TurnOptions {
  readonly botId: string;
  /** A thread has the id of the message that it was made from. */
  readonly starterId: string;
  readonly maximumTurns: number;
}

/** The newest ones. A thread's starter says what it is about, and stays when others have to go. */
function turnsOf(
  messages: readonly Message[],
  { botId, starterId, maximumTurns }: TurnOptions,
): UnreadTurn[] {
  const turns: UnreadTurn[] = [];
  const members = [messages.at(-1)!.author.id];
  const [first] = messages;
  const hasStarter = first?.id === starterId && messages.length > 1;
  const most = hasStarter ? maximumTurns - 1 : maximumTurns;
  for (const message of messages.slice(hasStarter ? 1 : 0).reverse()) {
    if (turns.length >= most) break;
    prepend(turns, turnOf(message, botId, members));
  }
  if (hasStarter) prepend(turns, turnOf(first, botId, members));
  return turns;
}

/**
 * Whether what `message` says belongs to a conversation. Of the bot's own messages these are its answers,
 * which show no previews: ballots without a choice, questions and notices can show some.
 */
function counts(message: Message, botId: string): boolean {
  const { author, flags, system, webhookId } = message;
  if (author.id === botId) return flags.has(MessageFlags.SuppressEmbeds);
  return !author.bot && !system && webhookId === null && !isHidden(message, botId);
}

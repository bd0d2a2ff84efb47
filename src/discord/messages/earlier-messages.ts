/**
 * What was said in a channel before a message: one request, whose answer is used again for some seconds.
 * Holds messages in memory alone, and drops a channel's as soon as one of them is changed or deleted.
 */
import {
  type AnyThreadChannel,
  type Message,
  MessageType,
  type TextBasedChannel,
} from "discord.js";
import { LRUCache } from "lru-cache";
import type { Log } from "../../shared/log.js";
import { readMessages } from "./read-messages.js";

/** Of a channel; more than a conversation needs, since some of them say nothing to the bot. */
const MOST_MESSAGES = 50;
const KEPT_MS = 30_000;
const MOST_CHANNELS = 500;
/** Somebody waits for an answer, which can do without. */
const LONGEST_MS = 5_000;

/** Oldest first; the starter is the message that a thread belongs to. */
interface Reading {
  readonly messages: readonly Message[];
  readonly starter?: Message;
}

interface KeptReading {
  /** Everything before this message was read; what came since is in discord.js's cache. */
  readonly before: string;
  readonly reading: Promise<Reading>;
}

export class EarlierMessages {
  readonly #kept = new LRUCache<string, KeptReading>({
    max: MOST_CHANNELS,
    ttl: KEPT_MS,
    ttlAutopurge: true,
  });

  constructor(private readonly log: Log) {}

  /** What was said before `message`; nothing if that can't be read, for an answer can do without. */
  async before(message: Message): Promise<Reading> {
    const { channel } = message;
    const kept = this.#kept.get(channel.id);
    const isKept = kept !== undefined && isBefore(kept.before, message.id);
    const { before, reading } = isKept ? kept : this.#read(message);
    try {
      const { messages, starter } = await reading;
      const since = [...channel.messages.cache.values()].filter(
        ({ id }) => isSince(id, before) && isBefore(id, message.id),
      );
      since.sort((first, second) => (isBefore(first.id, second.id) ? -1 : 1));
      return { messages: [...messages, ...since], ...(starter && { starter }) };
    } catch (error) {
      // No permission to read the history, or Discord is away.
      this.forget(channel.id);
      this.log.debug({ event: "history.unreadable", messageId: message.id, err: error });
      return { messages: [] };
    }
  }

  /** A message of the channel was changed or deleted. */
  forget(channelId: string): void {
    this.#kept.delete(channelId);
  }

  #read({ id, channel }: Message): KeptReading {
    const kept = { before: id, reading: readBefore(channel, id, this.log) };
    this.#kept.set(channel.id, kept);
    return kept;
  }
}

async function readBefore(channel: TextBasedChannel, id: string, log: Log): Promise<Reading> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  const messages = await readMessages(channel, { before: id, limit: MOST_MESSAGES, signal }, log);
  const starter = channel.isThread() ? await starterOf(channel, messages, log) : undefined;
  return { messages, ...(starter && { starter }) };
}

/** The message of its channel that the thread belongs to; undefined if there is none, or it can't be read. */
async function starterOf(
  thread: AnyThreadChannel,
  messages: readonly Message[],
  log: Log,
): Promise<Message | undefined> {
  // A post's starter is in the thread itself.
  if (messages.some(({ id }) => id === thread.id)) return undefined;
  const isWhole = messages.length < MOST_MESSAGES;
  const hasStarter = messages.some(({ type }) => type === MessageType.ThreadStarterMessage);
  if (isWhole && !hasStarter) return undefined;
  try {
    return (await thread.fetchStarterMessage()) ?? undefined;
  } catch (error) {
    log.debug({ event: "history.unreadable", messageId: thread.id, err: error });
    return undefined;
  }
}

function isBefore(id: string, other: string): boolean {
  return BigInt(id) < BigInt(other);
}

function isSince(id: string, other: string): boolean {
  return BigInt(id) >= BigInt(other);
}

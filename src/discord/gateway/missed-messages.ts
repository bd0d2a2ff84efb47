/**
 * Messages that were written between two sessions, of which the gateway never tells: after a new
 * session they are read from Discord and handed on. Knows channels and ids, not what is said.
 */
import { type Client, type Message, SnowflakeUtil } from "discord.js";
import type { Clock } from "../../shared/clock.js";
import type { Log } from "../../shared/log.js";
import { isSnowflake } from "../messages/addressing.js";
import { readMessages } from "../messages/read-messages.js";
import { logFailure } from "./discord-errors.js";
import { retryWhileUnavailable } from "./retry-while-unavailable.js";

/** Whoever has waited for longer has given up or asked again. */
const OLDEST_MS = 5 * 60_000;
/** Each is one request, and messages of one channel come in one. */
const MOST_CHANNELS = 50;
const MOST_OF_A_CHANNEL = 100;
/** Discord's machines give ids by clocks that differ a little. */
const CLOCKS_DIFFER_MS = 2_000;

/** A channel or thread as the start of a session tells of it. */
export interface ToldChannel {
  readonly id?: unknown;
  readonly last_message_id?: unknown;
}

export interface MissedMessagesParts {
  readonly client: Client;
  /** Takes a message that may have been heard before. */
  readonly hear: (message: Message) => void;
  readonly closing: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
}

export class MissedMessages {
  /** The newest message heard; of a process that has heard none, the time of its first session. */
  #heard: bigint | undefined;
  /** The last message of each channel, as the session that begins tells of it. */
  readonly #lastMessages = new Map<string, bigint>();

  constructor(private readonly parts: MissedMessagesParts) {}

  /** Takes note of a message that came by the gateway. */
  heard(messageId: string): void {
    if (this.#heard === undefined || !isSnowflake(messageId)) return;
    const id = BigInt(messageId);
    if (id > this.#heard) this.#heard = id;
  }

  /** A session begins to tell of its channels. */
  sessionBegins(): void {
    this.#lastMessages.clear();
  }

  /** The session tells of channels or threads. */
  told(channels: readonly ToldChannel[]): void {
    for (const { id, last_message_id } of channels) {
      if (isSnowflake(id) && isSnowflake(last_message_id)) {
        this.#lastMessages.set(id, BigInt(last_message_id));
      }
    }
  }

  /**
   * After the session has told of everything: reads and hands on what was written since the last
   * message heard, in the channels that changed last, one after the other. Nothing for the first
   * session of a process, which knows not what an earlier one has answered.
   */
  async catchUp(): Promise<void> {
    const { clock, closing, log } = this.parts;
    const heard = this.#heard;
    const now = SnowflakeUtil.generate({ timestamp: clock() });
    this.#heard ??= now;
    const channelIds = heard === undefined ? [] : this.#changedSince(this.#from(heard));
    this.#lastMessages.clear();
    if (heard === undefined) return;
    let messages = 0;
    for (const channelId of channelIds.slice(0, MOST_CHANNELS)) {
      if (closing.aborted) return;
      try {
        messages += await this.#hearFrom(channelId, this.#from(heard));
      } catch (error) {
        logFailure(log, { event: "messages.unread", channelId }, error);
      }
    }
    const left = Math.max(0, channelIds.length - MOST_CHANNELS);
    if (channelIds.length > 0) {
      log.info({ event: "messages.caught-up", channels: channelIds.length - left, messages, left });
    }
  }

  /** The id that the messages to be read come after. */
  #from(heard: bigint): bigint {
    const margin = BigInt(CLOCKS_DIFFER_MS) << 22n;
    const oldest = SnowflakeUtil.generate({ timestamp: this.parts.clock() - OLDEST_MS });
    return heard - margin > oldest ? heard - margin : oldest;
  }

  /** Channels with messages after `from`, the last changed first. No session tells of direct ones. */
  #changedSince(from: bigint): string[] {
    const direct = this.parts.client.channels.cache.filter((channel) => channel.isDMBased());
    for (const id of direct.keys()) this.#lastMessages.set(id, from + 1n);
    return [...this.#lastMessages]
      .filter(([, last]) => last > from)
      .sort(([, first], [, second]) => (first < second ? 1 : first > second ? -1 : 0))
      .map(([channelId]) => channelId);
  }

  /** Returns how many messages were handed on. */
  async #hearFrom(channelId: string, from: bigint): Promise<number> {
    const { client, closing, hear, log } = this.parts;
    const channel = await client.channels.fetch(channelId);
    if (!channel?.isTextBased() || ("viewable" in channel && !channel.viewable)) return 0;
    const options = { after: String(from), limit: MOST_OF_A_CHANNEL };
    const found = await retryWhileUnavailable(() => readMessages(channel, options, log), closing);
    // Oldest first, as they would have come.
    for (const message of found) hear(message);
    return found.length;
  }
}

/**
 * Messages that were written between two sessions of a shard, which the gateway never delivers: after a new
 * session they are read from Discord and handled. Knows channels and ids, not what is said.
 */
import { type Client, type Message, SnowflakeUtil } from "discord.js";
import type { MessageClaims } from "../../guilds/message-claims.js";
import { SHARD_OF_DIRECT_MESSAGES } from "../../guilds/shards.js";
import type { Log } from "../../shared/log.js";
import type { Clock } from "../../shared/time.js";
import { onceStoreIsBack } from "../../store/once-store-is-back.js";
import type { MemberKey } from "../../store/records.js";
import { unlessStoreIsDown } from "../../store/unless-store-is-down.js";
import { isSnowflake, memberOf } from "../messages/addressing.js";
import { readMessages } from "../messages/read-messages.js";
import { logFailure } from "./discord-errors.js";
import { retryWhileUnavailable } from "./retry-while-unavailable.js";

/** Whoever has waited longer has given up or asked again. */
const OLDEST_MS = 5 * 60_000;
/** One request each. */
const MOST_CHANNELS = 50;
const MOST_OF_A_CHANNEL = 100;
/** Discord's machines generate ids by clocks that differ a little. */
const CLOCKS_DIFFER_MS = 2_000;

/** A channel or thread, as the start of a session lists it. */
export interface ListedChannel {
  readonly id?: unknown;
  readonly last_message_id?: unknown;
}

export interface MissedMessagesParts {
  readonly client: Client;
  readonly shard: number;
  /** Called with each message; it may have been handled before. */
  readonly handle: (message: Message) => void;
  /** Which messages have been answered by whatever process; undefined where nobody can tell. */
  readonly claims: Pick<MessageClaims, "beginning"> | undefined;
  /** When somebody had everything about them deleted last; 0 if they never had. Throws `StoreError`. */
  readonly deletedAt: (member: MemberKey) => Promise<number>;
  readonly closing: AbortSignal;
  readonly clock: Clock;
  readonly log: Log;
}

export class MissedMessages {
  /** The newest message that the gateway delivered; before the first one, the time of the first session. */
  #newest: bigint | undefined;
  /** The last message of each channel, as the session that begins lists it. */
  readonly #lastMessages = new Map<string, bigint>();

  constructor(private readonly parts: MissedMessagesParts) {}

  /** Notes a message that the gateway delivered. */
  delivered(messageId: string): void {
    if (this.#newest === undefined || !isSnowflake(messageId)) return;
    const id = BigInt(messageId);
    if (id > this.#newest) this.#newest = id;
  }

  /** A session begins to list its channels. */
  sessionBegins(): void {
    this.#lastMessages.clear();
  }

  /** The session lists channels or threads. */
  listed(channels: readonly ListedChannel[]): void {
    for (const { id, last_message_id } of channels) {
      if (isSnowflake(id) && isSnowflake(last_message_id)) {
        this.#lastMessages.set(id, BigInt(last_message_id));
      }
    }
  }

  /**
   * After the session has listed everything: reads and handles what was written since the last
   * delivered message, in the channels that changed last, one after the other. In the shard's first
   * session in a process it looks for what an earlier one has left, if there are claims that tell.
   */
  async catchUp(): Promise<void> {
    const { clock, closing, log } = this.parts;
    const now = SnowflakeUtil.generate({ timestamp: clock() });
    const newest = this.#newest ?? (await this.#beginning());
    this.#newest ??= now;
    const channelIds = newest === undefined ? [] : this.#changedSince(this.#from(newest));
    this.#lastMessages.clear();
    if (newest === undefined) return;
    let messages = 0;
    for (const channelId of channelIds.slice(0, MOST_CHANNELS)) {
      if (closing.aborted) return;
      try {
        messages += await this.#readFrom(channelId, this.#from(newest));
      } catch (error) {
        logFailure(log, { event: "messages.unread", channelId }, error);
      }
    }
    const left = Math.max(0, channelIds.length - MOST_CHANNELS);
    if (channelIds.length > 0) {
      log.info({ event: "messages.caught-up", channels: channelIds.length - left, messages, left });
    }
  }

  /** Undefined where nothing can tell what an earlier process has answered. */
  async #beginning(): Promise<bigint | undefined> {
    const { claims } = this.parts;
    const since = claims && (await unlessStoreIsDown(this.#answered(() => claims.beginning())));
    return since === undefined ? undefined : SnowflakeUtil.generate({ timestamp: since });
  }

  /** The id that the messages to be read come after. */
  #from(newest: bigint): bigint {
    const margin = BigInt(CLOCKS_DIFFER_MS) << 22n;
    const oldest = SnowflakeUtil.generate({ timestamp: this.parts.clock() - OLDEST_MS });
    return newest - margin > oldest ? newest - margin : oldest;
  }

  /** Channels with messages after `from`, the last changed first. No session lists direct ones. */
  #changedSince(from: bigint): string[] {
    const { client, shard } = this.parts;
    const direct = client.channels.cache.filter((channel) => channel.isDMBased());
    if (shard === SHARD_OF_DIRECT_MESSAGES) {
      for (const id of direct.keys()) this.#lastMessages.set(id, from + 1n);
    }
    return [...this.#lastMessages]
      .filter(([, last]) => last > from)
      .sort(([, first], [, second]) => (first < second ? 1 : first > second ? -1 : 0))
      .map(([channelId]) => channelId);
  }

  /** Returns how many messages were handled. */
  async #readFrom(channelId: string, from: bigint): Promise<number> {
    const { client, closing, handle, log } = this.parts;
    const channel = await client.channels.fetch(channelId);
    if (!channel?.isTextBased() || ("viewable" in channel && !channel.viewable)) return 0;
    const options = { after: String(from), limit: MOST_OF_A_CHANNEL };
    const found = await retryWhileUnavailable(() => readMessages(channel, options, log), closing);
    // A failover of the database may have lost the claims on them.
    const answered = new Set(
      found.map(({ author, reference }) =>
        author.id === client.user?.id ? reference?.messageId : undefined,
      ),
    );
    const isForgotten = await this.#forgottenAmong(found);
    // Oldest first, as they would have come.
    for (const message of found) {
      if (!answered.has(message.id) && !isForgotten(message)) handle(message);
    }
    return found.length;
  }

  /**
   * Which of `messages` somebody wrote before they had everything deleted: an answer would begin to note
   * things about them again.
   */
  async #forgottenAmong(messages: readonly Message[]): Promise<(message: Message) => boolean> {
    const deletedAt = new Map<string, number>();
    for (const message of messages) {
      const { author } = message;
      if (author.bot || deletedAt.has(author.id)) continue;
      const member = memberOf(message, author.id);
      deletedAt.set(author.id, await this.#answered(() => this.parts.deletedAt(member)));
    }
    return ({ author, createdTimestamp }) => createdTimestamp <= (deletedAt.get(author.id) ?? 0);
  }

  /** Nobody looks for these messages again. */
  #answered<Result>(ask: () => Promise<Result>): Promise<Result> {
    const { clock, closing } = this.parts;
    return onceStoreIsBack(ask, clock, () => closing.aborted);
  }
}

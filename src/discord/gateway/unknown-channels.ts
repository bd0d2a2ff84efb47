/**
 * Messages in channels that the bot does not know yet, such as threads that it is not in. discord.js makes
 * up a channel of the wrong kind for them, or drops them: here the channel is fetched first.
 */
import { type Client, GatewayDispatchEvents } from "discord.js";
import type { Log } from "../../shared/log.js";
import { isSnowflake } from "../messages/addressing.js";
import { logFailure } from "./discord-errors.js";

export interface Packet {
  readonly t?: unknown;
  readonly d?: unknown;
}

interface MessageData {
  readonly guild_id: string;
  readonly channel_id: string;
  readonly mentions?: unknown;
  readonly mention_roles?: unknown;
}

export class UnknownChannels {
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(
    private readonly client: Client,
    private readonly log: Log,
  ) {}

  /**
   * False if `packet` can be handled at once. Otherwise `handle` is called when its channel is known,
   * but only if the message speaks to the bot.
   */
  takes(packet: Packet | undefined, handle: () => void): boolean {
    const message = packet?.d as Partial<MessageData> | null | undefined;
    if (packet?.t !== GatewayDispatchEvents.MessageCreate || !this.client.isReady()) return false;
    if (!isSnowflake(message?.guild_id) || !isSnowflake(message.channel_id)) return false;
    const { channel_id: channelId, guild_id: guildId } = message;
    const { channels, guilds } = this.client;
    if (channels.cache.has(channelId) || !guilds.cache.has(guildId)) return false;
    if (this.#concerns(message)) void this.#whenKnown(channelId, handle);
    return true;
  }

  #concerns({ mentions, mention_roles: roles }: Partial<MessageData>): boolean {
    const botId = this.client.user?.id;
    const isMentioned = Array.isArray(mentions) && mentions.some((user) => user?.id === botId);
    return isMentioned || (Array.isArray(roles) && roles.length > 0);
  }

  async #whenKnown(channelId: string, handle: () => void): Promise<void> {
    const asked = this.#asked.get(channelId) ?? this.#ask(channelId);
    this.#asked.set(channelId, asked);
    if (await asked) handle();
    this.#asked.delete(channelId);
  }

  async #ask(channelId: string): Promise<boolean> {
    try {
      return (await this.client.channels.fetch(channelId)) !== null;
    } catch (error) {
      logFailure(this.log, { event: "channel.unknown", channelId }, error);
      return false;
    }
  }
}

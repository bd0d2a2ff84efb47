/**
 * What is read from the gateway itself, because discord.js emits it only if the message, channel or
 * thread is in its cache: reactions, deletions, and the servers of a new session.
 */
import {
  type Client,
  GatewayDispatchEvents,
  type GatewayMessageReactionAddDispatchData,
  type GatewayMessageReactionRemoveDispatchData,
  ReactionType,
} from "discord.js";
import type { ReactionEvent } from "../ballots/reaction-queue.js";
import type { ListedChannel } from "./missed-messages.js";

export interface GatewayListener {
  reacted(event: ReactionEvent): void;
  messagesDeleted(messageIds: readonly string[]): void;
  /** A message of the channel was edited or deleted. */
  channelChanged(channelId: string): void;
  /** Channels and threads. */
  channelsDeleted(channelIds: readonly string[]): void;
  /** A new session of a shard is about to list the channels. */
  sessionBegins(shard: number): void;
  /** Channels and threads of one server on the shard. */
  channelsListed(channels: readonly ListedChannel[], shard: number): void;
  /**
   * A new session of the shard follows an earlier one; of the shard's servers the bot is on these, the
   * unavailable ones included.
   */
  sessionRenewed(guildIds: ReadonlySet<string>, shard: number): void;
}

type Reaction = GatewayMessageReactionAddDispatchData | GatewayMessageReactionRemoveDispatchData;
type Identified = { readonly id: string };
type InChannel = { readonly channel_id: string };

/** Calls `listener` with every such event from now on. */
export function listenToGateway(client: Client, listener: GatewayListener): void {
  const { ws, channels } = client;
  const reaction = (kind: ReactionEvent["kind"]) => (data: Reaction) => {
    if (isOwn(data, client) || isOnAnothersMessage(data, client)) return;
    listener.reacted({
      kind,
      emoji: data.emoji?.name ?? null,
      isSuper: data.burst === true || data.type === ReactionType.Super,
      channelId: data.channel_id,
      messageId: data.message_id,
      userId: data.user_id,
    });
  };
  ws.on(GatewayDispatchEvents.MessageReactionAdd, reaction("added"));
  ws.on(GatewayDispatchEvents.MessageReactionRemove, reaction("removed"));
  ws.on(GatewayDispatchEvents.MessageDelete, ({ id }: Identified) =>
    listener.messagesDeleted([id]),
  );
  ws.on(GatewayDispatchEvents.MessageDeleteBulk, ({ ids = [] }: { ids?: string[] }) =>
    listener.messagesDeleted(ids),
  );
  const changed = ({ channel_id: channelId }: InChannel) => listener.channelChanged(channelId);
  ws.on(GatewayDispatchEvents.MessageUpdate, changed);
  ws.on(GatewayDispatchEvents.MessageDelete, changed);
  ws.on(GatewayDispatchEvents.MessageDeleteBulk, changed);
  ws.on(GatewayDispatchEvents.ChannelDelete, ({ id }: Identified) => {
    // A channel's threads are deleted with it, and Discord sends no event for each.
    const threads = channels.cache.filter((one) => one.isThread() && one.parentId === id);
    listener.channelsDeleted([id, ...threads.keys()]);
  });
  ws.on(GatewayDispatchEvents.ThreadDelete, ({ id }: Identified) => listener.channelsDeleted([id]));
  ws.on(GatewayDispatchEvents.GuildCreate, ({ channels = [], threads = [] }: ListedServer, shard) =>
    listener.channelsListed([...channels, ...threads], shard),
  );
  ws.on(GatewayDispatchEvents.Ready, ({ guilds = [] }: { guilds?: Identified[] }, shard) => {
    listener.sessionBegins(shard);
    if (client.isReady()) listener.sessionRenewed(new Set(guilds.map(({ id }) => id)), shard);
  });
}

/** The bot offers the choices as reactions, and Discord sends it an event for each. */
function isOwn({ user_id: userId }: Reaction, client: Client): boolean {
  return userId === client.user?.id;
}

/** A server, as the start of a session lists it. */
interface ListedServer {
  readonly channels?: readonly ListedChannel[];
  readonly threads?: readonly ListedChannel[];
}

/** Discord names the author when a reaction is added, not when one is removed. */
function isOnAnothersMessage(data: Reaction, client: Client): boolean {
  const author = "message_author_id" in data ? data.message_author_id : undefined;
  return author !== undefined && author !== client.user?.id;
}

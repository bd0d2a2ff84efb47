/** The REST routes of channels, messages, reactions and commands, on the world. */

import { application, listedCommands, setCommands } from "./application.js";
import type { Gateway } from "./gateway.js";
import { checkMessage, type MessageBody } from "./message-rules.js";
import {
  channelPayload,
  EVERYBODY,
  guildPayload,
  mayRead,
  memberPayload,
  messagePayload,
  userPayload,
} from "./payloads.js";
import {
  missingAccess,
  RestError,
  unknownChannel,
  unknownMember,
  unknownMessage,
} from "./rest-error.js";
import type { Channel, Guild, StoredMessage, World } from "./world.js";

/** The type of a super reaction; a plain one is 0. */
const SUPER = 1;

export interface RouteCall {
  /** The parts of the path that the pattern names. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** Answers a call with JSON, or with nothing (204). */
export type Route = (call: RouteCall) => unknown;

/** Method and pattern; a star stands for one part of the path. */
export type RouteTable = readonly (readonly [method: string, pattern: string, route: Route])[];

export function createRoutes(world: World, gateway: Gateway, gatewayUrl: () => string): RouteTable {
  const messages = messageRoutes(world, gateway);
  return [
    ["GET", "gateway/bot", () => gatewayInformation(gatewayUrl(), world.startsLeft, gateway)],
    ["GET", "gateway", () => ({ url: gatewayUrl() })],
    ["GET", "users/@me", () => userPayload(world.bot)],
    ["GET", "users/@me/guilds", () => [...world.guilds.values()].map(partialGuild)],
    ["GET", "applications/@me", () => application(world)],
    ["GET", "oauth2/applications/@me", () => application(world)],
    ["GET", "applications/*/commands", ({ query }) => listedCommands(world, query)],
    ["PUT", "applications/*/commands", ({ body }) => setCommands(world, body)],
    ["GET", "channels/*", ({ path }) => channelPayload(channelOf(world, path[0]!))],
    ["GET", "guilds/*", ({ path }) => guildPayload(world.guilds.get(path[0]!)!, world)],
    ["GET", "guilds/*/members/*", ({ path }) => memberOn(world, path[0]!, path[1]!)],
    ["GET", "guilds/*/channels", ({ path }) => channelsOf(world, path[0]!)],
    ["POST", "channels/*/typing", () => undefined],
    ...messages,
    ...reactionRoutes(world, gateway),
  ];
}

/** As a bot's own list of servers has them. */
function partialGuild({ id, name, botPermissions = EVERYBODY }: Guild) {
  return { id, name, icon: null, owner: false, permissions: botPermissions, features: [] };
}

/** Everybody is a member of every server, strangers apart. */
function memberOn(world: World, guildId: string, userId: string) {
  const guild = world.guilds.get(guildId);
  if (guild === undefined) throw missingAccess();
  const user = world.users.get(userId);
  if (user === undefined || world.strangers.has(userId)) throw unknownMember();
  const roles = userId === world.bot.id ? [guild.botRoleId] : [];
  return { ...memberPayload(user), roles };
}

/** Without threads, as Discord lists them. */
function channelsOf(world: World, guildId: string) {
  return [...world.channels.values()]
    .filter((channel) => channel.guildId === guildId && channel.parentId === undefined)
    .map(channelPayload);
}

function gatewayInformation(
  url: string,
  remaining: number,
  { recommendedShards: shards, maxConcurrency }: Gateway,
) {
  const limits = { total: 1000, remaining, reset_after: 0, max_concurrency: maxConcurrency };
  return { url, shards, session_start_limit: limits };
}

function messageRoutes(world: World, gateway: Gateway): RouteTable {
  const dispatch = (type: string, message: StoredMessage) =>
    gateway.dispatch(type, messageEvent(message, world));
  return [
    [
      "POST",
      "channels/*/messages",
      ({ path, body }) => {
        const channel = channelOf(world, path[0]!);
        const { nonce, enforce_nonce: enforced } = body as MessageBody;
        const before = enforced ? world.nonces.get(String(nonce)) : undefined;
        if (before !== undefined) return messagePayload(before, world);
        const message = addBotMessage(world, channel, body as MessageBody);
        if (nonce !== undefined) world.nonces.set(String(nonce), message);
        dispatch("MESSAGE_CREATE", message);
        return messagePayload(message, world);
      },
    ],
    ["GET", "channels/*/messages", ({ path, query }) => messagesOf(world, path[0]!, query)],
    ["GET", "channels/*/messages/*", ({ path }) => readMessage(world, path)],
    [
      "PATCH",
      "channels/*/messages/*",
      ({ path, body }) => {
        const message = messageOf(world, path[0]!, path[1]!);
        editMessage(world, message, body as MessageBody);
        dispatch("MESSAGE_UPDATE", message);
        return messagePayload(message, world);
      },
    ],
    [
      "DELETE",
      "channels/*/messages/*",
      ({ path }) => {
        const message = messageOf(world, path[0]!, path[1]!);
        removeMessage(world, gateway, message);
      },
    ],
  ];
}

/** Removes a message as a moderator or its author does. */
export function removeMessage(world: World, gateway: Gateway, message: StoredMessage): void {
  world.messages.delete(message.id);
  const guildId = world.channels.get(message.channelId)?.guildId;
  gateway.dispatch("MESSAGE_DELETE", {
    id: message.id,
    channel_id: message.channelId,
    ...(guildId && { guild_id: guildId }),
  });
}

function reactionRoutes(world: World, gateway: Gateway): RouteTable {
  const own = "channels/*/messages/*/reactions/*/@me";
  const change = (add: boolean): Route => {
    return ({ path }) => {
      const message = messageOf(world, path[0]!, path[1]!);
      changeReaction(world, gateway, message, world.bot.id, path[2]!, add);
    };
  };
  return [
    ["PUT", own, change(true)],
    ["DELETE", own, change(false)],
    [
      "GET",
      "channels/*/messages/*/reactions/*",
      ({ path, query }) => {
        const message = messageOf(world, path[0]!, path[1]!);
        const isSuper = query.get("type") === String(SUPER);
        const reactions = isSuper ? message.superReactions : message.reactions;
        const after = BigInt(query.get("after") ?? 0);
        return [...(reactions.get(path[2]!) ?? [])]
          .filter((id) => BigInt(id) > after)
          .sort((first, second) => (BigInt(first) < BigInt(second) ? -1 : 1))
          .slice(0, Number(query.get("limit") ?? 25))
          .map((id) => userPayload(world.users.get(id)!));
      },
    ],
  ];
}

/** Adds or removes a reaction and tells the gateway, where that changes anything. */
export function changeReaction(
  world: World,
  gateway: Gateway,
  message: StoredMessage,
  userId: string,
  emoji: string,
  add: boolean,
  isSuper = false,
): void {
  const reactions = isSuper ? message.superReactions : message.reactions;
  const users = reactions.get(emoji) ?? [];
  if (users.includes(userId) === add) return;
  reactions.set(emoji, add ? [...users, userId] : users.filter((id) => id !== userId));
  const guildId = world.channels.get(message.channelId)?.guildId;
  gateway.dispatch(add ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", {
    user_id: userId,
    channel_id: message.channelId,
    message_id: message.id,
    emoji: { id: null, name: emoji },
    burst: isSuper,
    type: isSuper ? SUPER : 0,
    ...(add && { message_author_id: message.author.id }),
    ...(guildId && { guild_id: guildId }),
    ...(guildId && add && { member: memberPayload(world.users.get(userId)!) }),
  });
}

/** A message as the gateway tells of it. */
export function messageEvent(message: StoredMessage, world: World): object {
  const guildId = world.channels.get(message.channelId)?.guildId;
  const { user: _user, ...member } = memberPayload(message.author);
  return {
    ...messagePayload(message, world, mayRead(message, world)),
    channel_type: guildId ? 0 : 1,
    ...(guildId && { guild_id: guildId, member }),
  };
}

function addBotMessage(world: World, channel: Channel, body: MessageBody): StoredMessage {
  checkMessage(body, false);
  return world.addMessage({
    channelId: channel.id,
    author: world.bot,
    content: body.content ?? "",
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    attachments: body.files ?? [],
    flags: body.flags ?? 0,
    repliesTo: body.message_reference?.message_id,
    allowedMentions: body.allowed_mentions,
  });
}

/** Makes the bot's `message` show what `body` says. */
export function editMessage(world: World, message: StoredMessage, body: MessageBody): void {
  checkMessage(body, true);
  if (message.author.id !== world.bot.id) {
    throw new RestError(403, 50005, "Cannot edit a message authored by another user");
  }
  if (body.content !== undefined) message.content = body.content ?? "";
  if (body.embeds !== undefined) message.embeds = body.embeds;
  if (body.components !== undefined) message.components = body.components;
  if (body.attachments || body.files?.length) message.attachments = body.files ?? [];
  if (body.flags !== undefined) message.flags = body.flags;
  message.editedAt = new Date().toISOString();
}

function readMessage(world: World, [channelId, messageId]: readonly string[]): object {
  const message = messageOf(world, channelId!, messageId!);
  return messagePayload(message, world, mayRead(message, world));
}

/** The newest messages before `before`, or the oldest ones after `after`; newest first. */
function messagesOf(world: World, channelId: string, query: URLSearchParams): object[] {
  channelOf(world, channelId);
  const [after, before] = [query.get("after"), query.get("before")];
  const limit = Number(query.get("limit") ?? 50);
  const all = world
    .messagesIn(channelId)
    .filter(({ id }) => after === null || BigInt(id) > BigInt(after))
    .filter(({ id }) => before === null || BigInt(id) < BigInt(before));
  return (after === null ? all.slice(-limit) : all.slice(0, limit))
    .reverse()
    .map((message) => messagePayload(message, world, mayRead(message, world)));
}

function channelOf(world: World, channelId: string): Channel {
  const channel = world.channels.get(channelId);
  if (channel === undefined) throw unknownChannel();
  if (channel.beyond) throw missingAccess();
  return channel;
}

function messageOf(world: World, channelId: string, messageId: string): StoredMessage {
  channelOf(world, channelId);
  const message = world.messages.get(messageId);
  if (message?.channelId !== channelId) throw unknownMessage();
  return message;
}

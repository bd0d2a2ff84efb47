/** What happens on Discord, as the events that the gateway sends: messages, reactions, places, people. */
import {
  channelPayload,
  guildPayload,
  memberPayload,
  userPayload,
} from "../support/loopback-discord/payloads.js";
import type { Attachment, StoredMessage, User } from "../support/loopback-discord/world.js";
import type { FuzzWorld } from "./fuzz-world.js";

export type GatewayEvent = readonly [type: string, payload: unknown];

/** What a case brings along. */
export interface Act {
  readonly sender: User;
  readonly text: string;
  readonly pick: number;
}

/** Runs `action` and returns the event that it would have sent. */
export function captured({ discord }: FuzzWorld, action: () => unknown): GatewayEvent {
  const { gateway } = discord;
  const events: GatewayEvent[] = [];
  gateway.dispatch = (type, payload) => void events.push([type, payload]);
  try {
    action();
  } finally {
    Reflect.deleteProperty(gateway, "dispatch");
  }
  return events[0] ?? ["TYPING_START", null];
}

const EMOJI = ["🅰️", "🅱️", "🤝", "👎", "🅰", "👍", ""];
/** Names that no event has, some of which every object has. */
const UNKNOWN = [
  "X_UNKNOWN",
  "",
  "constructor",
  "__proto__",
  "toString",
  "error",
  "hasOwnProperty",
];

const VOICE_MESSAGE = 1 << 13;

function attachment(name: string): Attachment {
  return { id: "1", name, description: name, bytes: new Uint8Array(1), contentType: name };
}

type Template = (world: FuzzWorld, act: Act) => GatewayEvent;

function messageOf(world: FuzzWorld, pick: number): StoredMessage {
  const messages = [...world.discord.world.messages.values()];
  return messages[pick % messages.length]!;
}

function reaction(type: "react" | "unreact"): Template {
  return (world, { sender, pick }) => {
    const ballots = [...world.ballots.values()];
    const message = pick % 3 === 0 ? messageOf(world, pick) : ballots[pick % ballots.length]!;
    const emoji = EMOJI[pick % EMOJI.length]!;
    // The opposite first, so that there is something to tell of; what stands is put back.
    const users = [...(message.reactions.get(emoji) ?? [])];
    captured(world, () =>
      world.discord[type === "react" ? "unreact" : "react"](sender, message, emoji),
    );
    const event = captured(world, () => world.discord[type](sender, message, emoji));
    message.reactions.set(emoji, users);
    return event;
  };
}

const MESSAGES: readonly Template[] = [
  (world, { sender, text }) =>
    captured(world, () => world.discord.say(sender, world.channel, text, { mentionBot: true })),
  (world, { sender, text, pick }) =>
    captured(world, () =>
      world.discord.say(sender, world.channel, text, {
        replyTo: messageOf(world, pick),
        mentionBot: pick % 2 === 0,
      }),
    ),
  (world, { text }) => captured(world, () => world.discord.say(world.attacker, world.direct, text)),
  (world, { sender, text, pick }) =>
    captured(world, () =>
      world.discord.say(sender, world.channel, pick % 2 === 0 ? "" : text, {
        mentionBot: pick % 3 > 0,
        flags: pick % 5 === 0 ? VOICE_MESSAGE : 0,
        attachments: [attachment(text), attachment("message.txt")].slice(pick % 3),
        extras: {
          stickers: [text].slice(pick % 2),
          roles: [world.guild.botRoleId, text].slice(pick % 3),
          ...(pick % 4 === 0 && { poll: { question: text, answers: [text, ""] } }),
          ...(pick % 7 === 0 && { snapshot: { content: text, stickers: [text] } }),
        },
      }),
    ),
  (world, { sender, text }) => {
    const [, payload] = captured(world, () =>
      world.discord.say(sender, world.channel, text, { mentionBot: true }),
    );
    return ["MESSAGE_UPDATE", payload];
  },
  (world, { pick }) => {
    const { id, channelId } = messageOf(world, pick);
    return ["MESSAGE_DELETE", { id, channel_id: channelId, guild_id: world.guild.id }];
  },
  (world, { pick }) => {
    const ids = [messageOf(world, pick).id, messageOf(world, pick + 1).id];
    return ["MESSAGE_DELETE_BULK", { ids, channel_id: world.channel.id, guild_id: world.guild.id }];
  },
];

const REACTIONS: readonly Template[] = [
  reaction("react"),
  reaction("unreact"),
  (world, { pick }) => {
    const { id, channelId } = messageOf(world, pick);
    const all = { message_id: id, channel_id: channelId, guild_id: world.guild.id };
    return pick % 2 === 0
      ? ["MESSAGE_REACTION_REMOVE_ALL", all]
      : ["MESSAGE_REACTION_REMOVE_EMOJI", { ...all, emoji: { id: null, name: EMOJI[pick % 4] } }];
  },
];

const PLACES: readonly Template[] = [
  ({ guild, discord }) => ["GUILD_CREATE", guildPayload(guild, discord.world)],
  ({ guild, discord }) => ["GUILD_UPDATE", guildPayload(guild, discord.world)],
  ({ guild }, { pick }) => ["GUILD_DELETE", { id: guild.id, unavailable: pick % 2 === 0 }],
  ({ other }) => ["CHANNEL_CREATE", channelPayload(other)],
  ({ other }) => ["CHANNEL_UPDATE", channelPayload(other)],
  ({ other }) => ["CHANNEL_DELETE", channelPayload(other)],
  ({ other }, { pick }) => [
    ["THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE"][pick % 3]!,
    {
      ...channelPayload(other),
      id: String(pick),
      type: 11,
      parent_id: other.id,
      owner_id: "1",
      message_count: 1,
      member_count: 1,
      rate_limit_per_user: 0,
      thread_metadata: { archived: false, locked: false, auto_archive_duration: 60 },
    },
  ],
  ({ guild }, { pick }) => [
    ["GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE"][pick % 3]!,
    {
      guild_id: guild.id,
      role_id: String(pick),
      role: { id: String(pick), name: "x", permissions: "0", position: 1, color: 0 },
    },
  ],
];

const PEOPLE: readonly Template[] = [
  ({ guild }, { sender, pick }) => [
    ["GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"][pick % 3]!,
    { guild_id: guild.id, ...memberPayload(sender) },
  ],
  (_, { sender }) => ["USER_UPDATE", userPayload(sender)],
  ({ channel, guild }, { sender }) => [
    "TYPING_START",
    {
      channel_id: channel.id,
      guild_id: guild.id,
      user_id: sender.id,
      timestamp: 1,
      member: memberPayload(sender),
    },
  ],
  ({ guild }, { sender }) => [
    "PRESENCE_UPDATE",
    {
      guild_id: guild.id,
      user: { id: sender.id },
      status: "online",
      activities: [],
      client_status: {},
    },
  ],
  ({ guild, channel }, { pick }) => [
    [
      "INVITE_CREATE",
      "CHANNEL_PINS_UPDATE",
      "WEBHOOKS_UPDATE",
      "GUILD_BAN_ADD",
      "VOICE_STATE_UPDATE",
    ][pick % 5]!,
    {
      guild_id: guild.id,
      channel_id: channel.id,
      code: "x",
      user: { id: "5", username: "x" },
      user_id: "5",
    },
  ],
  (_, { pick, text }) => [UNKNOWN[pick % UNKNOWN.length]!, { id: text }],
];

/** Messages and reactions are what the bot listens to, so they come most often. */
export const EVENTS: readonly Template[] = [
  ...MESSAGES,
  ...MESSAGES,
  ...REACTIONS,
  ...REACTIONS,
  ...REACTIONS,
  ...PLACES,
  ...PEOPLE,
];

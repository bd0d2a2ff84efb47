/** The world in Discord's own JSON, API version 10. */
import { attachmentPayload } from "./interaction-answers.js";
import { snowflake } from "./snowflakes.js";
import type { Channel, Guild, MessageExtras, StoredMessage, User, World } from "./world.js";

const JOINED = "2024-01-01T00:00:00.000000+00:00";
/** What Discord allows everybody on a new server. */
export const EVERYBODY = "559623605571137";
const GUILD_TEXT = 0;
const DIRECT_MESSAGE = 1;
const GROUP = 3;
const PUBLIC_THREAD = 11;
const REPLY = 19;
const COMMAND_ANSWER = 20;
const THREAD_STARTER = 21;

export function userPayload({ id, username, bot }: User) {
  return { id, username, discriminator: "0", global_name: username, avatar: null, bot };
}

export function memberPayload(user: User, permissions?: string) {
  return {
    user: userPayload(user),
    nick: null,
    roles: [],
    joined_at: JOINED,
    deaf: false,
    mute: false,
    flags: 0,
    ...(permissions !== undefined && { permissions }),
  };
}

export function channelPayload(channel: Channel) {
  const { id, guildId, name, people, recipient, parentId, type, overwrites = [] } = channel;
  if (people !== undefined) {
    const kind = people.length > 2 ? { type: GROUP, name } : { type: DIRECT_MESSAGE };
    return { id, ...kind, recipients: people.map(userPayload) };
  }
  if (guildId === undefined) {
    return { id, type: DIRECT_MESSAGE, recipients: recipient ? [userPayload(recipient)] : [] };
  }
  if (parentId !== undefined) {
    const thread_metadata = { archived: false, locked: false, auto_archive_duration: 1440 };
    return {
      id,
      type: PUBLIC_THREAD,
      name,
      guild_id: guildId,
      parent_id: parentId,
      thread_metadata,
    };
  }
  const place = {
    guild_id: guildId,
    position: 0,
    permission_overwrites: overwrites,
    parent_id: null,
  };
  return { id, type: type ?? GUILD_TEXT, name, nsfw: false, ...place };
}

export function guildPayload(guild: Guild, world: World) {
  const places = [...world.channels.values()].filter(({ guildId }) => guildId === guild.id);
  const isThread = ({ parentId }: Channel) => parentId !== undefined;
  const told = (channel: Channel) => ({
    ...channelPayload(channel),
    last_message_id: world.messagesIn(channel.id).at(-1)?.id ?? null,
  });
  const roles = [
    rolePayload(guild.id, "@everyone"),
    rolePayload(guild.botRoleId, world.bot.username, { bot_id: world.bot.id }),
    rolePayload(guild.memberRoleId, "gardeners"),
  ];
  return {
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    unavailable: false,
    large: false,
    member_count: world.users.size,
    joined_at: JOINED,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    preferred_locale: world.guildLocales.get(guild.id) ?? "en-GB",
    features: [],
    emojis: [],
    stickers: [],
    threads: places.filter(isThread).map(told),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    roles,
    members: [memberPayload(world.bot)],
    channels: places.filter((one) => !isThread(one)).map(told),
  };
}

function rolePayload(id: string, name: string, tags?: object) {
  return {
    id,
    name,
    color: 0,
    hoist: false,
    position: 0,
    permissions: EVERYBODY,
    managed: tags !== undefined,
    mentionable: false,
    flags: 0,
    ...(tags && { tags }),
  };
}

/** A message; `visible` false hides what a bot without the message content intent may not read. */
export function messagePayload(message: StoredMessage, world: World, visible = true): object {
  const replied = message.repliesTo && world.messages.get(message.repliesTo);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: typeOf(message),
    author: userPayload(message.author),
    content: visible ? message.content : "",
    timestamp: JOINED,
    edited_timestamp: message.editedAt ?? null,
    tts: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.map(userPayload),
    mention_roles: message.extras.roles ?? [],
    attachments: visible ? message.attachments.map(attachmentPayload) : [],
    embeds: visible ? message.embeds.map((embed) => ({ type: "rich", ...embed })) : [],
    components: visible ? message.components : [],
    pinned: false,
    flags: message.flags,
    ...extrasPayload(message, visible),
    reactions: reactionsPayload(message, world),
    ...(message.interaction && {
      interaction_metadata: {
        id: message.interaction.id,
        type: 2,
        user: userPayload(message.interaction.user),
        authorizing_integration_owners: {},
      },
    }),
    ...(message.starter && {
      message_reference: {
        type: 0,
        message_id: message.starter.id,
        channel_id: message.starter.channelId,
      },
      referenced_message: messagePayload(message.starter, world, mayRead(message.starter, world)),
    }),
    ...(message.forwards && {
      message_reference: {
        type: 1,
        message_id: message.forwards.id,
        channel_id: message.forwards.channelId,
      },
    }),
    ...(message.repliesTo && {
      message_reference: { type: 0, message_id: message.repliesTo, channel_id: message.channelId },
      referenced_message: replied
        ? messagePayload({ ...replied, repliesTo: undefined }, world, mayRead(replied, world))
        : null,
    }),
  };
}

function typeOf({ interaction, starter, repliesTo }: StoredMessage): number {
  if (interaction !== undefined) return COMMAND_ANSWER;
  if (starter !== undefined) return THREAD_STARTER;
  return repliesTo === undefined ? 0 : REPLY;
}

/** Stickers can be seen by every bot; polls and what is forwarded are content. */
function extrasPayload({ extras }: StoredMessage, visible: boolean): object {
  const { poll, snapshot, stickers } = extras;
  return {
    ...(stickers && { sticker_items: stickers.map(stickerPayload) }),
    ...(visible && poll && { poll: pollPayload(poll) }),
    ...(snapshot && {
      message_reference: { type: 1, message_id: snowflake(), channel_id: snowflake() },
      message_snapshots: [{ message: visible ? snapshotPayload(snapshot) : snapshotPayload({}) }],
    }),
  };
}

function stickerPayload(name: string) {
  return { id: snowflake(), name, format_type: 1 };
}

function pollPayload({ question, answers }: NonNullable<MessageExtras["poll"]>) {
  return {
    question: { text: question },
    answers: answers.map((text, at) => ({ answer_id: at + 1, poll_media: { text } })),
    expiry: null,
    allow_multiselect: false,
    layout_type: 1,
  };
}

function snapshotPayload(snapshot: Partial<NonNullable<MessageExtras["snapshot"]>>) {
  return {
    type: 0,
    content: snapshot.content ?? "",
    embeds: [],
    attachments: (snapshot.attachments ?? []).map(attachmentPayload),
    timestamp: JOINED,
    edited_timestamp: null,
    flags: snapshot.flags ?? 0,
    mentions: [],
    mention_roles: [],
    ...(snapshot.stickers && { sticker_items: snapshot.stickers.map(stickerPayload) }),
  };
}

/** Without the message content intent a bot reads its own messages, mentions of it, and direct messages. */
export function mayRead(message: StoredMessage, world: World): boolean {
  return (
    message.author.id === world.bot.id ||
    message.mentions.some(({ id }) => id === world.bot.id) ||
    world.channels.get(message.channelId)?.guildId === undefined
  );
}

function reactionsPayload(message: StoredMessage, world: World) {
  const names = [...new Set([...message.reactions.keys(), ...message.superReactions.keys()])];
  return names
    .map((name) => {
      const plain = message.reactions.get(name) ?? [];
      const burst = message.superReactions.get(name)?.length ?? 0;
      return {
        emoji: { id: null, name },
        count: plain.length + burst,
        count_details: { normal: plain.length, burst },
        burst_colors: [],
        me: plain.includes(world.bot.id),
        me_burst: false,
      };
    })
    .filter(({ count }) => count > 0);
}

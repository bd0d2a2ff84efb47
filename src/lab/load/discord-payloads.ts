/** The made-up servers in Discord's own JSON, as little of it as discord.js needs. */
import {
  BOT_ID,
  CHANNELS_OF_QUIET,
  CHANNELS_PER_GUILD,
  channelId,
  guildId,
  memberId,
  quietChannelId,
} from "./places.js";

const JOINED = "2024-01-01T00:00:00.000000+00:00";
const REPLY = 19;
const ROLES_OF_QUIET = 20;
const MEMBERS_OF_QUIET = 500;

export interface KeptMessage {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string;
  /** By number; undefined for the bot. */
  readonly author: number | undefined;
  readonly content: string;
  readonly embeds: readonly unknown[];
  readonly repliesTo: string | undefined;
}

const BOT = user(BOT_ID, "attune", true);

function user(id: string, username: string, bot: boolean) {
  return { id, username, discriminator: "0", global_name: username, avatar: null, bot };
}

export function userPayload(author: number | undefined) {
  return author === undefined ? BOT : user(memberId(author), `member${author}`, false);
}

export function memberPayload() {
  return { nick: null, roles: [], joined_at: JOINED, deaf: false, mute: false, flags: 0 };
}

export function memberWithUser(author: number) {
  return { ...memberPayload(), user: userPayload(author) };
}

export function messagePayload(message: KeptMessage, referenced?: KeptMessage): object {
  const { id, content, embeds, author, repliesTo } = message;
  return {
    id,
    channel_id: message.channelId,
    type: repliesTo === undefined ? 0 : REPLY,
    author: userPayload(author),
    content,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: author === undefined ? [] : [BOT],
    mention_roles: [],
    attachments: [],
    embeds,
    components: [],
    pinned: false,
    flags: 0,
    ...(repliesTo !== undefined && {
      message_reference: { type: 0, message_id: repliesTo, channel_id: message.channelId },
      referenced_message: referenced === undefined ? null : messagePayload(referenced),
    }),
  };
}

export function messageEvent(message: KeptMessage, referenced?: KeptMessage): object {
  return {
    ...messagePayload(message, referenced),
    channel_type: 0,
    guild_id: message.guildId,
    member: memberPayload(),
  };
}

export function readyPayload(guildIds: readonly string[], resumeUrl: string) {
  return {
    v: 10,
    user: BOT,
    guilds: guildIds.map((id) => ({ id, unavailable: true })),
    session_id: "load",
    resume_gateway_url: resumeUrl,
    application: { id: BOT_ID, flags: 0 },
  };
}

/** A server on which members write to the bot. */
export function guildPayload(guild: number, members: number) {
  const channels = Array.from({ length: CHANNELS_PER_GUILD }, (_, at) => channelId(guild, at));
  return serverPayload(guild, members, channels, []);
}

/** A server on which nobody does: as large as those of a real bot. */
export function quietGuildPayload(guild: number) {
  const channels = Array.from({ length: CHANNELS_OF_QUIET }, (_, at) => quietChannelId(guild, at));
  const roles = channels.slice(0, ROLES_OF_QUIET);
  return serverPayload(guild, MEMBERS_OF_QUIET, channels, roles);
}

function serverPayload(
  guild: number,
  members: number,
  channelIds: readonly string[],
  roleIds: readonly string[],
) {
  const id = guildId(guild);
  const everyone = { id, name: "@everyone", color: 0, hoist: false, position: 0 };
  const rights = { permissions: "559623605571137", managed: false, mentionable: false, flags: 0 };
  return {
    id,
    name: `server ${guild}`,
    owner_id: memberId(0),
    unavailable: false,
    large: true,
    member_count: members,
    joined_at: JOINED,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    preferred_locale: "en-GB",
    features: [],
    emojis: [],
    stickers: [],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    roles: [everyone, ...roleIds.map((role) => ({ ...everyone, id: role, name: "role" }))].map(
      (role) => ({ ...role, ...rights }),
    ),
    members: [{ ...memberPayload(), user: BOT }],
    channels: channelIds.map((channel, position) => ({
      id: channel,
      type: 0,
      name: `channel-${position}`,
      nsfw: false,
      guild_id: id,
      position,
      permission_overwrites: [],
      parent_id: null,
    })),
  };
}

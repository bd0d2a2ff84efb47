/** Whether a message speaks to the bot, and what it says without the mention. */
import type { Channel, Message } from "discord.js";
import { visibleText } from "../../safety/visible-text.js";
import { DIRECT_MESSAGES_GUILD } from "../../store/ids.js";
import type { MemberKey } from "../../store/records.js";

/** True for a mention by name (not @everyone, @here or a role), a reply to the bot, and a DM. */
export function isAddressed(message: Message, botId: string): boolean {
  if (message.author.bot || message.system || message.webhookId !== null) return false;
  if (!message.inGuild()) return true;
  return message.mentions.users.has(botId) || message.mentions.repliedUser?.id === botId;
}

/**
 * True if the message mentions the role that Discord made for the bot instead of the bot itself: the
 * two look alike in a list, and a message that only mentions a role can't be read.
 */
export function mentionsOwnRole(message: Message, botId: string): boolean {
  if (message.author.bot || message.system || message.webhookId !== null) return false;
  return message.mentions.roles.some(({ tags }) => tags?.botId === botId);
}

/** What `message` says, as it was written; nothing if Discord, or what stands for it, sends no text. */
export function contentOf({ content }: Pick<Message, "content">): string {
  const sent: unknown = content;
  return typeof sent === "string" ? sent : "";
}

/** The message's text without mentions of the bot, other mentions in words, invisible characters removed. */
export function textOf(message: Message, botId: string): string {
  const own = contentOf(message).replaceAll(new RegExp(`<@!?${botId}>`, "g"), "");
  return withoutIds(visibleText(own)).trim();
}

/** What becomes of mentions: neither ids nor names, which their owners choose, reach a language model. */
const MENTIONS: readonly (readonly [RegExp, string])[] = [
  [/<@&\d+>/g, "@role"],
  [/<@!?\d+>/g, "@someone"],
  [/<#\d+>/g, "#channel"],
  [/<a?(:\w+:)\d+>/g, "$1"],
  [/<(\/[^:<>\n]{1,100}):\d+>/g, "$1"],
];

/** `text` without the ids of members, roles, channels, emoji and commands. */
export function withoutIds(text: string): string {
  return MENTIONS.reduce((rest, [mention, words]) => rest.replace(mention, words), text);
}

/** An event has an id that can't be a member's or a server's, so nothing may be stored under it. */
export class BadIdError extends Error {
  override readonly name = "BadIdError";

  constructor() {
    super("An event from Discord came without a proper id. Check what DISCORD_API_URL points to.");
  }
}

/** Discord's ids. Shorter numbers are our own places; anything else would mix up the store's keys. */
const SNOWFLAKE = /^\d{15,20}$/;

/** Whether this can be an id of Discord's. An event need not keep to its type. */
export function isSnowflake(id: unknown): id is string {
  return typeof id === "string" && SNOWFLAKE.test(id);
}

/** Where a message or an interaction comes from. */
export interface Place {
  readonly guildId: string | null;
  /** Of an interaction: by whose installation it comes. */
  readonly authorizingIntegrationOwners?: {
    readonly guildId: string | null;
    readonly userId: string | null;
  };
}

/**
 * The server whose members' profiles and settings count in `place`; null for direct messages, and where
 * the bot is there as somebody's own app alone, whatever server that is.
 */
export function serverOf({ guildId, authorizingIntegrationOwners: owners }: Place): string | null {
  return owners?.userId != null && owners.guildId == null ? null : guildId;
}

/**
 * The key of the member's profile: one per server, and one for direct messages and the member's own
 * app. Throws {@link BadIdError}.
 */
export function memberOf(place: Place, memberId: string): MemberKey {
  const serverId = serverOf(place);
  const ids = serverId === null ? [memberId] : [memberId, serverId];
  if (!ids.every(isSnowflake)) throw new BadIdError();
  return { guildId: serverId ?? DIRECT_MESSAGES_GUILD, memberId };
}

/** The channel that a thread belongs to; null where it was said in a channel itself. */
export function parentOf({ channel }: { readonly channel: Channel | null }): string | null {
  return channel?.isThread() ? channel.parentId : null;
}

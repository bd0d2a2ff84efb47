/** Whether a message speaks to the bot, and what it says without the mention. */
import type { Message } from "discord.js";
import { visibleText } from "../../safety/visible-text.js";
import { DIRECT_MESSAGES_GUILD } from "../../store/ids.js";
import type { MemberKey } from "../../store/records.js";
import { withoutIds } from "./mentions.js";

/** True for a mention by name (not @everyone, @here or a role), a reply to the bot, and a DM. */
export function isAddressed(message: Message, botId: string): boolean {
  if (message.author.bot || message.system || message.webhookId !== null) return false;
  if (!message.inGuild()) return true;
  return message.mentions.users.has(botId) || message.mentions.repliedUser?.id === botId;
}

/**
 * True where the role is mentioned that Discord made for the bot, in place of the bot itself: the
 * two look alike in a list, and what stands beside a role can't be read.
 */
export function mentionsOwnRole(message: Message, botId: string): boolean {
  if (message.author.bot || message.system || message.webhookId !== null) return false;
  return message.mentions.roles.some(({ tags }) => tags?.botId === botId);
}

/** What `message` says, as it was written; nothing where Discord, or what stands for it, sends no text. */
export function contentOf({ content }: Pick<Message, "content">): string {
  const sent: unknown = content;
  return typeof sent === "string" ? sent : "";
}

/** The message's text without mentions of the bot, with other mentions in words, and nothing unseen. */
export function textOf(message: Message, botId: string): string {
  const own = contentOf(message).replaceAll(new RegExp(`<@!?${botId}>`, "g"), "");
  return withoutIds(visibleText(own)).trim();
}

/** An event names a member or a server that can't be one, so that nothing may be kept under it. */
export class BadIdError extends Error {
  override readonly name = "BadIdError";

  constructor() {
    super("An event from Discord came without a proper id. Check what DISCORD_API_URL leads to.");
  }
}

/** Discord's ids: shorter numbers are places of ours, anything else would mix up the store's keys. */
const SNOWFLAKE = /^\d{15,20}$/;

/** Whether Discord gives such ids. What types say of an event is no more than what was agreed. */
export function isSnowflake(id: unknown): id is string {
  return typeof id === "string" && SNOWFLAKE.test(id);
}

/** Whose profile answers: per server, and one for all direct messages. Throws {@link BadIdError}. */
export function memberOf(place: { guildId: string | null }, memberId: string): MemberKey {
  const ids = place.guildId === null ? [memberId] : [memberId, place.guildId];
  if (!ids.every(isSnowflake)) throw new BadIdError();
  return { guildId: place.guildId ?? DIRECT_MESSAGES_GUILD, memberId };
}

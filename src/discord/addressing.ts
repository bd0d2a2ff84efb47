/** Whether a message speaks to the bot, and what it says without the mention. */
import type { Message } from "discord.js";
import { visibleText } from "../safety/visible-text.js";
import { DIRECT_MESSAGES_GUILD } from "../storage/guilds.js";
import type { MemberKey } from "../storage/records.js";
import { withoutIds } from "./mentions.js";

/** True for a mention by name (not @everyone, @here or a role), a reply to the bot, and a DM. */
export function isAddressed(message: Message, botId: string): boolean {
  if (message.author.bot || message.system || message.webhookId !== null) return false;
  if (!message.inGuild()) return true;
  return message.mentions.users.has(botId) || message.mentions.repliedUser?.id === botId;
}

/** The message's text without mentions of the bot, with other mentions in words, and nothing unseen. */
export function textOf(message: Message, botId: string): string {
  const own = message.content.replaceAll(new RegExp(`<@!?${botId}>`, "g"), "");
  return withoutIds(visibleText(own)).trim();
}

/** Whose profile answers: per server, and one for all direct messages. */
export function memberOf(place: { guildId: string | null }, memberId: string): MemberKey {
  return { guildId: place.guildId ?? DIRECT_MESSAGES_GUILD, memberId };
}

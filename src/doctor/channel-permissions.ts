/** What the bot may do in a channel, from what Discord tells of the server, its channels and roles. */
import { type APIGuildChannel, OverwriteType, PermissionFlagsBits } from "discord.js";

/** What the bot needs where it speaks; the invitation asks for the same. */
export const NEEDED = [
  "ViewChannel",
  "SendMessages",
  "SendMessagesInThreads",
  "ReadMessageHistory",
  "EmbedLinks",
  "AddReactions",
] as const;

export type Needed = (typeof NEEDED)[number];

/** All of {@link NEEDED} as Discord counts them. */
export const NEEDED_BITS = NEEDED.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);

export interface BotInGuild {
  readonly guildId: string;
  readonly botId: string;
  readonly roleIds: readonly string[];
  /** On the whole server, before the channels' own rules. */
  readonly permissions: bigint;
}

export type ChannelRules = Pick<APIGuildChannel, "permission_overwrites">;

/**
 * Discord's order: the server's permissions, then what the channel changes for everybody, for the bot's
 * roles together, and for the bot itself. An administrator may do all.
 */
export function permissionsIn(channel: ChannelRules, bot: BotInGuild): bigint {
  const { Administrator } = PermissionFlagsBits;
  if ((bot.permissions & Administrator) !== 0n) return NEEDED_BITS | Administrator;
  const overwrites = channel.permission_overwrites ?? [];
  const everybody = overwrites.filter(({ id }) => id === bot.guildId);
  const ofRoles = overwrites.filter(
    ({ id, type }) => type === OverwriteType.Role && bot.roleIds.includes(id) && id !== bot.guildId,
  );
  const own = overwrites.filter(
    ({ id, type }) => type === OverwriteType.Member && id === bot.botId,
  );
  return [everybody, ofRoles, own].reduce((permissions, rules) => {
    const denied = rules.reduce((bits, { deny }) => bits | BigInt(deny), 0n);
    const allowed = rules.reduce((bits, { allow }) => bits | BigInt(allow), 0n);
    return (permissions & ~denied) | allowed;
  }, bot.permissions);
}

/** What is missing; only `ViewChannel` where the channel can't be seen at all. */
export function missingIn(channel: ChannelRules, bot: BotInGuild): Needed[] {
  const permissions = permissionsIn(channel, bot);
  if ((permissions & PermissionFlagsBits.ViewChannel) === 0n) return ["ViewChannel"];
  return NEEDED.filter((name) => (permissions & PermissionFlagsBits[name]) === 0n);
}

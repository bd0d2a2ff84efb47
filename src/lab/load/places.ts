/**
 * The made-up servers, channels and members: who is where, by number. The store's maker and the
 * loopback Discord agree on it.
 */
import type { MemberKey } from "../../store/records.js";

const MEMBERS_PER_GUILD = 100;
export const CHANNELS_PER_GUILD = 10;

/** Quiet servers are as large as those of a real bot. */
export const CHANNELS_OF_QUIET = 30;

/** Snowflakes of early 2021; the last digits are the number. */
const GUILD_BASE = 800_000_000_000_000_000n;
const CHANNEL_BASE = 810_000_000_000_000_000n;
const MEMBER_BASE = 820_000_000_000_000_000n;
const QUIET_CHANNEL_BASE = 840_000_000_000_000_000n;
/** Servers are made one in a millisecond, so that they are spread over the shards. */
const MILLISECOND = 1n << 22n;

export const BOT_ID = "830000000000000000";

export function guildCount(members: number): number {
  return Math.ceil(members / MEMBERS_PER_GUILD);
}

export function guildId(guild: number): string {
  return String(GUILD_BASE + BigInt(guild) * MILLISECOND);
}

export function guildOfMember(member: number): number {
  return Math.floor(member / MEMBERS_PER_GUILD);
}

export function channelId(guild: number, channel: number): string {
  return String(CHANNEL_BASE + BigInt(guild * CHANNELS_PER_GUILD + channel));
}

export function quietChannelId(guild: number, channel: number): string {
  return String(QUIET_CHANNEL_BASE + BigInt(guild * CHANNELS_OF_QUIET + channel));
}

/** The channel in which the member writes. */
export function channelOfMember(member: number): string {
  return channelId(guildOfMember(member), member % CHANNELS_PER_GUILD);
}

export function memberId(member: number): string {
  return String(MEMBER_BASE + BigInt(member));
}

export function memberKey(member: number): MemberKey {
  return { guildId: guildId(guildOfMember(member)), memberId: memberId(member) };
}

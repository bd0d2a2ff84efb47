/**
 * The made-up servers, channels and members: who is where, by number. The store's maker and the
 * loopback Discord agree on it.
 */
import type { MemberKey } from "../../store/records.js";

const MEMBERS_PER_GUILD = 100;
export const CHANNELS_PER_GUILD = 10;

/** Snowflakes of early 2021; the last digits are the number. */
const GUILD_BASE = 800_000_000_000_000_000n;
const CHANNEL_BASE = 810_000_000_000_000_000n;
const MEMBER_BASE = 820_000_000_000_000_000n;

export const BOT_ID = "830000000000000000";

export function guildCount(members: number): number {
  return Math.ceil(members / MEMBERS_PER_GUILD);
}

export function guildId(guild: number): string {
  return String(GUILD_BASE + BigInt(guild));
}

export function guildOfMember(member: number): number {
  return Math.floor(member / MEMBERS_PER_GUILD);
}

export function channelId(guild: number, channel: number): string {
  return String(CHANNEL_BASE + BigInt(guild * CHANNELS_PER_GUILD + channel));
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

/** Who is where in a made-up store, by number: a tenth on one large server, the others on small ones. */
import type { MemberKey } from "../../../store/records.js";

const SMALL = 100;
const GUILD_BASE = 800_000_000_000_000_000n;
const CHANNEL_BASE = 810_000_000_000_000_000n;
const MEMBER_BASE = 820_000_000_000_000_000n;
const MESSAGE_BASE = 1_400_000_000_000_000_000n;

/** How many members the large server has. */
export function largeServer(members: number): number {
  return Math.floor(members / 10);
}

export function memberAt(member: number, members: number): MemberKey {
  const isOnLarge = member < largeServer(members);
  const guild = isOnLarge ? 0 : 1 + Math.floor((member - largeServer(members)) / SMALL);
  return { guildId: idOf(GUILD_BASE, guild), memberId: idOf(MEMBER_BASE, member) };
}

/** One channel for every hundred members, of whatever server. */
export function channelAt(member: number): string {
  return idOf(CHANNEL_BASE, Math.floor(member / SMALL));
}

export function messageAt(message: number): string {
  return idOf(MESSAGE_BASE, message);
}

function idOf(base: bigint, number: number): string {
  return String(base + BigInt(number));
}

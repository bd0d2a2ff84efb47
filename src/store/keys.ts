/** How keys are made. Ids are snowflakes, so a colon never occurs inside one. */
import type { MemberKey } from "./records.js";

/** `guild:member`, the key of a profile. */
export function profileKey({ guildId, memberId }: MemberKey): string {
  return `${guildId}:${memberId}`;
}

/** `guild:member:ulid`, the key of a comparison. */
export function comparisonKey(member: MemberKey, comparisonId: string): string {
  return `${profileKey(member)}:${comparisonId}`;
}

/** The prefix of all comparisons of one member. */
export function comparisonPrefix(member: MemberKey): string {
  return `${profileKey(member)}:`;
}

/** The member in the key of a profile or of a comparison. */
export function memberOfKey(key: string): MemberKey {
  const [guildId = "", memberId = ""] = key.split(":");
  return { guildId, memberId };
}

/** `member:guild`, the key of a consent: by member first, because a "no" holds on every server. */
export function consentKey({ guildId, memberId }: MemberKey): string {
  return `${memberId}:${guildId}`;
}

/** The guild in the key of a consent. */
export function guildOfConsentKey(key: string): string {
  return key.slice(key.indexOf(":") + 1);
}

/** The prefix of all consents of one member. */
export function consentPrefix(memberId: string): string {
  return `${memberId}:`;
}

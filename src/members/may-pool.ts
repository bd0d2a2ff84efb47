/**
 * Whose votes count when votes of several people come together: in a training, and in a server's
 * average. New accounts are cheap to make by the dozen, so their votes wait until they are older.
 */
import type { Clock } from "../shared/time.js";
import { timeOfSnowflake } from "../store/ids.js";
import type { MemberKey, SettingsRecord } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import type { Consents } from "./consents.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Says who has agreed to pooled training: the member, and the admin of their server. */
export type MayPool = (member: MemberKey) => Promise<boolean>;

export interface MayPoolParts {
  readonly consents: Consents;
  readonly settings: Repository<SettingsRecord>;
  /** Days that an account must be old. */
  readonly minimumAccountDays: number;
  readonly clock: Clock;
}

/** The member has said yes twice, their account is no new one, and their server's admin allows it. */
export function createMayPool(parts: MayPoolParts): MayPool {
  const { consents, settings, minimumAccountDays, clock } = parts;
  return async (member) =>
    isOldEnough(member.memberId, minimumAccountDays, clock()) &&
    (await settings.get(member.guildId))?.pooledTraining !== false &&
    (await consents.mayPool(member));
}

/**
 * Whether the account was made at least `days` before `now` (ms), which its id says. Ids that are no
 * snowflakes, as in the playground, are old enough.
 */
export function isOldEnough(memberId: string, days: number, now: number): boolean {
  const madeAt = timeOfSnowflake(memberId);
  if (days === 0 || madeAt === undefined) return true;
  return now - madeAt >= days * DAY_MS;
}

/** Who counts wherever votes of several people come together: in a training, and in what is shown of a group. */

import type { Clock } from "../shared/clock.js";
import type { MemberKey, SettingsRecord } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { isOldEnough } from "./account-age.js";
import type { Consents } from "./consents.js";

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

/** The refits of all profiles after new base rewards were adopted, in the process that adopted them. */
import type { Profiles } from "../members/profiles.js";
import type { Log } from "../shared/log.js";
import { atHalfSpeed } from "../shared/pacing.js";
import { memberOfKey } from "../store/keys.js";
import type { MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { TrainingScope } from "./feedback.js";

/** Refits, or has it done. Returns how many profiles are left; never throws. */
export type Refit = () => Promise<number>;

/** Asked for before the adoption, after which nothing may be thrown any more. */
export type PlanRefits = () => Promise<Refit>;

export interface RefitParts {
  readonly store: Pick<Store, "profiles">;
  readonly profiles: Profiles;
  readonly scope: TrainingScope;
  readonly log: Log;
}

/** Those who have a profile now, one after the other. */
export function refitHere(parts: RefitParts): PlanRefits {
  return async () => {
    const members: MemberKey[] = [];
    for await (const key of parts.store.profiles.keys()) {
      const member = memberOfKey(key);
      if (parts.scope.accepts(member.guildId)) members.push(member);
    }
    return () => refit(members, parts);
  };
}

/** What could not be refitted is when it is next used. */
async function refit(members: readonly MemberKey[], { profiles, log }: RefitParts) {
  const failures: unknown[] = [];
  for (const member of members) {
    try {
      await atHalfSpeed(() => profiles.refit(member));
    } catch (error) {
      failures.push(error);
    }
  }
  const [err] = failures;
  if (failures.length > 0) {
    log.warn({ event: "retraining.refit-failed", left: failures.length, err });
  }
  return failures.length;
}

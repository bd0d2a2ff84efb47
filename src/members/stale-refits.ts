/**
 * After a start: refits what an earlier process left out of date because it failed or died, for
 * example in the middle of the refits after a retraining. Runs in the background; nobody waits for it.
 */

import type { Log } from "../shared/log.js";
import { atHalfSpeed } from "../shared/pacing.js";
import { memberOfKey, profileKey } from "../store/keys.js";
import type { MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import { StoreUnavailableError } from "../store/store-error.js";
import type { CurrentModel, Profiles } from "./profiles.js";

export interface StaleRefitsParts {
  readonly store: Pick<Store, "profiles">;
  readonly models: CurrentModel;
  readonly profiles: Profiles;
  readonly accepts: (guildId: string) => boolean;
  readonly log: Log;
}

export interface StaleRefits {
  /** Stops; resolves when nothing is running any more. */
  stop(): Promise<void>;
}

/** Goes once through all profiles of guilds that `accepts`. */
export function refitStale(parts: StaleRefitsParts): StaleRefits {
  let stopped = false;
  const done = run(parts, () => stopped);
  return {
    stop: () => {
      stopped = true;
      return done;
    },
  };
}

interface Outdated {
  readonly member: MemberKey;
  readonly votes: number;
}

/** The profiles that are stale, or under other base rewards than the current ones; reads those alone. */
async function* outdated({ store, models, accepts }: StaleRefitsParts): AsyncGenerator<Outdated> {
  for await (const version of store.profiles.distinct("version")) {
    if (version === models.current.version) continue;
    for await (const [key, { votes }] of store.profiles.entries("", { version })) {
      const member = memberOfKey(key);
      if (accepts(member.guildId)) yield { member, votes };
    }
  }
}

async function run(parts: StaleRefitsParts, isStopped: () => boolean): Promise<void> {
  await refitSome(parts, Number.POSITIVE_INFINITY, isStopped);
}

/**
 * Refits `most` profiles at most, until `isStopped`. Returns how many it has refitted, and whether there
 * are more. Never throws: what can't be refitted now is when it is next used.
 */
export async function refitSome(
  parts: StaleRefitsParts,
  most: number,
  isStopped: () => boolean,
): Promise<{ readonly refitted: number; readonly left: boolean }> {
  const { store, log } = parts;
  let refitted = 0;
  let votesLeftOut = 0;
  let left = false;
  try {
    for await (const { member, votes } of outdated(parts)) {
      left = refitted >= most;
      if (left || isStopped()) break;
      if (!(await refitOne(member, parts))) continue;
      refitted++;
      // After a change of encoder: those under the earlier one no longer count.
      const counted = await store.profiles.get(profileKey(member));
      votesLeftOut += Math.max(0, votes - (counted?.votes ?? votes));
    }
  } catch (error) {
    log.error({ event: "profiles.refit-failed", err: error });
  }
  if (refitted > 0) log.info({ event: "profiles.refitted", profiles: refitted, votesLeftOut });
  return { refitted, left };
}

/** Returns false if this one can't be refitted, which keeps none of the others from it. Throws `StoreUnavailableError`. */
async function refitOne(
  member: MemberKey,
  { profiles, log }: Pick<StaleRefitsParts, "profiles" | "log">,
): Promise<boolean> {
  try {
    await atHalfSpeed(() => profiles.refit(member));
    return true;
  } catch (error) {
    if (error instanceof StoreUnavailableError) throw error;
    log.error({ event: "profiles.refit-failed", err: error });
    return false;
  }
}

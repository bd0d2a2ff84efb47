/**
 * The condition under which anything about a member is written: it is asked for when the work begins
 * and holds while the member has had nothing deleted since and allows it. Knows no feature.
 */
import type { Condition } from "./condition.js";
import { consentKey } from "./keys.js";
import { SCHEMAS } from "./record-schemas.js";
import { recordOfText } from "./record-text.js";
import type { ConsentRecord, MemberKey } from "./records.js";
import { DamagedRecordError } from "./store-error.js";
import type { Tombstones } from "./tombstones.js";

/**
 * What the member must have said: yes to the learning; yes to the pooling as well, with or without
 * a pause; anything at all, so that something may be
 * kept or taken back; or nothing yet.
 */
export type Needs = "learning" | "pooling" | "record" | "nothing";

/** The permit to write about `member` from now on. Take it before the first record is read. */
export function permitFor(
  tombstones: Pick<Tombstones, "lifeOf">,
  member: MemberKey,
  needs: Needs,
): Condition {
  const key = `consent:${consentKey(member)}`;
  const life = tombstones.lifeOf(member);
  return {
    keys: needs === "nothing" ? [] : [key],
    holds: (textOf) =>
      tombstones.lifeOf(member) === life &&
      (needs === "nothing" || allows(key, textOf(key), needs)),
  };
}

function allows(key: string, text: string | undefined, needs: Needs): boolean {
  if (text === undefined || needs === "record") return text !== undefined;
  try {
    const { state, pooled } = recordOfText<ConsentRecord>(key, text, SCHEMAS.consent);
    if (needs === "pooling") return pooled && (state === "granted" || state === "paused");
    return state === "granted";
  } catch (error) {
    if (error instanceof DamagedRecordError) return false;
    throw error;
  }
}

/** How what a member says becomes the record of their consent. No I/O. */
import type { ConsentRecord } from "../store/records.js";

/** What is said; undefined leaves it as it was. */
export type Said = Pick<
  ConsentRecord,
  "state" | "pooled" | "wording" | "askedWording" | "withheld" | "fast" | "language"
> & {
  readonly since?: number | undefined;
};

/** What was said; what was agreed to and switched off before stays unless that is about it. */
export function recordOf(said: Said, before: ConsentRecord | undefined, at: number): ConsentRecord {
  const { state, pooled, since } = said;
  const wording = said.wording ?? before?.wording;
  const askedWording = said.askedWording ?? before?.askedWording;
  const withheld = said.withheld ?? before?.withheld;
  const fast = said.fast ?? before?.fast;
  // Only of somebody who has said yes.
  const language = isYes(said) ? (said.language ?? before?.language) : undefined;
  return {
    state,
    pooled,
    ...(since !== undefined && { since }),
    ...(wording !== undefined && { wording }),
    ...(askedWording !== undefined && { askedWording }),
    ...(withheld !== undefined && { withheld }),
    ...(fast !== undefined && { fast }),
    ...(language !== undefined && { language }),
    at,
  };
}

/** Whether the first yes stands, with or without a pause. */
export function isYes({ state }: Pick<ConsentRecord, "state">): boolean {
  return state === "granted" || state === "paused";
}

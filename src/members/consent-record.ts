/** How what a member says becomes the record of their consent, and what it allows. No I/O. */
import type { SteerableAxis } from "../../models/steering/steerable-axes.js";
import type { ConsentRecord } from "../store/records.js";

/** What is said; undefined leaves it as it was. */
export type Said = Pick<
  ConsentRecord,
  "state" | "pooled" | "wording" | "askedWording" | "withheld" | "fast" | "language"
> & {
  readonly since?: number | undefined;
};

/** The question of consent as it is worded now, counted up with every change of what it asks for. */
export const CONSENT_WORDING = 2;
/** From this wording on it asks whether the language model may be told how a member likes answers. */
export const STEERING_WORDING = 2;

/** What the language model may be told about a member's taste. */
export interface Told {
  readonly agreed: boolean;
  /** What the member has switched off. */
  readonly withheld: readonly SteerableAxis[];
}

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

/** Whether the member wants one answer at once, and their profile may have a word in it. */
export function isFast(own: ConsentRecord | undefined): boolean {
  return own?.state === "granted" && own.fast === true;
}

export function toldIn(own: ConsentRecord | undefined): Told {
  return { agreed: own?.state === "granted" && maySteer(own), withheld: own?.withheld ?? [] };
}

/** Whether what was agreed to holds that the language model may be told. */
export function maySteer(record: ConsentRecord): boolean {
  return wordingOf(record) >= STEERING_WORDING;
}

/** The first wording is in no record. */
function wordingOf({ wording = 1 }: ConsentRecord): number {
  return wording;
}

/** Whether the question of today asks for more than what was said, and nobody has asked since. A pause is left alone: nothing is used meanwhile. */
export function asksAnew(record: ConsentRecord): boolean {
  const { state, askedWording = 1 } = record;
  return state === "granted" && Math.max(wordingOf(record), askedWording) < CONSENT_WORDING;
}

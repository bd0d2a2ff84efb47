/** What a member is told where there is no answer: one short sentence for each kind of failure. */
import type { Say } from "../../language/say.js";
import { relativeTime } from "../../shared/time.js";

/** Why there can be no candidate. */
export const GENERATION_FAILURES = [
  "timeout",
  "rateLimited",
  "quota",
  "badKey",
  /** The provider serves no bot of this account, or not from here. */
  "noAccess",
  /** Nothing that speaks OpenAI's chat completions is at the configured address. */
  "badAddress",
  "unknownModel",
  "forbidden",
  "filtered",
  "refused",
  "tooLong",
  "tooLarge",
  "empty",
  "abandoned",
  "limit",
  /** There is no language model, and the deck has nothing near. */
  "notInDeck",
  "unavailable",
] as const;

export type GenerationFailure = (typeof GENERATION_FAILURES)[number];

/** Failures that pass with time: the member is told when, where that is known. */
const PASSING = ["timeout", "rateLimited", "unavailable"] as const;

/** What is wrong, and what the member can do; from when another try makes sense, where that is known. */
export function failureSentence(
  kind: GenerationFailure,
  retryAt: number | undefined,
  say: Say,
): string {
  const passing = PASSING.find((one) => one === kind);
  if (retryAt === undefined || passing === undefined) return say(`failures.${kind}`);
  return say(`failures.${passing}Until`, { when: relativeTime(retryAt) });
}

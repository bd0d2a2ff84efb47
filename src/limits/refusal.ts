/** A limit that was reached: which one, until when, and the sentence for the member. */

import type { Scope } from "../shared/environment/limit-variables.js";
import { relativeTime } from "../shared/time.js";

export type LimitUnit = "messagesPerMinute" | "messagesPerDay" | "tokensPerDay" | "queue";

export interface Refusal {
  readonly unit: LimitUnit;
  readonly scope: Scope;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** False if this member was told a moment ago: once is enough in a storm of messages. */
  readonly isNews: boolean;
}

const WHOSE: Readonly<Record<Scope, string>> = {
  personal: "Outside of servers, my",
  member: "Your",
  channel: "This channel's",
  server: "This server's",
  everywhere: "My",
};

const WHAT: Readonly<Record<Exclude<LimitUnit, "queue">, string>> = {
  messagesPerMinute: "messages for this minute",
  messagesPerDay: "messages for today",
  tokensPerDay: "budget for today",
};

/** One short sentence: what is used up, and when to try again. */
export function refusalSentence({ unit, scope, until }: Refusal): string {
  const when = `please try again ${relativeTime(until)}.`;
  if (unit === "queue") return `Too many people are waiting for an answer right now: ${when}`;
  const verb = unit === "tokensPerDay" ? "is" : "are";
  return `${WHOSE[scope]} ${WHAT[unit]} ${verb} used up: ${when}`;
}

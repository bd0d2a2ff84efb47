/** A limit that was reached: which one, until when, and the sentence for the member. */
import type { Say } from "../language/say.js";
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

/** One short sentence: what is used up, and when to try again. */
export function refusalSentence({ unit, scope, until }: Refusal, say: Say): string {
  const when = relativeTime(until);
  if (unit === "queue") return say("failures.queue", { when });
  return say(`failures.${unit}`, { scope, when });
}

/** Why there is no candidate at all: the kind, and the cause for the log without anybody's words. */
import type { Say } from "../../language/say.js";
import { failureSentence, type GenerationFailure } from "./failure-sentences.js";

/** No candidate could be generated. */
export class GenerationFailedError extends Error {
  override readonly name: string = "GenerationFailedError";

  /** `retryAt` is the time from which another try makes sense, where it is known. */
  constructor(
    readonly kind: GenerationFailure,
    cause: unknown,
    readonly retryAt?: number,
  ) {
    super(`No candidate could be generated (${kind}).`, { cause: withoutWords(cause) });
  }

  /** One short sentence: what is wrong, and what the member can do. Times are in Discord's form. */
  memberSentence(say: Say): string {
    return failureSentence(this.kind, this.retryAt, say);
  }
}

/** An answer that is of no use. Its message is in our own words, so that it may be logged. */
export class UselessAnswerError extends Error {
  override readonly name = "UselessAnswerError";
}

/** The client's error without its message and body: servers like to quote the request in them. */
export function withoutWords(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  if (cause instanceof UselessAnswerError) return cause;
  const { status, code, type } = cause as { status?: unknown; code?: unknown; type?: unknown };
  const facts = Object.entries({ status, code, type }).filter(([, value]) => isPlain(value));
  return new Error([cause.name, ...facts.map(([name, value]) => `${name} ${value}`)].join(", "));
}

/** A number, or a name without blanks: some servers write whole sentences where a code belongs. */
function isPlain(value: unknown): boolean {
  return /^[\w.:-]{1,60}$/.test(String(value ?? ""));
}

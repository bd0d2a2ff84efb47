/** Why there is no candidate at all: the kind, the cause for the log, a sentence for the member. */
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { TOO_LARGE } from "./bounded-fetch.js";
import { LONGEST_PAUSE_MS, retryAfterMs } from "./retry-after.js";

export type GenerationFailure =
  | "timeout"
  | "rateLimited"
  | "quota"
  | "badKey"
  | "unknownModel"
  | "forbidden"
  | "filtered"
  | "refused"
  | "tooLong"
  | "tooLarge"
  | "empty"
  | "abandoned"
  | "limit"
  | "unavailable";

const TELL_ADMIN = "please tell an admin of this server";
const LATER = "please try again in a few minutes";
const DIFFERENTLY = "please put it differently";

/** What is wrong, and what the member can do where no time is known. */
const MEMBER_WORDS: Readonly<Record<GenerationFailure, readonly [string, string]>> = {
  timeout: [
    "The language model took too long this time",
    "please try again, perhaps with a shorter question",
  ],
  rateLimited: ["Too many questions at once for the language model", LATER],
  quota: ["The language model's budget is used up for now", TELL_ADMIN],
  badKey: ["The language model refuses my key", TELL_ADMIN],
  unknownModel: ["The language model that I am set up for does not exist", TELL_ADMIN],
  forbidden: ["The language model does not let me answer that", DIFFERENTLY],
  filtered: ["The language model declined to answer that", DIFFERENTLY],
  refused: ["The language model can't work with that message", DIFFERENTLY],
  tooLong: ["This is too long for the language model", "please start anew with a shorter question"],
  tooLarge: ["The language model's answer was far too long", "please ask for something shorter"],
  empty: ["The language model had nothing to say", "please try again"],
  abandoned: ["I had to stop before I could answer", LATER],
  limit: ["That is too much for now", LATER],
  unavailable: ["I can't reach the language model right now", LATER],
};

/** Every kind of failure. */
export const GENERATION_FAILURES: readonly string[] = Object.keys(MEMBER_WORDS);

/** Failures that pass with time: the member is told when, where that is known. */
const PASSING: ReadonlySet<GenerationFailure> = new Set(["timeout", "rateLimited", "unavailable"]);

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
  get memberSentence(): string {
    const [what, advice] = MEMBER_WORDS[this.kind];
    if (this.retryAt === undefined || !PASSING.has(this.kind)) return `${what}: ${advice}.`;
    return `${what}: please try again ${relativeTime(this.retryAt)}.`;
  }
}

/** A time that Discord shows as "in 12 minutes". */
export function relativeTime(at: number): string {
  return `<t:${Math.ceil(at / 1000)}:R>`;
}

/** An answer that is of no use. Its message is in our own words, so that it may be logged. */
export class UselessAnswerError extends Error {
  override readonly name = "UselessAnswerError";
}

/** The client's error without its message and body: servers like to quote the request in them. */
export function withoutWords(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  if (cause instanceof UselessAnswerError) return cause;
  const { status, code, type } = cause as Partial<APIError>;
  const facts = Object.entries({ status, code, type }).filter(([, value]) => value != null);
  return new Error([cause.name, ...facts.map(([name, value]) => `${name} ${value}`)].join(", "));
}

/** What an error of the openai client means. */
export function failureOf(error: unknown): GenerationFailure {
  if (error instanceof GenerationFailedError) return error.kind;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError)
    return "timeout";
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return "unavailable";
  return failureOfCode(error.code) ?? failureOfStatus(error.status);
}

/** How long the server asked to be left alone, where that is longer than a try or two. */
export function pauseWanted(error: unknown, now: number): number | undefined {
  if (error instanceof GenerationFailedError) {
    return error.retryAt === undefined ? undefined : error.retryAt - now;
  }
  const headers = error instanceof APIError ? error.headers : undefined;
  const wait = headers && retryAfterMs(headers, now);
  return wait !== undefined && wait > LONGEST_PAUSE_MS ? wait : undefined;
}

function failureOfCode(code: string | null | undefined): GenerationFailure | undefined {
  if (code === "insufficient_quota") return "quota";
  if (code === "content_filter" || code === "content_policy_violation") return "filtered";
  if (code === "context_length_exceeded") return "tooLong";
  if (code === "model_not_found") return "unknownModel";
  if (code === TOO_LARGE) return "tooLarge";
  return undefined;
}

function failureOfStatus(status: number | undefined): GenerationFailure {
  if (status === 429) return "rateLimited";
  if (status === 401) return "badKey";
  if (status === 402) return "quota";
  if (status === 403) return "forbidden";
  if (status === 404) return "unknownModel";
  if (status === 413) return "tooLong";
  return status === 400 || status === 422 ? "refused" : "unavailable";
}

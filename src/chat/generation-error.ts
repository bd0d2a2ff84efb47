/** Why there is no candidate at all: the kind, the cause for the log, a sentence for the member. */
import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";

export type GenerationFailure =
  | "timeout"
  | "rateLimited"
  | "quota"
  | "badKey"
  | "unknownModel"
  | "filtered"
  | "empty"
  | "unavailable";

const MEMBER_SENTENCES: Readonly<Record<GenerationFailure, string>> = {
  timeout:
    "The language model took too long this time. Please try again, perhaps with a shorter question.",
  rateLimited: "Too many questions at once for the language model. Please try again in a minute.",
  quota: "The language model's budget is used up for now. Please tell an admin of this server.",
  badKey: "The language model refuses my key. Please tell an admin of this server.",
  unknownModel:
    "The language model that I am set up for does not exist. Please tell an admin of this server.",
  filtered: "The language model declined to answer that. Please try to put it differently.",
  empty: "The language model had nothing to say. Please try again.",
  unavailable: "I can't reach the language model right now. Please try again in a few minutes.",
};

/** Every kind of failure. */
export const GENERATION_FAILURES: readonly string[] = Object.keys(MEMBER_SENTENCES);

/** No candidate could be generated. */
export class GenerationFailedError extends Error {
  override readonly name = "GenerationFailedError";

  constructor(
    readonly kind: GenerationFailure,
    cause: unknown,
  ) {
    super(`No candidate could be generated (${kind}).`, { cause: withoutWords(cause) });
  }

  /** One short sentence that says what the member can do. */
  get memberSentence(): string {
    return MEMBER_SENTENCES[this.kind];
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
  const { status, code, type } = cause as Partial<APIError>;
  const facts = Object.entries({ status, code, type }).filter(([, value]) => value != null);
  return new Error([cause.name, ...facts.map(([name, value]) => `${name} ${value}`)].join(", "));
}

/** What an error of the openai client means. */
export function failureOf(error: unknown): GenerationFailure {
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError)
    return "timeout";
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return "unavailable";
  if (error.code === "insufficient_quota") return "quota";
  if (error.code === "content_filter") return "filtered";
  if (error.status === 429) return "rateLimited";
  if (error.status === 401 || error.status === 403) return "badKey";
  if (error.status === 404 || error.code === "model_not_found") return "unknownModel";
  return "unavailable";
}

/** The environment variables of the limits. config.ts reads them; this says what they may be. */
import { z } from "zod";

export const SCOPES = ["member", "channel", "server", "everywhere"] as const;
/** Personal is all use outside of servers, together. */
export type Scope = (typeof SCOPES)[number] | "personal";

/** The highest number allowed for each scope; a scope that is missing has no limit. */
export type Limit = Readonly<Partial<Record<Scope, number>>>;

export interface LimitConfig {
  readonly messagesPerMinute: Limit;
  readonly messagesPerDay: Limit;
  /** In addition to QUESTIONS_PER_DAY, which is for each member. */
  readonly ballotsPerDay: Limit;
  readonly tokensPerDay: Limit;
  /** Requests to the language model at the same time. */
  readonly requestsAtOnce: number;
  /** Answers that wait for their turn at most. */
  readonly queueLength: number;
  readonly retrainMinutes: number;
}

const MOST = 1_000_000_000;
/** In a day, unless it is said, or nothing is limited at all. */
const PERSONAL_TOKENS = 1_000_000;

/** Reads numbers with slashes between them, one for each of `scopes`, or `off`. */
function limitOf(scopes: readonly Scope[]) {
  const numbers = scopes.map((_, at) => 10 * (at + 1)).join("/");
  const message =
    scopes.length === 1
      ? "should be a whole number from 1, or off"
      : `should be ${scopes.length} whole numbers from 1 (${scopes.join("/")}), for example ${numbers}, or off`;
  return (text: string, context: z.RefinementCtx): Limit => {
    if (text === "off") return {};
    const values = text.split("/").map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : 0));
    if (values.length === scopes.length && values.every((value) => value >= 1 && value <= MOST)) {
      return Object.fromEntries(scopes.map((scope, at) => [scope, values[at]!]));
    }
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
}

function limit(scopes: readonly Scope[], standard: string) {
  return z.string().default(standard).transform(limitOf(scopes));
}

/** A whole number in these bounds, `standard` if none is given. */
export function wholeNumber(from: number, to: number, standard: number) {
  const message = `should be a whole number from ${from} to ${to}`;
  return z.coerce
    .number({ error: message })
    .int(message)
    .min(from, message)
    .max(to, message)
    .default(standard);
}

const PLACES = ["member", "channel", "server"] as const;

/** The part of the configuration's schema that is about limits. */
export const LIMIT_VARIABLES = {
  MESSAGES_PER_MINUTE: limit(PLACES, "6/20/40"),
  MESSAGES_PER_DAY: limit(PLACES, "200/1000/2000"),
  BALLOTS_PER_DAY: limit(["channel", "server"], "100/300"),
  TOKENS_PER_DAY: limit(SCOPES, "300000/1000000/1500000/3000000"),
  PERSONAL_TOKENS_PER_DAY: z
    .string()
    .transform(limitOf(["personal"]))
    .optional(),
  REQUESTS_AT_ONCE: wholeNumber(1, 1_000, 8),
  QUEUE_LENGTH: wholeNumber(0, 10_000, 40),
  RETRAIN_MINUTES: wholeNumber(0, 1_440, 10),
};

type Values = z.infer<z.ZodObject<typeof LIMIT_VARIABLES>>;

/** Whoever limits no tokens limits none outside of servers either, unless they say so. */
function personalTokens({ TOKENS_PER_DAY, PERSONAL_TOKENS_PER_DAY }: Values): Limit {
  const isOff = Object.keys(TOKENS_PER_DAY).length === 0;
  return PERSONAL_TOKENS_PER_DAY ?? (isOff ? {} : { personal: PERSONAL_TOKENS });
}

/** What the checked variables say. */
export function limitsOf(values: Values): LimitConfig {
  return {
    messagesPerMinute: values.MESSAGES_PER_MINUTE,
    messagesPerDay: values.MESSAGES_PER_DAY,
    ballotsPerDay: values.BALLOTS_PER_DAY,
    tokensPerDay: { ...values.TOKENS_PER_DAY, ...personalTokens(values) },
    requestsAtOnce: values.REQUESTS_AT_ONCE,
    queueLength: values.QUEUE_LENGTH,
    retrainMinutes: values.RETRAIN_MINUTES,
  };
}

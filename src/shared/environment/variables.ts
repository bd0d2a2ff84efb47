/** The environment's variables: what each may be. config.ts reads them and makes one object of them. */
import { availableParallelism } from "node:os";
import { Cron } from "croner";
import { z } from "zod";
import { LIMIT_VARIABLES, wholeNumber } from "./limit-variables.js";
import { ROLE_VARIABLES } from "./role-variables.js";
import { SHARD_VARIABLES } from "./shard-variables.js";
import { storeUrl } from "./store-url.js";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MOST_THREADS = 4;
/** Of AES-256. */
const KEY_BYTES = 32;

function price() {
  const message = "should be a price in dollars for a million tokens, for example 0.4";
  return z.coerce.number({ error: message }).min(0, message).optional();
}

function httpUrl() {
  const message = "should be a URL that starts with http:// or https://";
  return z.string().refine((text) => /^https?:$/.test(protocolOf(text)), message);
}

/** The usual ports of Ollama, LM Studio and llama.cpp. */
const LOCAL_SERVERS = "http://127.0.0.1:11434 http://127.0.0.1:1234 http://127.0.0.1:8080";
const MOST_LOCAL_SERVERS = 8;

function localServers() {
  const message = `should be at most ${MOST_LOCAL_SERVERS} URLs of servers with blanks between them, or off`;
  return z
    .string()
    .default(LOCAL_SERVERS)
    .transform((text) => (text === "off" ? [] : text.split(/[\s,]+/).filter((url) => url !== "")))
    .refine((urls) => urls.length <= MOST_LOCAL_SERVERS, message)
    .refine((urls) => urls.every((url) => /^https?:$/.test(protocolOf(url))), message);
}

/** As many as fit into a menu of Discord's, beside the main one. */
const MOST_OTHER_MODELS = 24;

function otherModels() {
  const message = `should be at most ${MOST_OTHER_MODELS} names of models, of 100 characters at most, separated by commas`;
  return z
    .string()
    .default("")
    .transform((text) => [...new Set(text.split(/[\s,]+/).filter((name) => name !== ""))])
    .refine((names) => names.length <= MOST_OTHER_MODELS, message)
    .refine((names) => names.every((name) => name.length <= 100), message);
}

function ownerIds() {
  const message = "should be ids of Discord accounts, separated by commas";
  return z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter((id) => id !== ""))
    .refine((ids) => ids.every((id) => /^\d{15,20}$/.test(id)), message);
}

/** What each variable may be, and its default. */
export const SCHEMA = z.object({
  ...ROLE_VARIABLES,
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w.-]+$/, "should be the bot's token alone: letters, digits, dots, - and _")
    .optional(),
  // The version is ours to choose: an address that names it is taken as one that does not.
  DISCORD_API_URL: httpUrl()
    .transform((url) => url.replace(/(?<!\/)\/+$/, "").replace(/\/v10$/, ""))
    .default("https://discord.com/api"),
  DISCORD_REQUESTS_PER_SECOND: wholeNumber(1, 10_000, 50),
  ...SHARD_VARIABLES,
  OWNER_IDS: ownerIds(),
  USER_INSTALL: z.enum(["off", "shared", "on"], "should be off, shared or on").default("shared"),
  OPENAI_API_KEY: z.string().regex(/^\S+$/, "should be one word: the key").optional(),
  OPENAI_BASE_URL: httpUrl().optional(),
  LOCAL_SERVERS: localServers(),
  OPENAI_MODEL: z.string().default("gpt-4.1-mini"),
  OPENAI_OTHER_MODELS: otherModels(),
  OPENAI_FALLBACK_API_KEY: z.string().regex(/^\S+$/, "should be one word: the key").optional(),
  OPENAI_FALLBACK_BASE_URL: httpUrl().optional(),
  OPENAI_FALLBACK_MODEL: z
    .string()
    .regex(/^\S{1,100}$/, "should be one word: the model")
    .optional(),
  OPENAI_TRANSCRIPTION_MODEL: z
    .string()
    .regex(/^\S{1,100}$/, "should be one word: the model")
    .optional(),
  OPENAI_TIMEOUT_MS: wholeNumber(1_000, 600_000, 30_000),
  MAXIMUM_OUTPUT_TOKENS: wholeNumber(64, 1_000_000, 4_000),
  OPENAI_INPUT_PRICE: price(),
  OPENAI_OUTPUT_PRICE: price(),
  SYSTEM_PROMPT: z.string().max(8_000, "should have at most 8,000 characters").optional(),
  EMBEDDING_MODEL: z
    .string()
    .regex(/^\S{1,100}$/, "should be one word: the model")
    .optional(),
  EMBEDDING_PRICE: price(),
  EMBEDDING_DIMENSIONS: wholeNumber(8, 1_024, 192),
  RUBRIC: z.enum(["on", "off"], "should be on or off").default("off"),
  CANDIDATES: wholeNumber(2, 8, 4),
  DEFAULT_LANGUAGE: z.enum(["en", "de", "es"], "should be en, de or es").default("en"),
  QUESTIONS_PER_DAY: wholeNumber(0, 1_000, 10),
  QUESTION_GAP: wholeNumber(0, 1_000, 10),
  CONVERSATION_GAP_HOURS: wholeNumber(0, 168, 4),
  READ_ATTACHMENTS: z.enum(["on", "off"], "should be on or off").default("on"),
  ...LIMIT_VARIABLES,
  BALLOT_DAYS: wholeNumber(1, 30, 30),
  GUILD_GRACE_DAYS: wholeNumber(0, 365, 7),
  MINIMUM_ACCOUNT_DAYS: wholeNumber(0, 365, 14),
  LEAVE_OUT_COLLUDERS: z.enum(["on", "off"], "should be on or off").default("on"),
  ENCRYPTION_KEY: z
    .string()
    .refine(
      (text) => keyBytes(text).length === KEY_BYTES,
      'should be 32 bytes in base64 or hex, as "openssl rand -base64 32" makes them',
    )
    .optional(),
  VOTE_HALF_LIFE: z
    .string()
    .regex(/^(?:off|[1-9]\d{0,3}|10000)$/, "should be a whole number from 1 to 10000, or off")
    .default("off"),
  STORE_URL: storeUrl(),
  RETRAIN_CRON: z
    .string()
    .refine(
      (text) => text === "off" || isCron(text),
      'should be a cron pattern, as "0 4 * * *", or off',
    )
    .default("0 4 * * *"),
  RETRAIN_COMPARISONS: wholeNumber(1_000, 10_000_000, 50_000),
  COMPUTE_THREADS: wholeNumber(1, 64, standardThreads()),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `should be one of ${LOG_LEVELS.join(", ")}` })
    .default("info"),
  UPDATE_URL: z
    .string()
    .refine(
      (text) => text === "off" || /^https?:$/.test(protocolOf(text)),
      "should be a URL that starts with http:// or https://, or off",
    )
    .optional(),
  METRICS_PORT: wholeNumber(1, 65_535, 1).optional(),
  METRICS_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "should be an address or a name of this machine, as 127.0.0.1")
    .default("127.0.0.1"),
  WATCHDOG_SECONDS: z
    .string()
    .regex(
      /^(?:off|[1-9]\d{0,2}|[12]\d{3}|3[0-5]\d{2}|3600)$/,
      "should be a whole number from 1 to 3600, or off",
    )
    .default("30"),
  SEED: wholeNumber(0, 2 ** 31, 0).optional(),
});

/** The variables as they come out of the schema. */
export type Variables = z.infer<typeof SCHEMA>;

export const EMBEDDING_WITHOUT_SERVER = {
  path: ["EMBEDDING_MODEL"],
  message: "should be left empty if OPENAI_API_KEY and OPENAI_BASE_URL are empty",
};

export const TRANSCRIPTION_WITHOUT_SERVER = {
  path: ["OPENAI_TRANSCRIPTION_MODEL"],
  message: "should be left empty if OPENAI_API_KEY and OPENAI_BASE_URL are empty",
};

export const FALLBACK_WITHOUT_FIRST = {
  path: ["OPENAI_FALLBACK_MODEL"],
  message:
    "should be set together with OPENAI_FALLBACK_API_KEY or OPENAI_FALLBACK_BASE_URL, and beside a first server",
};

/** All that a second server needs, or nothing of it. */
export function fallbackIsWhole(values: Variables): boolean {
  const { OPENAI_FALLBACK_API_KEY: key, OPENAI_FALLBACK_BASE_URL: url } = values;
  const hasFirst = hasServer(values);
  const hasSecond = (key ?? url) !== undefined;
  const hasModel = values.OPENAI_FALLBACK_MODEL !== undefined;
  return hasSecond === hasModel && (!hasSecond || hasFirst);
}

export const RUBRIC_WITHOUT_SERVER = {
  path: ["RUBRIC"],
  message: "should be off if OPENAI_API_KEY and OPENAI_BASE_URL are empty",
};

export function rubricHasServer(values: Variables): boolean {
  const server = values.OPENAI_API_KEY ?? values.OPENAI_BASE_URL;
  return values.RUBRIC === "off" || server !== undefined;
}

export function embeddingHasServer(values: Variables): boolean {
  return values.EMBEDDING_MODEL === undefined || hasServer(values);
}

export function transcriptionHasServer(values: Variables): boolean {
  return values.OPENAI_TRANSCRIPTION_MODEL === undefined || hasServer(values);
}

function hasServer({ OPENAI_API_KEY: key, OPENAI_BASE_URL: url }: Variables): boolean {
  return (key ?? url) !== undefined;
}

/** The names of all variables, as `.env.example` lists them. */
export const VARIABLES: readonly string[] = Object.keys(SCHEMA.shape);

function standardThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / 2)));
}

/** An encryption key in base64 or hex. */
export function keyBytes(text: string): Uint8Array {
  const encoding = /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64";
  return Uint8Array.from(Buffer.from(text, encoding));
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}

function isCron(text: string): boolean {
  try {
    return new Cron(text, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

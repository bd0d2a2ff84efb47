/** The environment as one typed, validated object. No other file reads the environment. */
import { availableParallelism } from "node:os";
import { Cron } from "croner";
import { z } from "zod";
import type { Prices } from "./limits/usage.js";
import { type SystemdConfig, systemdConfig } from "./observability/watchdog/systemd.js";
import { unquote } from "./shared/environment/env-file.js";
import {
  LIMIT_VARIABLES,
  type LimitConfig,
  limitsOf,
  wholeNumber,
} from "./shared/environment/limit-variables.js";
import { readSettingsFile } from "./shared/environment/settings-file.js";
import { storeUrl } from "./store/store-url.js";
import { KEY_BYTES } from "./store/text-cipher.js";

/** Every problem of the configuration at once, by variable name; never a secret's value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    super(
      [
        "The configuration has problems (.env or environment):",
        ...problems.map((line) => `  ${line}`),
      ].join("\n"),
    );
  }
}

export interface Config {
  /** Undefined without a token: the playground runs. */
  readonly discord: DiscordConfig | undefined;
  /** Undefined without a key and a base URL: the bundled deck answers. */
  readonly openai: OpenAIConfig | undefined;
  /** Undefined where the built-in encoder makes all features. */
  readonly embedding: EmbeddingConfig | undefined;
  /** Accounts that the bot belongs to, beside the owner or the team that Discord knows. */
  readonly ownerIds: readonly string[];
  readonly candidates: number;
  readonly questionsPerDay: number;
  readonly questionGap: number;
  readonly limits: LimitConfig;
  readonly ballotDays: number;
  /** Days after which the data of a server that removed the bot are deleted. */
  readonly guildGraceDays: number;
  /** Days that a Discord account must be old before its votes train with everybody's; 0: no matter. */
  readonly minimumAccountDays: number;
  /** Whether accounts that seem to vote with one will take no part in a retraining. */
  readonly leaveOutColluders: boolean;
  /** Of the texts at rest, 32 bytes; undefined: no text is kept beyond the open ballot. */
  readonly encryptionKey: Uint8Array | undefined;
  /** After this many later votes a vote counts half; undefined where all count the same. */
  readonly voteHalfLife: number | undefined;
  readonly storeUrl: string;
  /** Undefined where the schedule is off. */
  readonly retrainCron: string | undefined;
  /** How many comparisons a retraining reads at most. */
  readonly retrainComparisons: number;
  readonly computeThreads: number;
  readonly logLevel: LogLevel;
  /** Where metrics and health are told; undefined where nobody asks. */
  readonly watching: { readonly host: string; readonly port: number } | undefined;
  /** After how many seconds a process that hangs is ended; undefined where it is not. */
  readonly watchdogSeconds: number | undefined;
  /** Set where systemd started the process and wants to be told. */
  readonly systemd: SystemdConfig | undefined;
  /** Set for a run that can be repeated. */
  readonly seed: number | undefined;
}

export interface DiscordConfig {
  readonly token: string;
  readonly apiUrl: string;
  /** Discord's limit for all requests of this bot together. */
  readonly requestsPerSecond: number;
}

export interface OpenAIConfig {
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  readonly model: string;
  readonly timeoutMs: number;
  /** Dollars for a million tokens; undefined where they are not given. */
  readonly prices: Prices | undefined;
  /** What one answer of the language model may have at most, its thoughts included. */
  readonly maximumOutputTokens: number;
  /** The admin's own instruction to the language model. */
  readonly instruction: string | undefined;
}

export interface EmbeddingConfig {
  readonly model: string;
  /** How many numbers of each embedding are used. */
  readonly dimensions: number;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const MOST_THREADS = 4;

function price() {
  const message = "should be a price in dollars for a million tokens, as 0.4";
  return z.coerce.number({ error: message }).min(0, message).optional();
}

function httpUrl() {
  const message = "should be a URL that starts with http:// or https://";
  return z.string().refine((text) => /^https?:$/.test(protocolOf(text)), message);
}

function ownerIds() {
  const message = "should be ids of Discord accounts with commas between them";
  return z
    .string()
    .default("")
    .transform((text) => text.split(/[\s,]+/).filter((id) => id !== ""))
    .refine((ids) => ids.every((id) => /^\d{15,20}$/.test(id)), message);
}

const SCHEMA = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^[\w.-]+$/, "should be the bot's token alone: letters, digits, dots, - and _")
    .optional(),
  // The version is ours to choose: an address that names it is taken as one that does not.
  DISCORD_API_URL: httpUrl()
    .transform((url) => url.replace(/(?<!\/)\/+$/, "").replace(/\/v10$/, ""))
    .default("https://discord.com/api"),
  DISCORD_REQUESTS_PER_SECOND: wholeNumber(1, 10_000, 50),
  OWNER_IDS: ownerIds(),
  OPENAI_API_KEY: z.string().regex(/^\S+$/, "should be one word: the key").optional(),
  OPENAI_BASE_URL: httpUrl().optional(),
  OPENAI_MODEL: z.string().default("gpt-4.1-mini"),
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
  CANDIDATES: wholeNumber(2, 8, 4),
  QUESTIONS_PER_DAY: wholeNumber(0, 1_000, 10),
  QUESTION_GAP: wholeNumber(0, 1_000, 10),
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

const EMBEDDING_WITHOUT_SERVER = {
  path: ["EMBEDDING_MODEL"],
  message: "should be left empty where there is no OPENAI_API_KEY and no OPENAI_BASE_URL",
};

function embeddingHasServer(values: z.infer<typeof SCHEMA>): boolean {
  const server = values.OPENAI_API_KEY ?? values.OPENAI_BASE_URL;
  return values.EMBEDDING_MODEL === undefined || server !== undefined;
}

/** The names of all variables, as `.env.example` lists them. */
export const VARIABLES: readonly string[] = Object.keys(SCHEMA.shape);

/** Reads and checks every variable. Throws {@link ConfigError} with all problems. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    VARIABLES.map((name) => [name, unquote(environment[name] ?? "") || undefined]),
  );
  const parsed = SCHEMA.refine(embeddingHasServer, EMBEDDING_WITHOUT_SERVER).safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${String(path[0])} ${message}.`,
    );
    throw new ConfigError([...new Set(problems)]);
  }
  return { ...toConfig(parsed.data, given), systemd: systemdConfig(environment) };
}

/**
 * The process's environment, with the variables of `.env` where the environment has none or an empty
 * one. Throws {@link ConfigError} where the file can't be read as it is.
 */
export function loadEnvironment(): NodeJS.ProcessEnv {
  const { values, problems } = readSettingsFile(process.cwd(), VARIABLES, process.env);
  if (problems.length > 0) throw new ConfigError(problems);
  for (const [name, value] of Object.entries(values)) process.env[name] ||= value;
  return process.env;
}

function toConfig(
  values: z.infer<typeof SCHEMA>,
  given: Readonly<Record<string, string | undefined>>,
): Omit<Config, "systemd"> {
  const { DISCORD_TOKEN: token, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = values;
  return {
    discord:
      token === undefined
        ? undefined
        : {
            token,
            apiUrl: values.DISCORD_API_URL,
            requestsPerSecond: values.DISCORD_REQUESTS_PER_SECOND,
          },
    openai:
      apiKey === undefined && baseUrl === undefined
        ? undefined
        : {
            // Servers of one's own often want no key, but the client insists on one.
            apiKey: apiKey ?? "none",
            baseUrl,
            model: values.OPENAI_MODEL,
            timeoutMs: values.OPENAI_TIMEOUT_MS,
            prices: pricesOf(values),
            maximumOutputTokens: values.MAXIMUM_OUTPUT_TOKENS,
            instruction: values.SYSTEM_PROMPT,
          },
    embedding:
      values.EMBEDDING_MODEL === undefined
        ? undefined
        : { model: values.EMBEDDING_MODEL, dimensions: values.EMBEDDING_DIMENSIONS },
    ownerIds: values.OWNER_IDS,
    candidates: values.CANDIDATES,
    questionsPerDay: values.QUESTIONS_PER_DAY,
    questionGap: values.QUESTION_GAP,
    limits: limitsOf(values),
    ballotDays: values.BALLOT_DAYS,
    guildGraceDays: values.GUILD_GRACE_DAYS,
    minimumAccountDays: values.MINIMUM_ACCOUNT_DAYS,
    leaveOutColluders: values.LEAVE_OUT_COLLUDERS === "on",
    encryptionKey:
      values.ENCRYPTION_KEY === undefined ? undefined : keyBytes(values.ENCRYPTION_KEY),
    voteHalfLife: values.VOTE_HALF_LIFE === "off" ? undefined : Number(values.VOTE_HALF_LIFE),
    storeUrl: values.STORE_URL,
    retrainCron: values.RETRAIN_CRON === "off" ? undefined : values.RETRAIN_CRON,
    retrainComparisons: values.RETRAIN_COMPARISONS,
    computeThreads: values.COMPUTE_THREADS,
    logLevel: values.LOG_LEVEL,
    watching:
      given.METRICS_PORT === undefined
        ? undefined
        : { host: values.METRICS_HOST, port: values.METRICS_PORT! },
    watchdogSeconds:
      values.WATCHDOG_SECONDS === "off" ? undefined : Number(values.WATCHDOG_SECONDS),
    seed: given.SEED === undefined ? undefined : values.SEED,
  };
}

function pricesOf(values: z.infer<typeof SCHEMA>): OpenAIConfig["prices"] {
  const { OPENAI_INPUT_PRICE: input, OPENAI_OUTPUT_PRICE: output } = values;
  if (input === undefined && output === undefined) return undefined;
  return { input: input ?? 0, output: output ?? 0, embedding: values.EMBEDDING_PRICE ?? 0 };
}

function standardThreads(): number {
  return Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / 2)));
}

function keyBytes(text: string): Uint8Array {
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

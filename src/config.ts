/** The environment as one typed, validated object. No other file reads the environment. */
import { type Language, languageOf } from "./language/languages.js";
import { unquote } from "./shared/environment/env-file.js";
import { type LimitConfig, limitsOf } from "./shared/environment/limit-variables.js";
import { checkRole, type Role } from "./shared/environment/role-variables.js";
import { readSettingsFile } from "./shared/environment/settings-file.js";
import {
  checkShards,
  type ShardConfig,
  shardConfig,
} from "./shared/environment/shard-variables.js";
import { type SystemdConfig, systemdConfig } from "./shared/environment/systemd-variables.js";
import { terminalLocale } from "./shared/environment/terminal-locale.js";
import {
  EMBEDDING_WITHOUT_SERVER,
  embeddingHasServer,
  FALLBACK_WITHOUT_FIRST,
  fallbackIsWhole,
  keyBytes,
  type LogLevel,
  RUBRIC_WITHOUT_SERVER,
  rubricHasServer,
  SCHEMA,
  TRANSCRIPTION_WITHOUT_SERVER,
  transcriptionHasServer,
  VARIABLES,
  type Variables,
} from "./shared/environment/variables.js";

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
  readonly role: Role;
  /** Undefined without a token: the playground runs. */
  readonly discord: DiscordConfig | undefined;
  /** Undefined without a key and a base URL: the bundled deck answers. */
  readonly openai: OpenAIConfig | undefined;
  /** Asked when the first server fails; undefined where there is none. */
  readonly fallback: OpenAIConfig | undefined;
  /** Where a language model's server of this machine is looked for while none is set. */
  readonly localServers: readonly string[];
  /** Undefined where the built-in encoder makes all features. */
  readonly embedding: EmbeddingConfig | undefined;
  /** Whether the language model also scores the candidates' style. */
  readonly rubric: boolean;
  /** Accounts that the bot belongs to, beside the owner or the team that Discord knows. */
  readonly ownerIds: readonly string[];
  /** Who may take the bot along as their own app: nobody, whoever is on one of its servers, anybody. */
  readonly userInstall: UserInstall;
  readonly candidates: number;
  /** Spoken where neither the member's language is known nor their server's is one of ours. */
  readonly defaultLanguage: Language;
  readonly questionsPerDay: number;
  readonly questionGap: number;
  /** After so many hours of silence direct messages begin a new conversation; 0: replies alone go on. */
  readonly conversationGapHours: number;
  /** Whether pictures, text files and voice messages are read. */
  readonly readAttachments: boolean;
  /** The model that writes down voice messages; undefined where nobody does. */
  readonly transcriptionModel: string | undefined;
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
  /** Where the latest release is told: where this copy was cloned from if undefined. */
  readonly updateUrl: string | "off" | undefined;
  /** Where metrics and health are told; undefined where nobody asks. */
  readonly watching: { readonly host: string; readonly port: number } | undefined;
  /** After how many seconds a process that hangs is ended; undefined where it is not. */
  readonly watchdogSeconds: number | undefined;
  /** Set where systemd started the process and wants to be told. */
  readonly systemd: SystemdConfig | undefined;
  /** Of the playground, as the terminal's locale has it. */
  readonly terminalLanguage: Language;
  /** Set for a run that can be repeated. */
  readonly seed: number | undefined;
}

export type UserInstall = "off" | "shared" | "on";

export interface DiscordConfig {
  readonly token: string;
  readonly apiUrl: string;
  /** Discord's limit for all requests of this bot together. */
  readonly requestsPerSecond: number;
  readonly shards: ShardConfig;
}

export interface OpenAIConfig {
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  readonly model: string;
  /** What admins may choose for a server or a channel instead. */
  readonly otherModels: readonly string[];
  readonly timeoutMs: number;
  /** Dollars for a million tokens; undefined where they are not given. */
  readonly prices: Prices | undefined;
  /** What one answer of the language model may have at most, its thoughts included. */
  readonly maximumOutputTokens: number;
  /** The admin's own instruction to the language model. */
  readonly instruction: string | undefined;
}

/** Dollars for a million tokens. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  readonly embedding: number;
}

export interface EmbeddingConfig {
  readonly model: string;
  /** How many numbers of each embedding are used. */
  readonly dimensions: number;
}

/** Reads and checks every variable. Throws {@link ConfigError} with all problems. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    VARIABLES.map((name) => [name, unquote(environment[name] ?? "") || undefined]),
  );
  const parsed = SCHEMA.refine(embeddingHasServer, EMBEDDING_WITHOUT_SERVER)
    .refine(transcriptionHasServer, TRANSCRIPTION_WITHOUT_SERVER)
    .refine(fallbackIsWhole, FALLBACK_WITHOUT_FIRST)
    .refine(rubricHasServer, RUBRIC_WITHOUT_SERVER)
    .superRefine(checkShards)
    .superRefine(checkRole)
    .safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${String(path[0])} ${message}.`,
    );
    throw new ConfigError([...new Set(problems)]);
  }
  return {
    ...toConfig(parsed.data, given),
    systemd: systemdConfig(environment),
    terminalLanguage: languageOf(terminalLocale(environment)),
  };
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
  values: Variables,
  given: Readonly<Record<string, string | undefined>>,
): Omit<Config, "systemd" | "terminalLanguage"> {
  const { DISCORD_TOKEN: token } = values;
  return {
    role: values.ROLE,
    discord:
      token === undefined
        ? undefined
        : {
            token,
            apiUrl: values.DISCORD_API_URL,
            requestsPerSecond: values.DISCORD_REQUESTS_PER_SECOND,
            shards: shardConfig(values),
          },
    openai: openAIConfig(values, {
      apiKey: values.OPENAI_API_KEY,
      baseUrl: values.OPENAI_BASE_URL,
      model: values.OPENAI_MODEL,
      otherModels: values.OPENAI_OTHER_MODELS.filter((name) => name !== values.OPENAI_MODEL),
    }),
    fallback: openAIConfig(values, {
      apiKey: values.OPENAI_FALLBACK_API_KEY,
      baseUrl: values.OPENAI_FALLBACK_BASE_URL,
      model: values.OPENAI_FALLBACK_MODEL ?? values.OPENAI_MODEL,
      otherModels: [],
    }),
    embedding:
      values.EMBEDDING_MODEL === undefined
        ? undefined
        : { model: values.EMBEDDING_MODEL, dimensions: values.EMBEDDING_DIMENSIONS },
    rubric: values.RUBRIC === "on",
    localServers: values.LOCAL_SERVERS,
    ownerIds: values.OWNER_IDS,
    userInstall: values.USER_INSTALL,
    candidates: values.CANDIDATES,
    defaultLanguage: values.DEFAULT_LANGUAGE,
    questionsPerDay: values.QUESTIONS_PER_DAY,
    questionGap: values.QUESTION_GAP,
    conversationGapHours: values.CONVERSATION_GAP_HOURS,
    readAttachments: values.READ_ATTACHMENTS === "on",
    transcriptionModel: values.OPENAI_TRANSCRIPTION_MODEL,
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
    updateUrl: values.UPDATE_URL,
    watching:
      given.METRICS_PORT === undefined
        ? undefined
        : { host: values.METRICS_HOST, port: values.METRICS_PORT! },
    watchdogSeconds:
      values.WATCHDOG_SECONDS === "off" ? undefined : Number(values.WATCHDOG_SECONDS),
    seed: given.SEED === undefined ? undefined : values.SEED,
  };
}

type ServerSettings = Pick<OpenAIConfig, "baseUrl" | "model" | "otherModels"> & {
  readonly apiKey: string | undefined;
};

/** Undefined where no server is named. */
function openAIConfig(values: Variables, server: ServerSettings): OpenAIConfig | undefined {
  if (server.apiKey === undefined && server.baseUrl === undefined) return undefined;
  return {
    ...server,
    // Servers of one's own often want no key, but the client insists on one.
    apiKey: server.apiKey ?? "none",
    timeoutMs: values.OPENAI_TIMEOUT_MS,
    prices: pricesOf(values),
    maximumOutputTokens: values.MAXIMUM_OUTPUT_TOKENS,
    instruction: values.SYSTEM_PROMPT,
  };
}

function pricesOf(values: Variables): OpenAIConfig["prices"] {
  const { OPENAI_INPUT_PRICE: input, OPENAI_OUTPUT_PRICE: output } = values;
  if (input === undefined && output === undefined) return undefined;
  return { input: input ?? 0, output: output ?? 0, embedding: values.EMBEDDING_PRICE ?? 0 };
}

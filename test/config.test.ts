import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../src/config.js";
import { VARIABLES } from "../src/shared/environment/variables.js";

describe("the configuration", () => {
  it("needs nothing", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ candidates: 4, storeUrl: "sqlite://data/attune.sqlite" });
    expect(config.discord).toBeUndefined();
    expect(config.openai).toBeUndefined();
  });

  it("takes a blank variable for one that is not there", () => {
    expect(readConfig({ DISCORD_TOKEN: " ", CANDIDATES: "" })).toEqual(readConfig({}));
  });

  it("has several roles only where several processes can store", () => {
    const STORE_URL = "postgres://attune@127.0.0.1:5432/attune";
    expect(readConfig({}).role).toBe("all");
    expect(readConfig({ STORE_URL, ROLE: "trainer" }).role).toBe("trainer");
    expect(readConfig({ STORE_URL, ROLE: "bot", DISCORD_TOKEN: "token" }).role).toBe("bot");
    expect(problemsOf({ STORE_URL, ROLE: "bot" })).toEqual([
      "ROLE needs DISCORD_TOKEN for a bot; a trainer needs none.",
    ]);
    expect(problemsOf({ ROLE: "trainer" })).toEqual([
      expect.stringMatching(/^ROLE should be all while .* SQLite.* STORE_URL .*postgres:\/\//),
    ]);
    expect(problemsOf({ ROLE: "king" })).toEqual(["ROLE should be bot, trainer or all."]);
  });

  it("asks for no key where the server is one's own", () => {
    const { openai } = readConfig({ OPENAI_BASE_URL: "http://127.0.0.1:8080/v1" });
    expect(openai?.baseUrl).toBe("http://127.0.0.1:8080/v1");
  });

  it.each([
    "http://proxy/api",
    "http://proxy/api/",
    "http://proxy/api/v10",
    "http://proxy/api/v10/",
  ])("takes Discord's address with its version as without it: %s", (DISCORD_API_URL) => {
    const { discord } = readConfig({ DISCORD_TOKEN: "token", DISCORD_API_URL });
    expect(discord?.apiUrl).toBe("http://proxy/api");
  });

  it("takes an embedding model only with a server that has it", () => {
    const server = { OPENAI_BASE_URL: "http://127.0.0.1:8080/v1" };
    expect(readConfig(server).embedding).toBeUndefined();
    const { embedding } = readConfig({ ...server, EMBEDDING_MODEL: "text-embedding-3-small" });
    expect(embedding).toEqual({ model: "text-embedding-3-small", dimensions: 192 });
    expect(problemsOf({ EMBEDDING_MODEL: "text-embedding-3-small" })).toEqual([
      "EMBEDDING_MODEL should be left empty if OPENAI_API_KEY and OPENAI_BASE_URL are empty.",
    ]);
    expect(problemsOf({ OPENAI_TRANSCRIPTION_MODEL: "whisper-1" })).toEqual([
      "OPENAI_TRANSCRIPTION_MODEL should be left empty if OPENAI_API_KEY and OPENAI_BASE_URL are empty.",
    ]);
    expect(problemsOf({ ...server, EMBEDDING_MODEL: "x", EMBEDDING_DIMENSIONS: "4" })).toEqual([
      "EMBEDDING_DIMENSIONS should be a whole number from 8 to 1024.",
    ]);
  });

  it("takes a second language model only whole, and beside a first one", () => {
    const first = { OPENAI_BASE_URL: "http://127.0.0.1:8080/v1" };
    const second = { OPENAI_FALLBACK_API_KEY: "key", OPENAI_FALLBACK_MODEL: "spare" };
    expect(readConfig(first).fallback).toBeUndefined();
    const { fallback, openai } = readConfig({ ...first, ...second });
    expect(fallback).toMatchObject({ apiKey: "key", baseUrl: undefined, model: "spare" });
    expect(openai?.model).toBe("gpt-4.1-mini");
    for (const wrong of [second, { ...first, OPENAI_FALLBACK_MODEL: "spare" }]) {
      expect(problemsOf(wrong)).toEqual([
        expect.stringMatching(/^OPENAI_FALLBACK_MODEL should be set/),
      ]);
    }
    expect(problemsOf({ ...first, OPENAI_FALLBACK_API_KEY: "key" })).toHaveLength(1);
  });

  it("takes names of models that admins may choose, each once, the main one not among them", () => {
    const { openai } = readConfig({
      OPENAI_API_KEY: "key",
      OPENAI_MODEL: "main",
      OPENAI_OTHER_MODELS: "large, small,main  small",
    });
    expect(openai?.otherModels).toEqual(["large", "small"]);
  });

  it("takes a half-life of votes, or off", () => {
    expect(readConfig({}).voteHalfLife).toBeUndefined();
    expect(readConfig({ VOTE_HALF_LIFE: "off" }).voteHalfLife).toBeUndefined();
    expect(readConfig({ VOTE_HALF_LIFE: "8" }).voteHalfLife).toBe(8);
    for (const wrong of ["0", "1.5", "never"]) {
      expect(problemsOf({ VOTE_HALF_LIFE: wrong })).toEqual([
        "VOTE_HALF_LIFE should be a whole number from 1 to 10000, or off.",
      ]);
    }
  });

  it("takes limits for each scope, or none", () => {
    const { limits } = readConfig({ MESSAGES_PER_DAY: "1/2/3", TOKENS_PER_DAY: "off" });
    expect(limits.messagesPerDay).toEqual({ member: 1, channel: 2, server: 3 });
    expect(limits.tokensPerDay).toEqual({});
    expect(readConfig({}).limits.tokensPerDay).toMatchObject({ personal: 1_000_000 });
    const little = readConfig({ TOKENS_PER_DAY: "off", PERSONAL_TOKENS_PER_DAY: "7" });
    expect(little.limits.tokensPerDay).toEqual({ personal: 7 });
    expect(limits.ballotsPerDay).toEqual({ channel: 100, server: 300 });
    expect(problemsOf({ TOKENS_PER_DAY: "1000" })).toEqual([
      "TOKENS_PER_DAY should be 4 whole numbers from 1 (member/channel/server/everywhere), for example 10/20/30/40, or off.",
    ]);
  });

  it("takes shards as a list or a range, and all of as many as Discord recommends without one", () => {
    const shardsOf = (environment: NodeJS.ProcessEnv) =>
      readConfig({ DISCORD_TOKEN: "token", ...environment }).discord?.shards;
    expect(shardsOf({})).toEqual({ count: undefined, own: undefined });
    expect(shardsOf({ SHARD_COUNT: "auto", SHARDS: "" })).toEqual(shardsOf({}));
    expect(shardsOf({ SHARD_COUNT: "4" })).toEqual({ count: 4, own: undefined });
    expect(shardsOf({ SHARD_COUNT: "4", SHARDS: "0-2" })).toEqual({ count: 4, own: [0, 1, 2] });
    expect(shardsOf({ SHARD_COUNT: "9", SHARDS: "8, 0-1" })).toEqual({ count: 9, own: [8, 0, 1] });
  });

  it("takes only shards that there are, each once, of a number that stays the same", () => {
    const problemsWith = (SHARDS: string, SHARD_COUNT?: string) =>
      problemsOf({ DISCORD_TOKEN: "token", SHARDS, SHARD_COUNT }).join();
    expect(problemsWith("4", "4")).toMatch(/^SHARDS should name shards from 0 to 3.*names 4\.$/);
    expect(problemsWith("0,1-3,2", "4")).toMatch(/^SHARDS should name each shard once.*2 twice\.$/);
    expect(problemsWith("0")).toMatch(/^SHARDS needs a number in SHARD_COUNT/);
    expect(problemsWith("0", "auto")).toMatch(/^SHARDS needs a number in SHARD_COUNT/);
    for (const text of ["3-1", "-1", "0,,1", "1.5", "0-16384", "9".repeat(400)]) {
      expect(problemsWith(text, "4")).toMatch(/^SHARDS should be numbers of shards/);
    }
    for (const text of ["0", "-1", "1.5", "16385", "Auto", "1e3"]) {
      expect(problemsOf({ SHARD_COUNT: text }).join()).toMatch(/^SHARD_COUNT should be/);
    }
  });

  it("tells every problem at once, by name, and no secret", () => {
    const secret = "a secret with blanks";
    const wrong = {
      ROLE: "king",
      DISCORD_TOKEN: secret,
      DISCORD_API_URL: "discord.com",
      DISCORD_REQUESTS_PER_SECOND: "none",
      SHARD_COUNT: "0",
      SHARDS: "first",
      OWNER_IDS: "me",
      USER_INSTALL: "everybody",
      OPENAI_API_KEY: secret,
      OPENAI_BASE_URL: "ftp://models",
      LOCAL_SERVERS: "ollama",
      OPENAI_OTHER_MODELS: "x".repeat(101),
      OPENAI_FALLBACK_API_KEY: secret,
      OPENAI_FALLBACK_BASE_URL: "models.example",
      OPENAI_FALLBACK_MODEL: "two words",
      OPENAI_TRANSCRIPTION_MODEL: "two words",
      OPENAI_TIMEOUT_MS: "5",
      MAXIMUM_OUTPUT_TOKENS: "0",
      OPENAI_INPUT_PRICE: "free",
      OPENAI_OUTPUT_PRICE: "-1",
      SYSTEM_PROMPT: "x".repeat(9_000),
      EMBEDDING_MODEL: "two words",
      EMBEDDING_PRICE: "cheap",
      EMBEDDING_DIMENSIONS: "4",
      RUBRIC: "maybe",
      CANDIDATES: "many",
      DEFAULT_LANGUAGE: "fr",
      QUESTIONS_PER_DAY: "-1",
      QUESTION_GAP: "-1",
      CONVERSATION_GAP_HOURS: "200",
      READ_ATTACHMENTS: "maybe",
      MESSAGES_PER_MINUTE: "6/20",
      MESSAGES_PER_DAY: "many",
      BALLOTS_PER_DAY: "1/2/3",
      TOKENS_PER_DAY: "0/1/1/1",
      PERSONAL_TOKENS_PER_DAY: "0",
      REQUESTS_AT_ONCE: "0",
      QUEUE_LENGTH: "-1",
      RETRAIN_MINUTES: "-1",
      BALLOT_DAYS: "31",
      GUILD_GRACE_DAYS: "1000",
      MINIMUM_ACCOUNT_DAYS: "-1",
      LEAVE_OUT_COLLUDERS: "maybe",
      ENCRYPTION_KEY: "short",
      VOTE_HALF_LIFE: "never",
      STORE_URL: "mysql://x",
      RETRAIN_CRON: "whenever",
      RETRAIN_COMPARISONS: "all",
      COMPUTE_THREADS: "0",
      LOG_LEVEL: "loud",
      UPDATE_URL: "github.com",
      METRICS_PORT: "70000",
      METRICS_HOST: "http://localhost",
      WATCHDOG_SECONDS: "0",
      SEED: "1.5",
    };
    const problems = problemsOf(wrong);
    expect(problems.map((line) => line.split(" ")[0])).toEqual(Object.keys(wrong));
    // Any word may be the name of a model.
    expect(Object.keys(wrong)).toEqual(VARIABLES.filter((name) => name !== "OPENAI_MODEL"));
    expect(problems.join()).not.toContain(secret);
    for (const problem of problems) expect(problem).toMatch(/ should (be|have) /);
  });

  it("is listed in .env.example, every variable and nothing else, and in docs/configuration.md", () => {
    const example = readFileSync(".env.example", "utf8");
    const listed = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...VARIABLES].sort());
    const page = readFileSync("docs/configuration.md", "utf8");
    for (const name of VARIABLES) expect(page).toContain(`| \`${name}\``);
  });
});

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
}

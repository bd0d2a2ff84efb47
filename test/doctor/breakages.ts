/** Ways in which a set-up can be broken, and what the doctor is to say of each. */
import { readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { State } from "../../src/doctor/finding.js";
import { openDatabase } from "../../src/store/sqlite/database.js";
import type { HealthySetUp } from "../support/healthy-set-up.js";
import type { LoopbackOpenAIOptions } from "../support/loopback-openai.js";

const DAY_MS = 24 * 60 * 60 * 1_000;

export interface Breakage {
  readonly what: string;
  readonly model?: LoopbackOpenAIOptions;
  readonly breakIt: (setUp: HealthySetUp) => unknown;
  readonly topic: string;
  readonly state: State;
  readonly seen: RegExp;
  readonly remedy: RegExp;
}

export const BREAKAGES: readonly Breakage[] = [
  {
    what: "a token that was reset",
    breakIt: ({ environment }) => {
      environment.DISCORD_TOKEN = "an.old.token";
    },
    topic: "Token",
    state: "wrong",
    seen: /refuses the token/,
    remedy: /Reset Token.*DISCORD_TOKEN/,
  },
  {
    what: "no token",
    breakIt: ({ environment }) => {
      delete environment.DISCORD_TOKEN;
    },
    topic: "Token",
    state: "advice",
    seen: /none is set/,
    remedy: /discord\.com\/developers/,
  },
  {
    what: "a Discord that can't be reached",
    breakIt: ({ environment }) => {
      environment.DISCORD_API_URL = "http://127.0.0.1:9/api";
    },
    topic: "Token",
    state: "wrong",
    seen: /can't be reached \(.*(?:ECONNREFUSED|bad port).*\)/,
    remedy: /network.*DISCORD_API_URL/,
  },
  {
    what: "a Discord that is unwell",
    breakIt: ({ discord }) => discord.rest.fail("GET", /applications\/@me/, 503, 5),
    topic: "Token",
    state: "wrong",
    seen: /an error of its own \(503\)/,
    remedy: /discordstatus/,
  },
  {
    what: "a privileged intent",
    breakIt: ({ discord }) => {
      discord.world.portal = { flags: 1 << 19 };
    },
    topic: "Intents",
    state: "advice",
    seen: /Message Content is on/,
    remedy: /switch it off/,
  },
  {
    what: "an application that users can't install, although the settings let them",
    breakIt: ({ discord }) => {
      discord.world.portal = { integration_types_config: { 0: {} } };
    },
    topic: "Personal use",
    state: "advice",
    seen: /nobody can take the bot along/,
    remedy: /tick User Install.*USER_INSTALL=off/,
  },
  {
    what: "an address to which Discord sends the commands",
    breakIt: ({ discord }) => {
      discord.world.portal = { interactions_endpoint_url: "https://elsewhere.example/hook" };
    },
    topic: "Commands",
    state: "wrong",
    seen: /elsewhere\.example/,
    remedy: /Interactions Endpoint URL/,
  },
  {
    what: "an invitation that needs a code grant",
    breakIt: ({ discord }) => {
      discord.world.portal = { bot_require_code_grant: true };
    },
    topic: "Invitation",
    state: "wrong",
    seen: /code grant/,
    remedy: /OAuth2 Code Grant/,
  },
  {
    what: "a bot that starts again and again",
    breakIt: ({ discord }) => {
      discord.world.startsLeft = 3;
    },
    topic: "Starts",
    state: "wrong",
    seen: /3 more of 1000/,
    remedy: /look for the reason in the log/,
  },
  {
    what: "fewer shards than Discord recommends",
    breakIt: ({ discord, environment }) => {
      discord.gateway.recommendedShards = 4;
      environment.SHARD_COUNT = "2";
    },
    topic: "Shards",
    state: "advice",
    seen: /recommends 4.*SHARD_COUNT is 2/,
    remedy: /2,500 servers each.*same number for every process/,
  },
  {
    what: "a bot on no server",
    breakIt: ({ discord, guild }) => discord.world.removeGuild(guild.id),
    topic: "Servers",
    state: "advice",
    seen: /on none/,
    remedy: /invitation/,
  },
  {
    what: "a channel in which the bot may not add reactions or show embeds",
    breakIt: ({ guild, channel }) => {
      const deny = String((1 << 6) | (1 << 14));
      channel.overwrites = [{ id: guild.botRoleId, type: 0, allow: "0", deny }];
    },
    topic: "Server lounge",
    state: "wrong",
    seen: /#general the bot lacks Embed Links, Add Reactions/,
    remedy: /Permissions/,
  },
  {
    what: "a channel that the bot can't see",
    breakIt: ({ guild, channel }) => {
      channel.overwrites = [{ id: guild.id, type: 0, allow: "0", deny: String(1 << 10) }];
    },
    topic: "Server lounge",
    state: "wrong",
    seen: /#general the bot lacks View Channel\./,
    remedy: /Permissions/,
  },
  {
    what: "a channel of /settings that was deleted",
    breakIt: ({ discord, channel }) => discord.deleteChannel(channel),
    topic: "Server lounge",
    state: "wrong",
    seen: /names the channel \d+, which is gone/,
    remedy: /\/settings channels/,
  },
  {
    what: "a key that the language model refuses",
    breakIt: ({ model }) => model.fail({ kind: "status", status: 401 }, 9),
    topic: "Language model",
    state: "wrong",
    seen: /refuses the key/,
    remedy: /OPENAI_API_KEY/,
  },
  {
    what: "a language model that does not exist",
    breakIt: ({ model }) => model.fail({ kind: "status", status: 404, code: "model_not_found" }, 9),
    topic: "Language model",
    state: "wrong",
    seen: /does not know the model/,
    remedy: /OPENAI_MODEL/,
  },
  {
    what: "an account without money",
    breakIt: ({ model }) =>
      model.fail({ kind: "status", status: 429, code: "insufficient_quota" }, 9),
    topic: "Language model",
    state: "wrong",
    seen: /quota is used up/,
    remedy: /top it up/,
  },
  {
    what: "a language model that is not running",
    breakIt: ({ environment }) => {
      environment.OPENAI_BASE_URL = "http://127.0.0.1:9/v1";
    },
    topic: "Language model",
    state: "wrong",
    seen: /no answer came/,
    remedy: /OPENAI_BASE_URL.*container/,
  },
  {
    what: "a model that thinks until its room is used up",
    model: { content: "reasoning" },
    breakIt: () => undefined,
    topic: "Language model",
    state: "advice",
    seen: /had said nothing/,
    remedy: /MAXIMUM_OUTPUT_TOKENS/,
  },
  {
    what: "an embedding model that is not there",
    breakIt: ({ environment, model }) => {
      environment.EMBEDDING_MODEL = "nothing-embeds";
      model.failEmbeddings({ kind: "status", status: 404, code: "model_not_found" }, 9);
    },
    topic: "Embedding model",
    state: "wrong",
    seen: /nothing-embeds gave no embedding/,
    remedy: /EMBEDDING_MODEL/,
  },
  {
    what: "a model for voice messages that is not there",
    breakIt: ({ environment, model }) => {
      environment.OPENAI_TRANSCRIPTION_MODEL = "no-ears";
      model.failTranscriptions({ kind: "status", status: 404, code: "model_not_found" }, 9);
    },
    topic: "Voice messages",
    state: "wrong",
    seen: /no-ears wrote nothing down \(.*404.*\)/,
    remedy: /OPENAI_TRANSCRIPTION_MODEL/,
  },
  {
    what: "a second language model that is not running",
    breakIt: ({ environment }) => {
      environment.OPENAI_FALLBACK_BASE_URL = "http://127.0.0.1:9/v1";
      environment.OPENAI_FALLBACK_MODEL = "spare";
    },
    topic: "Second language model",
    state: "wrong",
    seen: /no answer came/,
    remedy: /OPENAI_FALLBACK_BASE_URL/,
  },
  {
    what: "no language model at all",
    breakIt: ({ environment }) => {
      delete environment.OPENAI_BASE_URL;
    },
    topic: "Language model",
    state: "advice",
    seen: /answers come from the bundled deck/,
    remedy: /OPENAI_API_KEY/,
  },
  {
    what: "a store that is damaged",
    breakIt: ({ path }) => writeFileSync(path, "this is a letter to my aunt ".repeat(200)),
    topic: "Store",
    state: "wrong",
    seen: /can't be read/,
    remedy: /npm run store -- restore/,
  },
  {
    what: "a store that a newer version has written",
    breakIt: async ({ path }) => {
      const database = await openDatabase(path, "write", 1_000);
      await database.all("PRAGMA user_version = 999");
      await database.close();
    },
    topic: "Store",
    state: "wrong",
    seen: /newer version/,
    remedy: /update Attune/,
  },
  {
    what: "a store that can't be made",
    breakIt: ({ environment, folder }) => {
      writeFileSync(join(folder, "file"), "");
      environment.STORE_URL = `sqlite://${join(folder, "file", "attune.sqlite")}`;
    },
    topic: "Store",
    state: "wrong",
    seen: /can't be made/,
    remedy: /STORE_URL/,
  },
  {
    what: "another encryption key",
    breakIt: ({ environment }) => {
      environment.ENCRYPTION_KEY = Buffer.alloc(32, 7).toString("base64");
    },
    topic: "Encryption key",
    state: "wrong",
    seen: /sealed with another/,
    remedy: /earlier key/,
  },
  {
    what: "an encryption key that was lost",
    breakIt: ({ environment }) => {
      delete environment.ENCRYPTION_KEY;
    },
    topic: "Encryption key",
    state: "wrong",
    seen: /none is set now/,
    remedy: /earlier key/,
  },
  {
    what: "a backup that is old",
    breakIt: ({ folder }) => {
      const at = new Date(Date.now() - 40 * DAY_MS);
      for (const name of backupsIn(folder)) utimesSync(join(folder, name), at, at);
    },
    topic: "Backup",
    state: "advice",
    seen: /40 days old/,
    remedy: /npm run store -- backup/,
  },
  {
    what: "no backup",
    breakIt: ({ folder }) => {
      for (const name of backupsIn(folder)) rmSync(join(folder, name));
    },
    topic: "Backup",
    state: "advice",
    seen: /there is none/,
    remedy: /npm run store -- backup/,
  },
];

function backupsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes(".backup-"));
}

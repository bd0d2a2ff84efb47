/** The doctor's round: everything that a set-up can get wrong, in the order in which it is mended. */
import { REST } from "discord.js";
import type { Config } from "../config.js";
import { isPostgresUrl } from "../shared/environment/store-url.js";
import type { Clock } from "../shared/time.js";
import { pathOfStore } from "../store/sqlite/database.js";
import { checkDiscord } from "./discord-check.js";
import { advice, type Finding } from "./finding.js";
import { checkLanguageModel } from "./language-model-check.js";
import { checkClock, checkDisk, checkNode } from "./machine-check.js";
import { checkStoreFile, type StoreReport } from "./store-check.js";

const DISCORD_WAIT_MS = 10_000;

/** Looks at everything that `config` names. Never throws; takes as long as the slowest server. */
export async function examine(config: Config, clock: Clock): Promise<Finding[]> {
  const { discord, storeUrl, encryptionKey } = config;
  const path = isPostgresUrl(storeUrl) ? undefined : pathOfStore(storeUrl);
  const store = await (path === undefined
    ? checkPostgres(storeUrl, encryptionKey)
    : checkStoreFile(path, encryptionKey, clock));
  const settingsOf = async (guildId: string) => store.settings.get(guildId) ?? {};
  const [ofDiscord, ofModel, ofClock, disk] = await Promise.all([
    discord === undefined
      ? tokenFindings(config)
      : checkDiscord(restOf(discord), settingsOf, config.userInstall, discord.shards),
    checkLanguageModel(config),
    discord === undefined ? [] : checkClock(`${discord.apiUrl}/v10/gateway`, clock),
    path === undefined ? [] : checkDisk(path),
  ]);
  return [checkNode(), ...ofDiscord, ...ofModel, ...ofClock, ...[disk].flat(), ...store.findings];
}

/** Loads what it takes only now: the bot, too, has the doctor at hand, and may store in a file. */
async function checkPostgres(url: string, key: Uint8Array | undefined): Promise<StoreReport> {
  const { checkPostgresStore } = await import("./postgres-check.js");
  return checkPostgresStore(url, key);
}

/** Without a token a trainer is whole. */
function tokenFindings({ role }: Pick<Config, "role">): Finding[] {
  return role === "trainer" ? [] : [NO_TOKEN];
}

const NO_TOKEN = advice(
  "Token",
  "none is set, so npm start opens the playground and not the bot.",
  "make an application at https://discord.com/developers/applications and put the token of its bot into DISCORD_TOKEN.",
);

/** One try and one more: a person is waiting. */
function restOf({ token, apiUrl }: NonNullable<Config["discord"]>): REST {
  return new REST({ version: "10", api: apiUrl, retries: 1, timeout: DISCORD_WAIT_MS }).setToken(
    token,
  );
}

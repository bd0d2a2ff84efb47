/** A set-up in which nothing is wrong: settings, a Discord, a language model and a store on loopback. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkEncryptionKey } from "../../src/store/encryption-key.js";
import { backUpTo, copyName } from "../../src/store/sqlite/backup.js";
import { openDatabase } from "../../src/store/sqlite/database.js";
import { openStore } from "../../src/store/store.js";
import { startLoopbackDiscord } from "./loopback-discord/loopback-discord.js";
import { type LoopbackOpenAIOptions, startLoopbackOpenAI } from "./loopback-openai.js";
import { silentLog } from "./silent-log.js";

export type HealthySetUp = Awaited<ReturnType<typeof healthySetUp>>;

export async function healthySetUp(options: LoopbackOpenAIOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const discord = await startLoopbackDiscord({});
  const model = await startLoopbackOpenAI(options);
  const { guild, channel } = discord.createGuild("lounge");
  const path = join(folder, "attune.sqlite");
  const key = randomBytes(32);
  await makeStore(path, guild.id, channel.id, key);
  const environment: Record<string, string> = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    OPENAI_BASE_URL: model.baseUrl,
    LOCAL_SERVERS: "off",
    ENCRYPTION_KEY: key.toString("base64"),
    STORE_URL: `sqlite://${path}`,
  };
  return {
    folder,
    path,
    discord,
    model,
    guild,
    channel,
    /** Of the program; a test changes it. */
    environment,
    async close(): Promise<void> {
      await discord.close();
      await model.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** With a server's choice of channels, the trace of the key, and a backup. */
async function makeStore(path: string, guildId: string, channelId: string, key: Uint8Array) {
  const store = await openStore(`sqlite://${path}`, (error) => {
    throw error;
  });
  await store.settings.set(guildId, { channelIds: [channelId] });
  await checkEncryptionKey({ store, key, cipher: undefined, clock: Date.now, log: silentLog });
  await store.close();
  const database = await openDatabase(path, "read", 1_000);
  await backUpTo(database, copyName(path, "backup", Date.now));
  await database.close();
}

/** What a bot is started with whose members say and vote more in a minute than anybody would. */
import type { LoopbackDiscord } from "../support/loopback-discord/loopback-discord.js";
import type { LoopbackOpenAI } from "../support/loopback-openai.js";

/** Settings of a bot that asks whenever it can, limits nobody, and trains only when it is told to. */
export function busyMembers(
  discord: LoopbackDiscord,
  openai: LoopbackOpenAI,
  storeUrl: string,
): NodeJS.ProcessEnv {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    OPENAI_BASE_URL: openai.baseUrl,
    ENCRYPTION_KEY: Buffer.alloc(32, "key").toString("base64"),
    STORE_URL: storeUrl,
    QUESTIONS_PER_DAY: "1000",
    QUESTION_GAP: "0",
    // Members here say more in a minute than the limits let them; past half of a limit there is
    // no third answer either, by which a display of "neither" is told from one of A.
    MESSAGES_PER_MINUTE: "off",
    MESSAGES_PER_DAY: "off",
    BALLOTS_PER_DAY: "off",
    TOKENS_PER_DAY: "off",
    COMPUTE_THREADS: "1",
    RETRAIN_CRON: "off",
    RETRAIN_MINUTES: "0",
  };
}

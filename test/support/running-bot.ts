/** The whole bot on loopback servers: real client, real store, real threads. */

import { HANDLERS } from "../../commands/all.js";
import { type Bot, type StopTimes, startBot } from "../../src/discord/gateway/bot.js";
import type { Log } from "../../src/shared/log.js";
import type { Clock } from "../../src/shared/time.js";
import { DIRECT_MESSAGES_GUILD } from "../../src/store/ids.js";
import {
  type LoopbackDiscord,
  type LoopbackOptions,
  startLoopbackDiscord,
} from "./loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "./loopback-discord/world.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "./loopback-openai.js";
import { silentLog } from "./silent-log.js";
import { createTestServices, type TestServices } from "./test-services.js";

/** On a busy machine a line would take the first request of an answer, and the place of the typing indicator. */
const WITHOUT_LINES_MS = 10 * 60_000;

export interface RunningBotOptions {
  readonly discord?: LoopbackOptions;
  readonly openai?: LoopbackOpenAIOptions;
  readonly environment?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  readonly stopTimes?: StopTimes;
  readonly lapseMs?: number;
  /** After how long a line says that an answer is being written; so late that none does if not given. */
  readonly waitMs?: number;
  /** The time between two edits of answers that grow in a channel. */
  readonly paceMs?: number;
  /** Of the bot and its services; none where not given. */
  readonly log?: Log;
  /** Runs on the same loopback servers, as one more process would, with a store of its own. */
  readonly beside?: Pick<RunningBot, "discord" | "openai">;
  /** Sets up the store before the bot logs in. */
  readonly prepare?: (services: TestServices["services"]) => Promise<void>;
  /** Sets up Discord before the bot logs in. */
  readonly beforeStart?: (discord: LoopbackDiscord) => void;
}

export interface RunningBot {
  readonly discord: LoopbackDiscord;
  readonly openai: LoopbackOpenAI;
  readonly test: TestServices;
  bot: Bot;
  /** `users` have said yes to both questions on the server of `channel`. */
  consent(channel: Channel, ...users: readonly User[]): Promise<void>;
  /** Ends the bot, lets `meanwhile` happen, and starts it again on the same store. */
  restart(meanwhile?: () => void): Promise<void>;
  close(): Promise<void>;
}

export async function startRunningBot(options: RunningBotOptions = {}): Promise<RunningBot> {
  const { beside } = options;
  const discord = beside?.discord ?? (await startLoopbackDiscord(options.discord));
  options.beforeStart?.(discord);
  const openai = beside?.openai ?? (await startLoopbackOpenAI(options.openai));
  const { log = silentLog, stopTimes } = options;
  const environment = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    LOCAL_SERVERS: "off",
    OPENAI_BASE_URL: openai.baseUrl,
    OPENAI_MODEL: "loopback",
    QUESTIONS_PER_DAY: "1000",
    QUESTION_GAP: "0",
    // The loopback Discord's accounts are created within the test.
    MINIMUM_ACCOUNT_DAYS: "0",
    // Tests say more in a minute than members do.
    MESSAGES_PER_MINUTE: "off",
    MESSAGES_PER_DAY: "off",
    BALLOTS_PER_DAY: "off",
    TOKENS_PER_DAY: "off",
    RETRAIN_MINUTES: "0",
    ENCRYPTION_KEY: Buffer.alloc(32, "key").toString("base64"),
    ...options.environment,
  };
  const test = await createTestServices(environment, options.clock, log);
  await options.prepare?.(test.services);
  const { token, apiUrl } = discord;
  const start = () =>
    startBot({
      token,
      apiUrl,
      shards: test.config.discord!.shards,
      services: test.services,
      handlers: HANDLERS,
      log,
      lapseMs: options.lapseMs,
      fileOrigins: [discord.origin],
      waitMs: options.waitMs ?? WITHOUT_LINES_MS,
      paceMs: options.paceMs,
      ...(stopTimes && { stopTimes }),
    });
  const running: RunningBot = {
    discord,
    openai,
    test,
    bot: await start(),
    consent: async (channel, ...users) => {
      for (const { id } of users) {
        const member = { guildId: channel.guildId ?? DIRECT_MESSAGES_GUILD, memberId: id };
        await test.services.consents.grant(member);
        await test.services.consents.setPooled(member, true);
      }
    },
    restart: async (meanwhile) => {
      await running.bot.stop();
      discord.gateway.forgetSessions();
      meanwhile?.();
      await test.restart();
      running.bot = await start();
    },
    close: async () => {
      await running.bot.stop();
      await test.remove();
      if (beside !== undefined) return;
      await openai.close();
      await discord.close();
    },
  };
  return running;
}

/** Whether the bot's message asks which of two answers is better. */
export function isBallot(message: StoredMessage): boolean {
  return message.embeds.length === 2;
}

/** The built program as several processes over one database, on loopback servers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LoopbackDiscord, startLoopbackDiscord } from "./loopback-discord/loopback-discord.js";
import type { Channel, User } from "./loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "./loopback-openai.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "./postgres.js";
import { isQuestionOfConsent, linesOf, questionOfConsent } from "./started-bot.js";
import { type StartedProcess, startProcess } from "./started-process.js";
import { waitFor } from "./wait-for.js";

export interface SeveralProcesses {
  readonly discord: LoopbackDiscord;
  readonly openai: LoopbackOpenAI;
  readonly database: TemporaryPostgres;
  /** In the order in which they were started. */
  readonly processes: readonly StartedProcess[];
  /** Starts one more; it is ended with the others. */
  start(environment: NodeJS.ProcessEnv): StartedProcess;
  startBot(environment?: NodeJS.ProcessEnv): Promise<StartedProcess>;
  startTrainer(environment?: NodeJS.ProcessEnv): Promise<StartedProcess>;
  /** `member` says yes to the first question of consent. */
  consent(channel: Channel, member: User): Promise<void>;
  close(): Promise<void>;
}

/** For a test that may run beside others: all that `work` starts ends with it. */
export async function withSeveralProcesses(
  work: (several: SeveralProcesses) => Promise<void>,
): Promise<void> {
  const several = await startSeveralProcesses();
  try {
    await work(several);
  } finally {
    await several.close();
  }
}

async function startSeveralProcesses(): Promise<SeveralProcesses> {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const [discord, openai, database] = await Promise.all([
    startLoopbackDiscord(),
    startLoopbackOpenAI(),
    createTemporaryPostgres(),
  ]);
  const processes: StartedProcess[] = [];
  const start = (environment: NodeJS.ProcessEnv) => {
    const started = startProcess(folder, {
      STORE_URL: database.url,
      OPENAI_BASE_URL: openai.baseUrl,
      LOCAL_SERVERS: "off",
      QUESTION_GAP: "0",
      QUESTIONS_PER_DAY: "1000",
      MINIMUM_ACCOUNT_DAYS: "0",
      RETRAIN_MINUTES: "0",
      RETRAIN_CRON: "off",
      COMPUTE_THREADS: "1",
      ENCRYPTION_KEY: Buffer.alloc(32, "key").toString("base64"),
      ...environment,
    });
    processes.push(started);
    return started;
  };
  const several: SeveralProcesses = {
    discord,
    openai,
    database,
    processes,
    start,
    startBot: async (environment) => {
      const { token, apiUrl } = discord;
      const of = { ROLE: "bot", DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl };
      const bot = start({ ...of, ...environment });
      await logged(bot, "bot.ready");
      return bot;
    },
    startTrainer: async (environment) => {
      const trainer = start({ ROLE: "trainer", ...environment });
      await logged(trainer, "trainer.ready");
      return trainer;
    },
    consent: async (channel, member) => {
      const question = await questionOfConsent(discord, channel, member);
      discord.press(member, channel, question, "Yes, learn what I like");
      await waitFor(() => !isQuestionOfConsent(question) || undefined, "the consent");
    },
    close: async () => {
      for (const one of processes) one.kill("SIGKILL");
      await Promise.all(processes.map(({ ended }) => ended));
      await Promise.all([discord.close(), openai.close(), database.remove()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return several;
}

/** Resolves with the first line with `event` that `program` logs, among those from line `from`. */
export function logged(
  program: StartedProcess,
  event: string,
  from = 0,
): Promise<Record<string, unknown>> {
  return waitFor(() => {
    const found = linesOf(program)
      .slice(from)
      .find((line) => line.event === event);
    if (found === undefined && program.hasEnded()) throw new Error(program.output());
    return found;
  }, `“${event}”`);
}

/** The built program as a bot of its own, on loopback servers and a temporary folder. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LoopbackDiscord, startLoopbackDiscord } from "./loopback-discord/loopback-discord.js";
import type { Channel, StoredMessage, User } from "./loopback-discord/world.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "./loopback-openai.js";
import { type StartedProcess, startProcess } from "./started-process.js";
import { waitFor } from "./wait-for.js";

const MOST_HELLOS = 5;
const HELLO_MS = 30_000;

export interface StartedBot {
  readonly folder: string;
  readonly discord: LoopbackDiscord;
  readonly openai: LoopbackOpenAI;
  program: StartedProcess;
  /** Starts the program again in the same folder, once it has ended. */
  start(environment?: NodeJS.ProcessEnv): Promise<void>;
  /** Resolves when the log has a line with `event`, and with that line. */
  logged(event: string): Promise<Record<string, unknown>>;
  /** `member` says yes to the first question of consent. */
  consent(channel: Channel, member: User): Promise<void>;
  close(): Promise<void>;
}

/** `prepare` sets up the folder before the bot starts, and returns more settings. */
export async function startStartedBot(
  environment: NodeJS.ProcessEnv = {},
  prepare: (folder: string) => Promise<NodeJS.ProcessEnv> = async () => ({}),
): Promise<StartedBot> {
  const folder = mkdtempSync(join(tmpdir(), "attune-"));
  const prepared = await prepare(folder);
  const discord = await startLoopbackDiscord();
  const openai = await startLoopbackOpenAI();
  const launch = (more: NodeJS.ProcessEnv = {}) =>
    startProcess(folder, {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      OPENAI_BASE_URL: openai.baseUrl,
      QUESTION_GAP: "0",
      QUESTIONS_PER_DAY: "1000",
      ENCRYPTION_KEY: Buffer.alloc(32, "key").toString("base64"),
      ...environment,
      ...prepared,
      ...more,
    });
  const bot: StartedBot = {
    folder,
    discord,
    openai,
    program: launch(),
    start: async (more) => {
      discord.gateway.forgetSessions();
      bot.program = launch(more);
      await bot.logged("bot.ready");
    },
    logged: (event) =>
      waitFor(() => linesOf(bot.program).find((line) => line.event === event), `“${event}”`),
    consent: async (channel, member) => {
      const question = await questionOfConsent(discord, channel, member);
      discord.press(member, channel, question, "Yes, learn what I like");
      await waitFor(() => !isQuestionOfConsent(question) || undefined, "the consent");
    },
    close: async () => {
      bot.program.kill("SIGKILL");
      await bot.program.ended;
      await Promise.all([discord.close(), openai.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await bot.logged("bot.ready");
  // The look at the language model at the start is no answer to a member.
  await waitFor(() => openai.requests.length > 0 || undefined, "the look at the language model");
  openai.requests.length = 0;
  return bot;
}

/**
 * What the bot asks `member` below an answer. They say hello again where a machine that is too busy to
 * choose an answer in time has answered without a question.
 */
export async function questionOfConsent(
  discord: LoopbackDiscord,
  channel: Channel,
  member: User,
): Promise<StoredMessage> {
  const before = discord.sentTo(channel).length;
  const asked = () => discord.sentTo(channel).slice(before).find(isQuestionOfConsent);
  for (let hellos = 1; hellos < MOST_HELLOS; hellos++) {
    await discord.answersTo(discord.say(member, channel, "Hello?", { mentionBot: true }));
    const question = await waitFor(asked, "the question", HELLO_MS).catch(() => undefined);
    if (question !== undefined) return question;
  }
  return waitFor(asked, "the question of consent");
}

export const isQuestionOfConsent = ({ content }: StoredMessage): boolean =>
  /May I learn/.test(content);

/** The lines of the log that `program` has written. */
export function linesOf(program: StartedProcess): Record<string, unknown>[] {
  return program
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{") && line.endsWith("}"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** A process of the bot under the load: its part of the shards, its store, and what is noted about it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readLog } from "./bot-log.js";
import { type BotProcess, type ChildProcesses, ProcessEndedError } from "./child-processes.js";
import { freePort } from "./free-port.js";
import type { LoadOptions } from "./options.js";
import { UsageRecorder } from "./process-usage.js";
import { Watch } from "./watch.js";

const READY_MS = 120_000;
const STOP_MS = 15_000;

export interface LoadedBot {
  readonly shards: readonly number[];
  readonly storeUrl: string;
  readonly process: BotProcess;
  readonly startUpSeconds: number;
  /** How many servers it says that it is on. */
  readonly servers: number;
  readonly log: string;
  readonly usage: UsageRecorder;
  readonly watch: Watch;
}

export interface LoadedBotParts {
  readonly children: ChildProcesses;
  readonly options: LoadOptions;
  /** Its number among the processes. */
  readonly index: number;
  readonly storeUrl: string;
  /** Where its log goes. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The shards of process number `index`: as many as the others have, or one more. */
export function shardsOf(
  { shards, processes }: Pick<LoadOptions, "shards" | "processes">,
  index: number,
): number[] {
  const from = (process: number) => Math.floor((process * shards) / processes);
  return Array.from({ length: from(index + 1) - from(index) }, (_, at) => from(index) + at);
}

/** Resolves when it is ready. Throws {@link ProcessEndedError}. */
export async function startLoadedBot(parts: LoadedBotParts): Promise<LoadedBot> {
  const { children, options, index, storeUrl, folder, environment } = parts;
  const shards = shardsOf(options, index);
  const log = join(folder, `bot-${index}.log`);
  const metricsPort = await freePort();
  const own = {
    STORE_URL: storeUrl,
    METRICS_PORT: String(metricsPort),
    ...(options.shards > 1 && { SHARD_COUNT: String(options.shards), SHARDS: shards.join() }),
  };
  const process = children.startBot({ ...environment, ...own }, options.nodeOptions, log);
  const { at, servers } = await ready(process, log);
  return {
    shards,
    storeUrl,
    process,
    startUpSeconds: (at - process.startedAt) / 1000,
    servers,
    log,
    usage: new UsageRecorder(process.processId),
    watch: new Watch(metricsPort),
  };
}

/** When the bot said that it is ready, in milliseconds since 1970, and on how many servers it is. */
async function ready(bot: BotProcess, log: string): Promise<{ at: number; servers: number }> {
  for (let waited = 0; waited < READY_MS; waited += 100) {
    const line = existsSync(log)
      ? readLog(log).find(({ event }) => event === "bot.ready")
      : undefined;
    if (line !== undefined) return { at: line.time!, servers: Number(line.guilds) };
    await untilEnded(bot, sleep(100));
  }
  throw new ProcessEndedError("The bot did not get ready; its log is above.");
}

/** What `action` gives; throws {@link ProcessEndedError} if the bot ends before that. */
export function untilEnded<Result>(bot: BotProcess, action: Promise<Result>): Promise<Result> {
  const ended = bot.ended.then((code) => {
    throw new ProcessEndedError(`The bot ended with code ${code} in the middle of the load.`);
  });
  return Promise.race([action, ended]);
}

/** Stops the bot as an operator does. Returns its exit code; null if it had to be killed. */
export async function stopped(bot: BotProcess): Promise<number | null> {
  bot.kill("SIGTERM");
  const timer = setTimeout(() => bot.kill("SIGKILL"), STOP_MS);
  const code = await bot.ended;
  clearTimeout(timer);
  return code;
}

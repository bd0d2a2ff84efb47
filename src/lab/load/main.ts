/**
 * `npm run load`: the real bot between a loopback Discord and a loopback language model, each in a
 * process of its own, under a load; reports what Attune adds, what was lost, and the memory.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readLog } from "./bot-log.js";
import { type BotProcess, ChildProcesses, ProcessEndedError } from "./child-processes.js";
import { prepareStore } from "./large-store.js";
import { type LoadOptions, readOptions } from "./options.js";
import type {
  ModelCommand,
  ModelReport,
  TrafficCommand,
  TrafficReport,
} from "./process-messages.js";
import { UsageRecorder } from "./process-usage.js";
import { type LoadReport, makeReport } from "./report.js";
import { losses, reportText } from "./report-text.js";
import { makeRunFolder } from "./run-folder.js";
import { compareVotes } from "./stored-votes.js";
import { trainingWindow } from "./training-window.js";
import { freePort, Watch } from "./watch.js";

const READY_MS = 60_000;
/** From the start of the bot to the first message, about. */
const START_SECONDS = 4;
/** The retraining starts when a quarter of the load is over, or after a minute. */
const LATEST_RETRAINING_SECONDS = 60;
/** A retraining that has not ended with the load gets so long. */
const TRAINING_MS = 10 * 60_000;
/** For so long a retraining may read votes before the log says that it has started. */
const READING_MS = 60_000;
/** What the log says when a retraining is over, whatever came of it. */
const TRAINING_ENDS = ["retraining.finished", "retraining.refused", "schedule.failed"];
const STOP_MS = 15_000;

/** Counted as always, and never reached. */
const LIMITS = {
  QUESTIONS_PER_DAY: "1000",
  MESSAGES_PER_MINUTE: "1000000/1000000/1000000",
  MESSAGES_PER_DAY: "1000000/1000000/1000000",
  BALLOTS_PER_DAY: "1000000/1000000",
  TOKENS_PER_DAY: "1000000000/1000000000/1000000000/1000000000",
  REQUESTS_AT_ONCE: "1000",
  QUEUE_LENGTH: "10000",
};

const say = (line: string) => console.error(line);

async function run(options: LoadOptions, folder: string): Promise<LoadReport> {
  const store = await prepareStore(options, folder, say);
  const children = new ChildProcesses();
  try {
    const model = await children.startServer("./language-model-process.js", [
      String(options.modelDelay),
    ]);
    const discord = await children.startServer("./discord-process.js", [String(options.members)]);
    const log = join(folder, "bot.log");
    const since = Date.now();
    const metricsPort = await freePort();
    const ports = { discord: discord.port, model: model.port, metrics: metricsPort };
    const environment = environmentOf(options, store, ports);
    const bot = children.startBot(environment, options.nodeOptions, log);
    const startUpSeconds = ((await ready(bot, log)) - bot.startedAt) / 1000;
    say(
      `The bot is ready after ${startUpSeconds.toFixed(2)} s; the load goes on for ${options.seconds} s.`,
    );
    const usage = new UsageRecorder(bot.processId);
    await usage.sample();
    usage.start();
    const watch = new Watch(metricsPort);
    watch.start();
    const { seconds, messages, reactions } = options;
    const traffic = await untilEnded(
      bot,
      discord.ask<TrafficCommand, TrafficReport>({
        kind: "begin",
        botProcess: bot.processId,
        seconds,
        messages,
        reactions,
      }),
    );
    usage.stop();
    const watched = watch.stop();
    await usage.sample();
    const report = await model.ask<ModelCommand, ModelReport>({ kind: "report" });
    if (options.retraining) await trainingEnded(bot, log);
    const exitCode = await stopped(bot);
    say("Comparing the votes with the store.");
    const votes = await compareVotes(store, traffic.votes, since);
    const lines = readLog(log);
    return makeReport({
      options,
      traffic,
      votes,
      startUpSeconds,
      exitCode,
      watched,
      model: report,
      usage: usage.samples,
      log: lines,
      training: options.retraining ? trainingWindow(lines, Date.now()) : undefined,
    });
  } finally {
    children.endAll();
  }
}

function environmentOf(
  options: LoadOptions,
  store: string,
  ports: Readonly<Record<"discord" | "model" | "metrics", number>>,
): NodeJS.ProcessEnv {
  return {
    DISCORD_TOKEN: "load",
    DISCORD_API_URL: `http://127.0.0.1:${ports.discord}/api`,
    DISCORD_REQUESTS_PER_SECOND: "10000",
    OPENAI_BASE_URL: `http://127.0.0.1:${ports.model}/v1`,
    OPENAI_MODEL: "load",
    STORE_URL: `sqlite://${store}`,
    METRICS_PORT: String(ports.metrics),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    ...LIMITS,
    RETRAIN_CRON: options.retraining ? cronIn(START_SECONDS + retrainingAfter(options)) : "off",
  };
}

function retrainingAfter({ seconds }: LoadOptions): number {
  return Math.min(seconds / 4, LATEST_RETRAINING_SECONDS);
}

/** Resolves when the retraining is over, or has not ended for so long that it is given up. */
async function trainingEnded(bot: BotProcess, log: string): Promise<void> {
  for (let waited = 0; waited < TRAINING_MS; waited += 1000) {
    const events = readLog(log).map(({ event = "" }) => event);
    if (events.some((event) => TRAINING_ENDS.includes(event))) return;
    if (waited >= READING_MS && !events.includes("retraining.started")) return;
    if (waited === 0) say("The load is over; the retraining still goes on.");
    await untilEnded(bot, sleep(1000));
  }
}

/** A cron pattern, with seconds, of the moment that many seconds from now. */
function cronIn(seconds: number): string {
  const at = new Date(Date.now() + seconds * 1000);
  const time = [at.getSeconds(), at.getMinutes(), at.getHours()];
  return [...time, at.getDate(), at.getMonth() + 1, "*"].join(" ");
}

/** When the bot said that it is ready, in milliseconds since 1970. */
async function ready(bot: BotProcess, log: string): Promise<number> {
  for (let waited = 0; waited < READY_MS; waited += 100) {
    const line = existsSync(log)
      ? readLog(log).find(({ event }) => event === "bot.ready")
      : undefined;
    if (line !== undefined) return line.time!;
    await untilEnded(bot, sleep(100));
  }
  throw new ProcessEndedError("The bot did not get ready; its log is above.");
}

/** What `action` gives; throws {@link ProcessEndedError} if the bot ends before that. */
function untilEnded<Result>(bot: BotProcess, action: Promise<Result>): Promise<Result> {
  const ended = bot.ended.then((code) => {
    throw new ProcessEndedError(`The bot ended with code ${code} in the middle of the load.`);
  });
  return Promise.race([action, ended]);
}

/** Stops the bot as an operator does. Returns its exit code; null if it had to be killed. */
async function stopped(bot: BotProcess): Promise<number | null> {
  bot.kill("SIGTERM");
  const timer = setTimeout(() => bot.kill("SIGKILL"), STOP_MS);
  const code = await bot.ended;
  clearTimeout(timer);
  return code;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const folder = await makeRunFolder(options.store);
  try {
    const report = await run(options, folder);
    console.log(reportText(report));
    if (options.json !== undefined) {
      await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    }
    const lost = losses(report);
    for (const loss of lost) console.error(`Not well: ${loss}.`);
    if (lost.length > 0) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    const log = join(folder, "bot.log");
    if (existsSync(log)) console.error(readLog(log).slice(-20));
    process.exitCode = 1;
  }
}

await main();
process.exit();

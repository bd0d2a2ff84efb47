/**
 * `npm run load`: the real bot between a loopback Discord and a loopback language model, each in a
 * process of its own, under a load; reports what Attune adds, what was lost, and the memory.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { shardOf } from "../../guilds/shards.js";
import { readLog } from "./bot-log.js";
import { type BotProcess, ChildProcesses } from "./child-processes.js";
import { prepareStores } from "./large-store.js";
import { type LoadedBot, startLoadedBot, stopped, untilEnded } from "./loaded-bot.js";
import { type LoadOptions, readOptions } from "./options.js";
import { guildId, guildOfMember } from "./places.js";
import type {
  ModelCommand,
  ModelReport,
  SentVotes,
  TrafficCommand,
  TrafficReport,
} from "./process-messages.js";
import { processReport, sumOfUsage, sumOfWatched } from "./process-report.js";
import { type LoadReport, makeReport } from "./report.js";
import { losses, reportText } from "./report-text.js";
import { makeRunFolder } from "./run-folder.js";
import { compareVotes, type StoredVotes } from "./stored-votes.js";
import { trainingWindow } from "./training-window.js";

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
  const stores = await prepareStores(options, folder, say);
  const children = new ChildProcesses();
  try {
    const model = await children.startServer("./language-model-process.js", [
      String(options.modelDelay),
    ]);
    const { members, servers, shards } = options;
    const discord = await children.startServer(
      "./discord-process.js",
      [members, servers, shards].map(String),
    );
    const since = Date.now();
    const environment = environmentOf(options, { discord: discord.port, model: model.port });
    const bots = await Promise.all(
      stores.map((storeUrl, index) => {
        // One process is enough to learn new base rewards.
        const job = index === 0 ? {} : { RETRAIN_CRON: "off" };
        const parts = { children, options, index, storeUrl, folder };
        return startLoadedBot({ ...parts, environment: { ...environment, ...job } });
      }),
    );
    const startUpSeconds = Math.max(...bots.map((bot) => bot.startUpSeconds));
    say(
      `The bot is ready after ${startUpSeconds.toFixed(2)} s; the load goes on for ${options.seconds} s.`,
    );
    for (const { usage, watch } of bots) {
      await usage.sample();
      usage.start();
      await watch.start();
    }
    const { seconds, messages, reactions, events } = options;
    const processes = bots.map(({ process }) => process);
    const traffic = await untilOneEnds(
      processes,
      discord.ask<TrafficCommand, TrafficReport>({
        kind: "begin",
        botProcesses: processes.map(({ processId }) => processId),
        seconds,
        messages,
        reactions,
        events,
      }),
    );
    for (const { usage } of bots) {
      usage.stop();
      await usage.sample();
    }
    const watched = await Promise.all(bots.map(({ watch }) => watch.stop()));
    const report = await model.ask<ModelCommand, ModelReport>({ kind: "report" });
    const [{ process: learner, log: learnersLog }] = bots as [LoadedBot, ...LoadedBot[]];
    if (options.retraining) await trainingEnded(learner, learnersLog);
    const exitCodes = await Promise.all(processes.map(stopped));
    say("Comparing the votes with the store.");
    const votes = await compareAllVotes(bots, options, traffic.votes, since);
    const lines = readLog(learnersLog);
    return makeReport({
      options,
      traffic,
      votes,
      startUpSeconds,
      exitCode: exitCodes.find((code) => code !== 0) ?? 0,
      watched: sumOfWatched(watched),
      processes: bots.map((bot, at) => processReport(bot, watched[at]!)),
      model: report,
      usage: sumOfUsage(bots.map(({ usage }) => usage.samples)),
      log: bots.flatMap(({ log }) => readLog(log)),
      training: options.retraining ? trainingWindow(lines, Date.now()) : undefined,
    });
  } finally {
    children.endAll();
  }
}

/** What `action` gives; throws {@link ProcessEndedError} if one of `bots` ends before that. */
function untilOneEnds<Result>(bots: readonly BotProcess[], action: Promise<Result>) {
  return Promise.race(bots.map((bot) => untilEnded(bot, action)));
}

/** Each vote in the store of the process whose server it was given on; one store is read once. */
async function compareAllVotes(
  bots: readonly LoadedBot[],
  { shards, storeUrl }: LoadOptions,
  votes: readonly SentVotes[],
  since: number,
): Promise<StoredVotes> {
  if (storeUrl !== undefined) return compareVotes(storeUrl, votes, since);
  const sum = { sent: 0, stored: 0, surplus: 0, profilesBehind: 0 };
  for (const bot of bots) {
    const isOwn = ({ member }: SentVotes) =>
      bot.shards.includes(shardOf(guildId(guildOfMember(member)), shards));
    const one = await compareVotes(bot.storeUrl, votes.filter(isOwn), since);
    for (const count of ["sent", "stored", "surplus", "profilesBehind"] as const) {
      sum[count] += one[count];
    }
  }
  return sum;
}

function environmentOf(
  options: LoadOptions,
  ports: Readonly<Record<"discord" | "model", number>>,
): NodeJS.ProcessEnv {
  return {
    DISCORD_TOKEN: "load",
    DISCORD_API_URL: `http://127.0.0.1:${ports.discord}/api`,
    DISCORD_REQUESTS_PER_SECOND: "10000",
    OPENAI_BASE_URL: `http://127.0.0.1:${ports.model}/v1`,
    OPENAI_MODEL: "load",
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
    for (let index = 0; index < options.processes; index++) {
      const log = join(folder, `bot-${index}.log`);
      if (existsSync(log)) console.error(readLog(log).slice(-20));
    }
    process.exitCode = 1;
  }
}

await main();
process.exit();

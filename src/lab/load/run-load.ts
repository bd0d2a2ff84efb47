/** One run of the load: its processes from their start to their end, and the report of it. */
import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { shardOf } from "../../guilds/shards.js";
import { readLog } from "./bot-log.js";
import { type BotProcess, ChildProcesses } from "./child-processes.js";
import { type LoadedBot, startLoadedBot, stopped, untilEnded } from "./loaded-bot.js";
import { MachineRecorder } from "./machine-usage.js";
import type { LoadOptions } from "./options.js";
import { guildId, guildOfMember } from "./places.js";
import {
  type PlannedRetraining,
  planRetraining,
  retrainCron,
  trainingEnded,
} from "./planned-retraining.js";
import type {
  ModelCommand,
  ModelReport,
  SentVotes,
  TrafficCommand,
  TrafficReport,
} from "./process-messages.js";
import { processReport, sumOfUsage, sumOfWatched } from "./process-report.js";
import { type LoadReport, makeReport } from "./report.js";
import { compareVotes, type StoredVotes } from "./stored-votes.js";
import { prepareStores } from "./stores.js";
import { trainingWindow } from "./training-window.js";

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

/**
 * The bot with its stores in `folder` and the options' load, reported. `say` is told what goes on. Ends all
 * that it has started. Throws {@link ProcessEndedError} and `StoreError`.
 */
export async function runLoad(
  options: LoadOptions,
  folder: string,
  say: (line: string) => void,
): Promise<LoadReport> {
  const stores = await prepareStores(options, folder, say);
  const children = new ChildProcesses();
  let planned: PlannedRetraining | undefined;
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
    const environment = environmentOf({ discord: discord.port, model: model.port });
    const bots = await Promise.all(
      stores.urls.map((storeUrl, index) => {
        const parts = { children, options, index, storeUrl, folder };
        const job = { RETRAIN_CRON: retrainCron(options, index) };
        return startLoadedBot({ ...parts, environment: { ...environment, ...job } });
      }),
    );
    const startUpSeconds = Math.max(...bots.map((bot) => bot.startUpSeconds));
    say(
      `The bot is ready after ${startUpSeconds.toFixed(2)} s; the load goes on for ${options.warmUp} s to warm up, and for ${options.seconds} s.`,
    );
    for (const { usage, watch } of bots) {
      await usage.sample();
      usage.start();
      await watch.start();
    }
    const { warmUp, seconds, messages, reactions, events } = options;
    const processes = bots.map(({ process }) => process);
    planned = planRetraining(options, stores.urls[0]!);
    const machine = new MachineRecorder();
    machine.start();
    const traffic = await untilOneEnds(
      processes,
      discord.ask<TrafficCommand, TrafficReport>({
        kind: "begin",
        botProcesses: processes.map(({ processId }) => processId),
        warmUp,
        seconds,
        messages,
        reactions,
        events,
      }),
    );
    const machineReport = machine.stop(availableParallelism());
    for (const { usage } of bots) {
      usage.stop();
      await usage.sample();
    }
    const watched = await Promise.all(bots.map(({ watch }) => watch.stop()));
    const report = await model.ask<ModelCommand, ModelReport>({ kind: "report" });
    const learners = options.store === "postgres" ? bots : bots.slice(0, 1);
    if (options.retraining) await trainingEnded(learners, say);
    const exitCodes = await Promise.all(processes.map(stopped));
    say("Comparing the votes with the store.");
    const votes = await compareAllVotes(bots, options.shards, traffic.votes, since);
    const lines = learners.flatMap(({ log }) => readLog(log));
    return makeReport({
      options,
      traffic,
      votes,
      startUpSeconds,
      machine: machineReport,
      exitCode: exitCodes.find((code) => code !== 0) ?? 0,
      watched: sumOfWatched(watched),
      processes: bots.map((bot, at) => processReport(bot, watched[at]!)),
      model: report,
      usage: sumOfUsage(bots.map(({ usage }) => usage.samples)),
      log: bots.flatMap(({ log }) => readLog(log)),
      training: options.retraining ? trainingWindow(lines, Date.now()) : undefined,
    });
  } finally {
    planned?.cancel();
    children.endAll();
    await stores.end();
  }
}

/** What `action` gives; throws {@link ProcessEndedError} if one of `bots` ends before that. */
function untilOneEnds<Result>(bots: readonly BotProcess[], action: Promise<Result>) {
  return Promise.race(bots.map((bot) => untilEnded(bot, action)));
}

/** Each vote in the store of the process whose server it was given on; one store is read once. */
async function compareAllVotes(
  bots: readonly LoadedBot[],
  shards: number,
  votes: readonly SentVotes[],
  since: number,
): Promise<StoredVotes> {
  const [first, ...others] = new Set(bots.map(({ storeUrl }) => storeUrl));
  if (others.length === 0) return compareVotes(first!, votes, since);
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

function environmentOf(ports: Readonly<Record<"discord" | "model", number>>): NodeJS.ProcessEnv {
  return {
    DISCORD_TOKEN: "load",
    DISCORD_API_URL: `http://127.0.0.1:${ports.discord}/api`,
    DISCORD_REQUESTS_PER_SECOND: "10000",
    OPENAI_BASE_URL: `http://127.0.0.1:${ports.model}/v1`,
    OPENAI_MODEL: "load",
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    ...LIMITS,
  };
}

/** From what the processes have noted to the figures of the load. */
import { type LogLine, troubles } from "./bot-log.js";
import type { MachineReport } from "./machine-usage.js";
import type { LoadOptions } from "./options.js";
import type { ModelReport, SentMessage, TrafficReport } from "./process-messages.js";
import type { ProcessReport } from "./process-report.js";
import type { UsageSample } from "./process-usage.js";
import type { StoredVotes } from "./stored-votes.js";
import { isWithin, type TrainingWindow } from "./training-window.js";
import type { WatchReport } from "./watch.js";

/** So long are the times over which memory is averaged, at the start and at the end. */
const MEMORY_SECONDS = 10;
const COURSE_SECONDS = 10;

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface LoadReport {
  readonly load: {
    /** What the processes share, or do not. */
    readonly stores: string;
    readonly servers: number;
    readonly events: number;
    readonly warmUp: number;
    readonly seconds: number;
    readonly messages: number;
    readonly reactions: number;
  };
  /** What Attune adds to an answer, after the warm-up. */
  readonly latencyMs: Percentiles;
  /** The same in the warm-up. */
  readonly latencyWarmingUpMs: Percentiles;
  /** The same of the messages that were on their way while a retraining ran, and of the others. */
  readonly latencyWhileTrainingMs: Percentiles | undefined;
  readonly latencyOtherwiseMs: Percentiles;
  /** From a vote to the ballot that shows it. */
  readonly voteMs: Percentiles;
  readonly messages: {
    readonly sent: number;
    readonly answered: number;
    readonly doubled: number;
    /** Answered with a sentence about a failure. */
    readonly failed: number;
  };
  readonly ballots: number;
  readonly votes: StoredVotes;
  readonly reactions: number;
  readonly residentMB: {
    readonly start: number;
    readonly end: number;
    readonly peak: number;
    /** In the last quarter, by the minute. */
    readonly growth: number;
    /** Every ten seconds. */
    readonly course: readonly number[];
  };
  readonly startUpSeconds: number;
  /** Of the bot, all threads: how much of one core, and how much for one message. */
  readonly processor: { readonly cores: number; readonly msPerMessage: number };
  /** The whole machine, all programs, from the first message of the warm-up on. */
  readonly machine: MachineReport | undefined;
  /** One for each process. */
  readonly processes: readonly ProcessReport[];
  /** What the metrics port said meanwhile. */
  readonly watched: WatchReport;
  readonly retraining: TrainingWindow | undefined;
  readonly requestsToDiscord: number;
  readonly sessions: number;
  readonly exitCode: number | null;
  readonly troubles: Record<string, number>;
}

export interface Observations {
  readonly options: LoadOptions;
  readonly traffic: TrafficReport;
  readonly model: ModelReport;
  readonly votes: StoredVotes;
  /** From the first message to the last. */
  readonly usage: readonly UsageSample[];
  readonly startUpSeconds: number;
  readonly machine: MachineReport | undefined;
  readonly watched: WatchReport;
  readonly processes: readonly ProcessReport[];
  readonly log: readonly LogLine[];
  readonly training: TrainingWindow | undefined;
  readonly exitCode: number | null;
}

export function makeReport(observed: Observations): LoadReport {
  const { options, traffic, model, usage } = observed;
  const { messages } = traffic;
  const spent = new Map(model.spent);
  const isEarly = ({ number }: SentMessage) => number <= options.warmUp * options.messages;
  const timed = messages.filter((message) => !isEarly(message));
  const addedOf = (some: readonly SentMessage[]) =>
    percentilesOf(
      some.flatMap(({ number, ms }) => (ms === undefined ? [] : [ms - (spent.get(number) ?? 0)])),
    );
  const { training } = observed;
  const within = (message: SentMessage) => training !== undefined && isWithin(training, message);
  const processorMs = usage.at(-1)!.processorMs - usage[0]!.processorMs;
  return {
    load: {
      stores: storesText(options),
      servers: options.servers,
      events: options.events,
      warmUp: options.warmUp,
      seconds: traffic.seconds,
      messages: options.messages,
      reactions: options.reactions,
    },
    latencyMs: addedOf(timed),
    latencyWarmingUpMs: addedOf(messages.filter(isEarly)),
    latencyWhileTrainingMs: training && addedOf(timed.filter(within)),
    latencyOtherwiseMs: addedOf(timed.filter((message) => !within(message))),
    voteMs: percentilesOf(traffic.votesShownMs),
    messages: {
      sent: messages.length,
      answered: messages.filter(({ answers }) => answers > 0).length,
      doubled: messages.filter(({ answers }) => answers > 1).length,
      failed: messages.filter(({ answers, served }) => answers > 0 && !served).length,
    },
    ballots: traffic.ballots,
    votes: observed.votes,
    reactions: traffic.reactions,
    residentMB: memoryOf(usage),
    startUpSeconds: observed.startUpSeconds,
    processor: {
      cores: processorMs / (usage.at(-1)!.at - usage[0]!.at),
      msPerMessage: processorMs / messages.length,
    },
    machine: observed.machine,
    processes: observed.processes,
    watched: observed.watched,
    retraining: training,
    requestsToDiscord: traffic.requests,
    sessions: traffic.connections,
    exitCode: observed.exitCode,
    troubles: troubles(observed.log),
  };
}

function storesText({ processes, store, storeUrl }: LoadOptions): string {
  if (store === "postgres") {
    return processes === 1 ? "one PostgreSQL store" : "one PostgreSQL store for all processes";
  }
  if (storeUrl !== undefined) return "one store for all processes";
  return processes === 1
    ? "one SQLite store"
    : "a SQLite store for each process, all alike at the start";
}

function memoryOf(usage: readonly UsageSample[]): LoadReport["residentMB"] {
  const resident = usage.map(({ residentMB }) => residentMB);
  const quarter = usage.slice(Math.floor((usage.length * 3) / 4));
  const half = Math.floor(quarter.length / 2);
  const minutes = (quarter.at(-1)!.at - quarter[0]!.at) / 2 / 60_000;
  const grown = mean(quarter.slice(half)) - mean(quarter.slice(0, half));
  return {
    start: mean(usage.slice(0, MEMORY_SECONDS)),
    end: mean(usage.slice(-MEMORY_SECONDS)),
    peak: Math.max(...resident),
    growth: minutes > 0 ? grown / minutes : 0,
    course: resident.filter((_, second) => second % COURSE_SECONDS === 0).map(Math.round),
  };
}

function mean(samples: readonly UsageSample[]): number {
  if (samples.length === 0) return 0;
  return samples.reduce((sum, { residentMB }) => sum + residentMB, 0) / samples.length;
}

/** By the nearest rank; all zero if there are no `values`. */
export function percentilesOf(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

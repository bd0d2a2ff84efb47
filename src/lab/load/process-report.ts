/** What each process of the bot carries: servers, events, and what they cost it. */
import type { LoadedBot } from "./loaded-bot.js";
import type { UsageSample } from "./process-usage.js";
import type { WatchReport } from "./watch.js";

export interface ProcessReport {
  readonly shards: readonly number[];
  readonly servers: number;
  /** That Discord sent, those among them that concern nobody. */
  readonly eventsPerSecond: number;
  /** Of the process, all threads. */
  readonly cores: number;
  /** In the worst five seconds, 99 % of timers were so late at most. */
  readonly eventLoopP99Ms: number;
  readonly residentMB: number;
  readonly startUpSeconds: number;
}

export function processReport(bot: LoadedBot, watched: WatchReport): ProcessReport {
  const [first, last] = [bot.usage.samples[0]!, bot.usage.samples.at(-1)!];
  return {
    shards: bot.shards,
    servers: bot.servers,
    eventsPerSecond: watched.eventsPerSecond,
    cores: (last.processorMs - first.processorMs) / (last.at - first.at),
    eventLoopP99Ms: watched.eventLoopP99Ms,
    residentMB: last.residentMB,
    startUpSeconds: bot.startUpSeconds,
  };
}

export function processText(report: ProcessReport): string {
  const { shards, servers, eventsPerSecond, cores, eventLoopP99Ms, residentMB } = report;
  const carries = `${servers} servers, ${eventsPerSecond.toFixed(0)} events/s`;
  const costs = `${cores.toFixed(2)} cores, timers ${eventLoopP99Ms.toFixed(1)} ms late, ${residentMB.toFixed(0)} MB`;
  return `  shards ${shards.join(", ").padEnd(13)} ${carries}: ${costs}; ready after ${report.startUpSeconds.toFixed(2)} s`;
}

/** All processes together, second by second, as if they were one. */
export function sumOfUsage(processes: readonly (readonly UsageSample[])[]): UsageSample[] {
  const [first = [], ...others] = processes;
  const shortest = Math.min(...processes.map(({ length }) => length));
  return first.slice(0, shortest).map((sample, second) =>
    others.reduce(
      (sum, samples) => ({
        at: sum.at,
        residentMB: sum.residentMB + samples[second]!.residentMB,
        processorMs: sum.processorMs + samples[second]!.processorMs,
      }),
      sample,
    ),
  );
}

/** The checks of all, and the worst timers. */
export function sumOfWatched(reports: readonly WatchReport[]): WatchReport {
  const sum = (of: (report: WatchReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  return {
    checks: sum(({ checks }) => checks),
    failed: sum(({ failed }) => failed),
    eventLoopP99Ms: Math.max(...reports.map(({ eventLoopP99Ms }) => eventLoopP99Ms)),
    eventsPerSecond: sum(({ eventsPerSecond }) => eventsPerSecond),
  };
}

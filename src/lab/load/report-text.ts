/** The figures of the load in words. */
import type { MachineReport } from "./machine-usage.js";
import { processText } from "./process-report.js";
import type { LoadReport, Percentiles } from "./report.js";
import type { TrainingWindow } from "./training-window.js";

export function reportText(report: LoadReport): string {
  const { messages, votes, residentMB: memory, processor, load, watched } = report;
  return [
    `${load.messages} messages and ${load.reactions} reactions a second for ${load.seconds.toFixed(0)} s, and ${load.warmUp} s before; ${load.stores}`,
    ...(load.servers > 0
      ? [
          `beside ${load.events} events a second on ${load.servers} servers that do not speak to the bot`,
        ]
      : []),
    ...report.processes.map(processText),
    `  what Attune adds     ${percentilesText(report.latencyMs)}`,
    ...windowText(report),
    ...(load.warmUp > 0
      ? [`  in the warm-up       ${percentilesText(report.latencyWarmingUpMs)}`]
      : []),
    `  a vote until shown   ${percentilesText(report.voteMs)}`,
    `  messages             ${messages.sent} sent, ${messages.answered} answered, ${messages.doubled} doubled, ${messages.failed} failed`,
    `  votes                ${votes.sent} sent, ${votes.stored} stored, ${votes.surplus} too many, ${votes.profilesBehind} profiles behind (${report.ballots} ballots, ${report.reactions} reactions)`,
    `  resident memory      ${mb(memory.start)} at the start, ${mb(memory.end)} at the end, ${mb(memory.peak)} at most; ${memory.growth.toFixed(1)} MB a minute in the last quarter`,
    `  start-up             ${report.startUpSeconds.toFixed(2)} s`,
    `  processor            ${processor.cores.toFixed(2)} cores, ${processor.msPerMessage.toFixed(2)} ms a message`,
    ...machineText(report.machine),
    `  metrics port         ${watched.checks} checks, ${watched.failed} failed; timers ${watched.eventLoopP99Ms.toFixed(1)} ms late (p99 of the worst 5 s)`,
    `  retraining           ${trainingText(report.retraining)}`,
    `  troubles in the log  ${JSON.stringify(report.troubles)}, exit code ${report.exitCode}, ${report.sessions} gateway session(s)`,
  ].join("\n");
}

/** The messages that had to share the machine with a training, apart from the others. */
function windowText({ latencyOtherwiseMs, latencyWhileTrainingMs }: LoadReport): string[] {
  if (latencyWhileTrainingMs === undefined) return [];
  return [
    `    while training     ${percentilesText(latencyWhileTrainingMs)}`,
    `    otherwise          ${percentilesText(latencyOtherwiseMs)}`,
  ];
}

function machineText(machine: MachineReport | undefined): string[] {
  if (machine === undefined) return [];
  const { cores, busy, stolen, mostStolen } = machine;
  const taken = `${percent(stolen)} taken by its host, ${percent(mostStolen)} in the worst second`;
  return [`  machine              ${cores} cores, ${percent(busy)} busy, ${taken}`];
}

function trainingText(training: TrainingWindow | undefined): string {
  if (training === undefined) return "none";
  const { adopted, comparisons, ended, members, seconds, trainingSeconds = 0 } = training;
  const { readingSeconds, waitedSeconds = 0 } = training;
  const size = `${comparisons} comparisons of ${members} members`;
  if (!ended) return `${size}, not ended after ${seconds.toFixed(0)} s`;
  const parts = `reading ${readingSeconds.toFixed(0)} s, training ${trainingSeconds.toFixed(0)} s, of which it gave way for ${waitedSeconds.toFixed(0)} s`;
  return `${size} in ${seconds.toFixed(0)} s (${parts}); ${adopted === true ? "adopted" : "not adopted"}`;
}

function percentilesText({ p50, p95, p99, max }: Percentiles): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, at most ${ms(max)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`;
}

/** What is lost or doubled, in words; none if all is well. */
export function losses({ messages, votes, watched, exitCode }: LoadReport): string[] {
  return [
    messages.answered < messages.sent && "not every message was answered",
    messages.doubled > 0 && "messages were answered twice",
    messages.failed > 0 && "messages were answered with a failure",
    votes.stored !== votes.sent && "the store does not hold every vote as it stands",
    votes.surplus > 0 && "the store holds votes that do not stand",
    votes.profilesBehind > 0 && "profiles do not count every vote",
    watched.failed > 0 && "the bot did not always say that it is well",
    exitCode !== 0 && "the bot did not stop as it should",
  ].filter((loss) => loss !== false);
}

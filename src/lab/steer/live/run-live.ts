/** A live run from its plan to its report: everything is written, then judged, then counted. */
import type { OpenAIConfig } from "../../../config.js";
import { ChatServer } from "../../../conversation/model-server/chat-server.js";
import { Asking } from "./asking.js";
import { judgeJobs, trialsOf } from "./contests.js";
import type { Journal } from "./journal.js";
import { type LiveReport, reportOf } from "./live-report.js";
import { type Plan, type PlanOptions, writtenJobs } from "./plan.js";

export interface LiveParts {
  readonly plan: Plan;
  readonly journal: Journal;
  /** Who writes, and who judges. */
  readonly writer: OpenAIConfig;
  readonly judge: OpenAIConfig;
  /** Requests that may be on their way at the same time. */
  readonly atOnce: number;
  /** Before a request is put a second time; a second where not given. */
  readonly pauseMs?: number;
  readonly onProgress?: (done: number, stage: string) => void;
}

/** Asks for whatever the journal lacks. Throws `LiveStoppedError`, after which it can go on. */
export async function runLive(parts: LiveParts): Promise<LiveReport> {
  const { plan, journal, onProgress = () => {} } = parts;
  await askingOf(parts, parts.writer).all(writtenJobs(plan), (done) =>
    onProgress(done, "answers are written"),
  );
  const { trials } = trialsOf(plan, journal);
  await askingOf(parts, parts.judge).all(judgeJobs(plan, trials), (done) =>
    onProgress(done, "answers are judged"),
  );
  return reportOf(plan, journal);
}

function askingOf({ journal, atOnce, pauseMs }: LiveParts, config: OpenAIConfig): Asking {
  return new Asking({
    server: new ChatServer(config),
    journal,
    timeoutMs: config.timeoutMs,
    atOnce,
    ...(pauseMs !== undefined && { pauseMs }),
  });
}

/** Names a run: a journal under another name is of something else. */
export function runName(
  { members, prompts, votes, seed, instruction = "" }: PlanOptions,
  writer: OpenAIConfig,
  judge: OpenAIConfig,
): string {
  const addressed = ({ baseUrl = "", model }: OpenAIConfig) => [baseUrl, model];
  const options = [members, prompts, votes, seed, instruction];
  return JSON.stringify([...options, addressed(writer), addressed(judge)]);
}

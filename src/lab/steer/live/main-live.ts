/** `npm run steer -- --live`: who is asked, whether that is all right, and where the answers are kept. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { ConfigError, loadEnvironment, type OpenAIConfig, readConfig } from "../../../config.js";
import type { ProgressDisplay } from "../../evaluate/progress-bar.js";
import { LiveStoppedError } from "./asking.js";
import { budgetOf, budgetText } from "./budget.js";
import { Journal, JournalError } from "./journal.js";
import type { LiveReport } from "./live-report.js";
import { makePlan, PlanError } from "./plan.js";
import { runLive, runName } from "./run-live.js";

export interface LiveOptions {
  readonly members: number;
  readonly prompts: number;
  readonly votes: number;
  readonly seed: number;
  readonly judgeModel?: string;
  readonly judgeUrl?: string;
  readonly judgeKeyFile?: string;
  readonly atOnce: number;
  readonly journal: string;
  readonly yes?: boolean;
}

/** Nothing can be asked as things are set up; the message says what to do. */
export class LiveSetUpError extends Error {
  override readonly name = "LiveSetUpError";
}

/** Whether the message of `error` says what to do. */
export function explainsItself(error: unknown): error is Error {
  const kinds = [ConfigError, LiveSetUpError, LiveStoppedError, JournalError, PlanError];
  return kinds.some((kind) => error instanceof kind);
}

/** Undefined where whoever is asked says no. Throws {@link LiveSetUpError} and what the run throws. */
export async function live(
  options: LiveOptions,
  startProgress: () => ProgressDisplay,
): Promise<LiveReport | undefined> {
  const writer = configured();
  const judge = judgeOf(writer, options);
  const { members, prompts, votes, seed } = options;
  const wanted = { members, prompts, votes, seed, instruction: writer.instruction };
  const journal = Journal.open(options.journal, runName(wanted, writer, judge));
  const plan = await makePlan(wanted);
  const budget = budgetOf(plan, journal, writer.prices);
  console.error(budgetText(budget, writer.model, judge.model));
  if (budget.requests > 0 && !(await mayGoOn(options))) return undefined;
  const progress = startProgress();
  try {
    const { atOnce } = options;
    return await runLive({ plan, journal, writer, judge, atOnce, onProgress: progress.show });
  } finally {
    progress.end();
  }
}

function configured(): OpenAIConfig {
  const { openai } = readConfig(loadEnvironment());
  if (openai !== undefined) return openai;
  throw new LiveSetUpError(
    "No language model is set up: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, in .env.",
  );
}

/** The writer's own server and key where nothing else is said: another server does not get its key. */
function judgeOf(writer: OpenAIConfig, options: LiveOptions): OpenAIConfig {
  const { judgeKeyFile, judgeModel, judgeUrl } = options;
  const ownKey = judgeKeyFile === undefined ? undefined : keyIn(judgeKeyFile);
  const apiKey = ownKey ?? (judgeUrl === undefined ? writer.apiKey : "none");
  return {
    ...writer,
    apiKey,
    ...(judgeUrl !== undefined && { baseUrl: judgeUrl }),
    ...(judgeModel !== undefined && { model: judgeModel }),
  };
}

function keyIn(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new LiveSetUpError(`The key for the judge can't be read from ${file}.`, { cause });
  }
}

async function mayGoOn({ yes }: LiveOptions): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new LiveSetUpError("Nothing was asked. Say --yes if that is all right.");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question("Go on? [y/N] ")).trim());
  } finally {
    terminal.close();
  }
}

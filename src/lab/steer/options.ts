/** The command line of `npm run steer`. */
import { Command, InvalidArgumentError } from "commander";
import { readAnswers, readCount, readWhole } from "../evaluate/options.js";
import type { LiveOptions } from "./live/main-live.js";

const MODES = ["replay", "ablation", "cost", "live", "rubric"] as const;

export interface SteerOptions extends LiveOptions {
  /** The data set whose texts stand for the model's; the bundled deck where not given. */
  readonly folder?: string;
  /** Exactly one of these. */
  readonly replay?: boolean;
  readonly ablation?: boolean;
  readonly cost?: boolean;
  readonly live?: boolean;
  readonly rubric?: boolean;
  readonly compliance: readonly number[];
  readonly populations: number;
  readonly people: number;
  /** Ascending, from 0. */
  readonly ballots: readonly number[];
  readonly seed: number;
  readonly json?: string;
}

/** Ends the process with exit code 2 where `parameters` are wrong. */
export function readOptions(parameters: readonly string[]): SteerOptions {
  const command = new Command("npm run steer --")
    .description(
      "Measures what steering is worth: on texts that stand for a language model, or with a real one.",
    )
    .argument("[dataset]", "folder in the evaluation format; the bundled deck where left out")
    .option("--replay", "all ways of writing; texts that are there stand for the language model")
    .option("--ablation", "the taste chooses, or writes, or both")
    .option("--compliance <list>", "how likely a directive is obeyed", readShares, [0, 0.3, 0.6, 1])
    .option("--populations <number>", "how many kinds of people", readCount, 10)
    .option("--people <number>", "how many people with planted tastes of each kind", readCount, 12)
    .option("--ballots <list>", "numbers of ballots to measure after", readAnswers, [0, 5, 10, 20])
    .option("--cost", "what an answer takes at each stage, through the bot's own services")
    .option("--live", "the language model that is set up writes, and another one judges")
    .option("--rubric", "what the rubric's scores of the candidates cost")
    .option("--members <number>", "how many people", readCount, 8)
    .option("--prompts <number>", "messages of each of them", readCount, 3)
    .option("--votes <number>", "votes of each of them before the first message", readCount, 10)
    .option("--judge-model <name>", "who judges; the model that writes where left out")
    .option("--judge-url <address>", "where the judge is; the same server where left out")
    .option("--judge-key-file <file>", "a file with the judge's key")
    .option("--at-once <number>", "requests on their way at the same time", readCount, 8)
    .option("--journal <file>", "where answers are kept, to go on from", "steer-live.jsonl")
    .option("--yes", "go on without asking whether the cost is all right")
    .option("--seed <number>", "the same seed gives the same report", readWhole, 1)
    .option("--json <file>", "write the report as JSON")
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  command.parse([...parameters], { from: "user" });
  const [folder] = command.args;
  const chosen = MODES.filter((mode) => command.opts()[mode]);
  if (chosen.length !== 1)
    command.error("error: say one of --replay, --ablation, --cost, --live and --rubric.");
  if (folder !== undefined && ["cost", "live", "rubric"].includes(chosen[0]!)) {
    command.error(`error: --${chosen[0]} works on the bundled deck, and takes no data set.`);
  }
  return { ...command.opts<Omit<SteerOptions, "folder">>(), ...(folder && { folder }) };
}

function readShares(text: string): number[] {
  const shares = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (shares.some((share) => !(share >= 0 && share <= 1))) {
    throw new InvalidArgumentError("They must be numbers from 0 to 1, as 0,.3,.6,1.");
  }
  return [...new Set(shares)].sort((first, second) => first - second);
}

/** The command line of `npm run evaluate`. */
import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import {
  ACQUISITIONS,
  type Acquisition,
  DEFAULT_ACQUISITION,
} from "../../../models/acquisition/scores.js";
import type { Drift } from "./interview.js";

export interface EvaluateOptions {
  /** One data set, or the folds of one. */
  readonly folders: readonly string[];
  readonly encoder: "file" | "embedded";
  /** Another file with training comparisons. */
  readonly train?: string;
  /** Ascending. */
  readonly answers: readonly number[];
  readonly acquisitions: readonly Acquisition[];
  /** How many of the new users take part; all if not given. */
  readonly users?: number;
  readonly seed: number;
  readonly drift: Drift;
  /** The share of colluding accounts in an attack on the training; no attack if not given. */
  readonly attack?: number;
  /** Where the report goes as JSON. */
  readonly json?: string;
  /** Where the picture goes. */
  readonly plot?: string;
}

const DEFAULT_ANSWERS = [0, 1, 2, 5, 10, 20, 40];
const DEFAULT_ATTACK = 0.2;
/** The default first: calibration and times are measured with the first one. */
const ALL_ACQUISITIONS = [
  ...new Set([DEFAULT_ACQUISITION, ...(Object.keys(ACQUISITIONS) as Acquisition[])]),
];

/** Ends the process with exit code 2 if `parameters` are wrong. */
export function readOptions(parameters: readonly string[]): EvaluateOptions {
  const command = new Command("npm run evaluate --")
    .usage("[options] <dataset> [another fold of it ...]")
    .description("Trains base rewards on a data set and measures how well new users are predicted.")
    .argument(
      "<dataset...>",
      "folder with meta.json, see docs/evaluation-data.md; several are folds of one set, whose people are pooled",
    )
    .addOption(
      new Option("--encoder <name>", "where features come from")
        .choices(["file", "embedded"])
        .default("file"),
    )
    .option("--train <file>", "another file with training comparisons")
    .option("--answers <list>", "numbers of answers to score after", readAnswers, DEFAULT_ANSWERS)
    .addOption(
      new Option("--acquisition <name>", "what selects the questions")
        .choices([...ALL_ACQUISITIONS, "all"])
        .default(DEFAULT_ACQUISITION),
    )
    .option("--users <number>", "how many new users take part, drawn by the seed", readCount)
    .option("--seed <number>", "the same seed gives the same report", readWhole, 1)
    .option("--change-at <number>", "turn every taste round after so many answers", readCount)
    .option("--half-life <number>", "a vote counts half after so many later ones", readCount)
    .addOption(
      new Option("--attack [share]", "let colluding accounts, this share of all, vote in training")
        .argParser(readShare)
        .preset(String(DEFAULT_ATTACK)),
    )
    .option("--json <file>", "write the report as JSON")
    .option("--plot <file>", "draw the learning curves as SVG")
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  command.parse([...parameters], { from: "user" });
  const twice = repeatedFolder(command.args);
  if (twice !== undefined) {
    command.error(`error: the folder ${twice} is given twice: name every fold once.`);
  }
  const { acquisition, changeAt, halfLife, ...options } = command.opts();
  return {
    ...(options as Omit<EvaluateOptions, "folders" | "acquisitions" | "drift">),
    drift: { ...(changeAt && { changeAt }), ...(halfLife && { halfLife }) },
    folders: command.args,
    acquisitions: acquisition === "all" ? ALL_ACQUISITIONS : [acquisition],
  };
}

/** The first folder that is there under two names or twice under one. */
function repeatedFolder(folders: readonly string[]): string | undefined {
  const places = folders.map((folder) =>
    existsSync(folder) ? realpathSync(folder) : resolve(folder),
  );
  return folders.find((_, at) => places.indexOf(places[at]!) < at);
}

export function readAnswers(text: string): number[] {
  return [...new Set(text.split(",").map(readWhole))].sort((first, second) => first - second);
}

export function readCount(text: string): number {
  const count = readWhole(text);
  if (count < 1) throw new InvalidArgumentError("It must be at least 1.");
  return count;
}

export function readShare(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share < 0.5)) {
    throw new InvalidArgumentError("It must be a share between 0 and 0.5, as 0.2.");
  }
  return share;
}

export function readWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text.trim())) {
    throw new InvalidArgumentError("It must be a whole number, 0 or more.");
  }
  return Number(text);
}

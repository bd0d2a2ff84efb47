/** The command line of `npm run steer`. */
import { Command, InvalidArgumentError } from "commander";
import { readAnswers, readCount, readWhole } from "../evaluate/options.js";

export interface SteerOptions {
  /** The data set whose texts stand for the model's; the bundled deck where not given. */
  readonly folder?: string;
  readonly compliance: readonly number[];
  readonly people: number;
  /** Ascending, from 0. */
  readonly ballots: readonly number[];
  readonly seed: number;
  readonly json?: string;
}

/** Ends the process with exit code 2 where `parameters` are wrong. */
export function readOptions(parameters: readonly string[]): SteerOptions {
  const command = new Command("npm run steer --")
    .description("Measures what steering is worth, on real texts that stand for a language model.")
    .argument("[dataset]", "folder in the evaluation format; the bundled deck where left out")
    .requiredOption("--replay", "texts that are there already stand for the language model")
    .option("--compliance <list>", "how likely a directive is obeyed", readShares, [0, 0.3, 0.6, 1])
    .option("--people <number>", "how many people with planted tastes", readCount, 40)
    .option("--ballots <list>", "numbers of ballots to measure after", readAnswers, [0, 5, 10, 20])
    .option("--seed <number>", "the same seed gives the same report", readWhole, 1)
    .option("--json <file>", "write the report as JSON")
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  command.parse([...parameters], { from: "user" });
  const [folder] = command.args;
  return { ...command.opts<Omit<SteerOptions, "folder">>(), ...(folder && { folder }) };
}

function readShares(text: string): number[] {
  const shares = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (shares.some((share) => !(share >= 0 && share <= 1))) {
    throw new InvalidArgumentError("They must be numbers from 0 to 1, as 0,.3,.6,1.");
  }
  return [...new Set(shares)].sort((first, second) => first - second);
}

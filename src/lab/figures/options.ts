/** The command line of `npm run figures`. */
import { Command, Option } from "commander";
import { readAnswers, readCount, readWhole } from "../evaluate/options.js";

export interface FigureOptions {
  /** A data set's folder; simulated members on the bundled deck if not given. */
  readonly folder?: string;
  readonly encoder: "file" | "embedded";
  readonly train?: string;
  /** The folder that the pictures go to. */
  readonly out: string;
  readonly answers: readonly number[];
  readonly users?: number;
  readonly seed: number;
}

/** Ends the process with exit code 2 if `parameters` are wrong. */
export function readFigureOptions(parameters: readonly string[]): FigureOptions {
  const command = new Command("npm run figures --")
    .description("Draws the paper's figures with Attune's own engine, as SVG.")
    .argument("[dataset]", "folder with meta.json; simulated members on the deck if left out")
    .option("--out <folder>", "where the pictures go", "figures")
    .addOption(
      new Option("--encoder <name>", "where a data set's features come from")
        .choices(["file", "embedded"])
        .default("file"),
    )
    .option("--train <file>", "another file with training comparisons")
    .option(
      "--answers <list>",
      "numbers of answers to score after",
      readAnswers,
      [0, 1, 2, 5, 10, 20, 40],
    )
    .option("--users <number>", "how many new users take part", readCount)
    .option("--seed <number>", "the same seed gives the same pictures", readWhole, 1)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  command.parse([...parameters], { from: "user" });
  const [folder] = command.args;
  return { ...command.opts<Omit<FigureOptions, "folder">>(), ...(folder && { folder }) };
}

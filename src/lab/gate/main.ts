/**
 * `npm run gate`: how often the gate adopts base rewards that are better for new people, and how often
 * those that are not, in planted populations that vote, are trained with, and vote some more.
 */
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { readCount } from "../evaluate/options.js";
import { createProgressDisplay } from "../evaluate/progress-bar.js";
import { cellTable, ratesText } from "./cell-table.js";
import { PLANS } from "./plans.js";
import { runPlans } from "./run-plans.js";

interface Options {
  readonly seeds: number;
  readonly json?: string;
}

/** Ends the process with exit code 2 if `parameters` are wrong. */
function readOptions(parameters: readonly string[]): Options {
  const command = new Command("npm run gate --")
    .description("Measures the gate's two error rates on planted people.")
    .option("--seeds <number>", "populations of each kind", readCount, 25)
    .option("--json <file>", "write the cells as JSON")
    .allowExcessArguments(false)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  return command.parse([...parameters], { from: "user" }).opts<Options>();
}

const { json, seeds } = readOptions(process.argv.slice(2));
const progress = createProgressDisplay();
try {
  const cells = await runPlans({ plans: PLANS, seeds, onProgress: progress.show });
  progress.end();
  console.log(
    `${seeds} planted populations each. A gain is the log-likelihood a vote on 500 new people, candidate minus current.`,
  );
  console.log(cellTable(cells));
  console.log(ratesText(cells));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ cells }, undefined, 2)}\n`);
} finally {
  progress.end();
}

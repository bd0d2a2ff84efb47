/**
 * `npm run crowd`: from how many people on more of them make the base rewards no better, and what a
 * training on so many takes.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { ENOUGH } from "../../training/sample-sizes.js";
import { readCount, readAnswers as readList, readWhole } from "../evaluate/options.js";
import { bestText, crowdTable } from "./crowd-table.js";
import type { CrowdOptions, CrowdResult } from "./measure-crowd.js";

/** As {@link ../../shared/environment/variables.ts} has RETRAIN_COMPARISONS. */
const MOST_COMPARISONS = 50_000;

interface Options {
  readonly people: readonly number[];
  readonly votes: number;
  readonly comparisons: number;
  readonly seed: number;
  readonly json?: string;
}

/** Ends the process with exit code 2 if `parameters` are wrong. */
function readOptions(parameters: readonly string[]): Options {
  const command = new Command("npm run crowd --")
    .description("Trains on more and more planted people, and predicts others of the same kind.")
    .option("--people <list>", "how many have voted", readList, [100, 400, 1_600, 6_400, 40_000])
    .option("--votes <number>", "votes of each of them", readCount, ENOUGH)
    .option(
      "--comparisons <number>",
      "what a training reads at most, as RETRAIN_COMPARISONS",
      readCount,
      MOST_COMPARISONS,
    )
    .option("--seed <number>", "the same seed gives the same people", readWhole, 1)
    .option("--json <file>", "write what came of each size as JSON")
    .allowExcessArguments(false)
    .showHelpAfterError()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
  return command.parse([...parameters], { from: "user" }).opts<Options>();
}

/** Throws if the process of this size ends without a result; its output says why. */
async function measureInProcess(options: CrowdOptions): Promise<CrowdResult> {
  const file = fileURLToPath(new URL("./crowd-process.js", import.meta.url));
  const child = fork(file, { serialization: "advanced" });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`The training on ${options.people} people ended with code ${code}.`);
  });
  child.send(options);
  const [result] = await Promise.race([once(child, "message"), ended]);
  ended.catch(() => undefined);
  return result as CrowdResult;
}

async function main({ comparisons, json, people, seed, votes }: Options): Promise<void> {
  const results: CrowdResult[] = [];
  for (const count of people) {
    const sizes = { people: count, votesEach: votes, mostComparisons: comparisons, seed };
    const result = await measureInProcess(sizes);
    results.push(result);
    console.error(`${count} people: ${result.seconds.toFixed(0)} s`);
  }
  console.log(crowdTable(results));
  console.log(bestText(results));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ results }, undefined, 2)}\n`);
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** `npm run bench`: how long the calls of the preference engine take on this machine. */
import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { createCompute } from "../../../workers/compute.js";
import { tripMeasures, workMeasures } from "./interactive-measures.js";
import { describeMachine, machineText } from "./machine.js";
import { measureAll } from "./measure.js";
import { measureRetraining } from "./measure-retraining.js";
import { resultsTable } from "./results.js";
import { measureInThread } from "./work-thread.js";

const RETRAIN = "retrain";

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const command = readCommand();
  const { only, all, json } = command.opts<Options>();
  const machine = await describeMachine();
  console.log(machineText(machine));
  const compute = createCompute({ threads: 1 });
  try {
    const wanted = (name: string) =>
      only === undefined
        ? all || name !== RETRAIN
        : only.some((own) => name === own || name.startsWith(`${own}-`));
    const work = workMeasures()
      .map(({ name }) => name)
      .filter(wanted);
    const trips = tripMeasures(compute).filter(({ name }) => wanted(name));
    if (work.length + trips.length === 0 && !wanted(RETRAIN)) {
      throw new Error(`There is no such measure.\n${command.helpInformation()}`);
    }
    const results = [...(await measureInThread(work)), ...(await measureAll(trips))];
    if (wanted(RETRAIN)) results.push(...(await measureRetraining(compute, createStageReport())));
    console.log(resultsTable(results));
    if (json !== undefined)
      await writeFile(json, `${JSON.stringify({ machine, results }, null, 2)}\n`);
  } finally {
    await compute.close();
  }
}

interface Options {
  readonly only?: readonly string[];
  readonly all?: boolean;
  readonly json?: string;
}

function readCommand(): Command {
  return new Command("npm run bench --")
    .description("How long the calls of the preference engine take on this machine.")
    .option(
      "--only <names>",
      'measures by name or its beginning, with commas: "select" for all selections, "retrain" for the slow one',
      (text) => text.split(","),
    )
    .option("--all", "all measures, the slow one too")
    .option("--json <file>", "write the results to a file as well")
    .showHelpAfterError()
    .parse();
}

/** Says each stage once, on standard error. */
function createStageReport(): (stage: string) => void {
  let last = "";
  return (stage) => {
    if (stage !== last) console.error(stage);
    last = stage;
  };
}

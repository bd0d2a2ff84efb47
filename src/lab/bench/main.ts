/** `npm run bench`: how long the calls of the preference engine take on this machine. */
import { writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import { createCompute } from "../../../workers/compute.js";
import { tripMeasures, workMeasures } from "./interactive-measures.js";
import { describeMachine, machineText } from "./machine.js";
import { measureAll } from "./measure.js";
import { measureRetraining } from "./measure-retraining.js";
import { resultsTable } from "./results.js";
import { type LargeStoreOptions, measureLargeStore } from "./store/measure-store.js";
import { timingsTable } from "./store/timings.js";
import { measureInThread } from "./work-thread.js";

const RETRAIN = "retrain";
const LARGE_STORE = "large-store";

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const command = readCommand();
  const { only, all, json, ...store } = command.opts<Options>();
  const machine = await describeMachine();
  console.log(machineText(machine));
  if (only?.length === 1 && only[0] === LARGE_STORE) {
    const result = await measureLargeStore(store, createStageReport());
    console.log(`${(result.bytes / 1e9).toFixed(2)} GB`);
    console.log(timingsTable(result.timings));
    return writeJson(json, { machine, ...result });
  }
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
    await writeJson(json, { machine, results });
  } finally {
    await compute.close();
  }
}

async function writeJson(file: string | undefined, content: object): Promise<void> {
  if (file !== undefined) await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

interface Options extends LargeStoreOptions {
  readonly only?: readonly string[];
  readonly all?: boolean;
  readonly json?: string;
}

function readCommand(): Command {
  return new Command("npm run bench --")
    .description("How long the calls of the preference engine take on this machine.")
    .option(
      "--only <names>",
      'measures by name or its beginning, with commas: "select" for all selections, "retrain" for the slow one; "large-store" alone',
      (text) => text.split(","),
    )
    .option("--members <n>", "members of the large store", atLeastOne, 10_000)
    .option("--comparisons <n>", "votes of the large store", atLeastOne, 250_000)
    .option("--file <file>", "the large store; made if it is not there, and left")
    .option("--all", "all measures, the slow one too")
    .option("--json <file>", "write the results to a file as well")
    .showHelpAfterError()
    .parse();
}

function atLeastOne(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError("A whole number from 1 on is needed.");
  }
  return number;
}

/** Says each stage once, on standard error. */
function createStageReport(): (stage: string) => void {
  let last = "";
  return (stage) => {
    if (stage !== last) console.error(stage);
    last = stage;
  };
}

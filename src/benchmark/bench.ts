/** `npm run bench`: how long the calls of the preference engine take on this machine. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { createCompute } from "../../workers/compute.js";
import { tripMeasures, workMeasures } from "./interactive-measures.js";
import { describeMachine, machineText } from "./machine.js";
import { measureAll } from "./measure.js";
import { measureRetraining } from "./measure-retraining.js";
import { resultsTable } from "./results.js";
import { measureInThread } from "./work-thread.js";

const USAGE = `npm run bench -- [--only NAME,...] [--all] [--json FILE]
  --only  measures by name or its beginning, "select" for all selections; "retrain" for the slow one
  --all   all measures, the slow one too
  --json  write the results to FILE as well`;

const RETRAIN = "retrain";

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { only, all, json } = readOptions();
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
      throw new Error(`There is no such measure.\n${USAGE}`);
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

function readOptions(): { only?: string[]; all: boolean; json?: string } {
  try {
    const { values } = parseArgs({
      options: { only: { type: "string" }, all: { type: "boolean" }, json: { type: "string" } },
    });
    const { only, all = false, json } = values;
    return { all, ...(only && { only: only.split(",") }), ...(json && { json }) };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/** Says each stage once, beside the results. */
function createStageReport(): (stage: string) => void {
  let last = "";
  return (stage) => {
    if (stage !== last) console.error(stage);
    last = stage;
  };
}

/** `npm run bench`: how long the calls of the preference engine take on this machine. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Bench } from "tinybench";
import { createCompute } from "../../workers/compute.js";
import { interactiveMeasures, type Measure } from "./interactive-measures.js";
import { describeMachine, machineText } from "./machine.js";
import { measureRetraining } from "./measure-retraining.js";
import { quantile, type Result, resultsTable } from "./results.js";

const USAGE = `npm run bench -- [--only NAME,...] [--all] [--json FILE]
  --only  measures by name or its beginning, "select" for all selections; "retrain" for the slow one
  --all   all measures, the slow one too
  --json  write the results to FILE as well`;

const WARM_UP_MS = 500;
const TIME_MS = 1_500;
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
    const measures = interactiveMeasures(compute).filter(({ name }) => wanted(name));
    if (measures.length === 0 && !wanted(RETRAIN)) throw new Error(`No such measure.\n${USAGE}`);
    const results = await measureAll(measures);
    if (wanted(RETRAIN)) results.push(...(await measureRetraining(compute, reportStage)));
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

async function measureAll(measures: readonly Measure[]): Promise<Result[]> {
  const bench = new Bench({
    time: TIME_MS,
    warmupTime: WARM_UP_MS,
    retainSamples: true,
    throws: true,
  });
  for (const { name, prepare, run, asynchronous = false } of measures) {
    bench.add(name, run, { async: asynchronous, ...(prepare && { beforeEach: prepare }) });
  }
  await bench.run();
  return measures.map(({ name, description, target }) => {
    const result = bench.getTask(name)?.result;
    if (result?.state !== "completed") throw new Error(`The measure ${name} did not complete.`);
    const samples = result.latency.samples ?? [];
    return {
      name,
      description,
      unit: "µs",
      median: 1_000 * quantile(samples, 0.5),
      p95: 1_000 * quantile(samples, 0.95),
      repetitions: samples.length,
      ...(target !== undefined && { target }),
    };
  });
}

let lastStage = "";

function reportStage(stage: string): void {
  if (stage !== lastStage) console.error(stage);
  lastStage = stage;
}

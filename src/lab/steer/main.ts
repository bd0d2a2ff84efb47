/** `npm run steer`: what steering is worth, on texts that stand for a language model or with a real one. */
import { writeFile } from "node:fs/promises";
import { findDatasetFiles } from "../evaluate/dataset-files.js";
import { reportFailure } from "../evaluate/failures.js";
import { EMBEDDED_ENCODER } from "../evaluate/item-encoders.js";
import { createProgressDisplay } from "../evaluate/progress-bar.js";
import { readDataset } from "../evaluate/read-dataset.js";
import { ABLATION, ARMS } from "./arms.js";
import { USUAL_PACE } from "./cost/paced-model.js";
import { costReport, renderCost } from "./cost/render-cost.js";
import { runCost } from "./cost/run-cost.js";
import { explainsItself, live } from "./live/main-live.js";
import { renderLive } from "./live/render-live.js";
import { readOptions, type SteerOptions } from "./options.js";
import { datasetPool, deckPool, type Pool } from "./pools.js";
import { renderAblation, renderReplay } from "./report-table.js";
import { renderRubricCosts, rubricCosts } from "./rubric-cost.js";
import { runReplay } from "./run-replay.js";
import { leadingDirections, TRIGRAM_ENCODER } from "./text-traits.js";

interface Outcome {
  readonly report: object;
  readonly text: string;
}

async function run(options: SteerOptions): Promise<void> {
  const outcome = await measured(options);
  if (outcome === undefined) return;
  console.log(outcome.text);
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify(outcome.report, null, 2)}\n`);
  }
}

async function measured(options: SteerOptions): Promise<Outcome | undefined> {
  if (options.live) return runLive(options);
  if (options.cost) return runStages(options);
  if (!options.rubric) return runOnTexts(options);
  const costs = rubricCosts();
  return { report: { costs }, text: renderRubricCosts(costs) };
}

async function runStages({ members, seed }: SteerOptions): Promise<Outcome> {
  const progress = createProgressDisplay();
  try {
    const options = { members, seed, pace: USUAL_PACE, onProgress: progress.show };
    const report = costReport(await runCost(options), USUAL_PACE);
    return { report, text: renderCost(report) };
  } finally {
    progress.end();
  }
}

/** Undefined where whoever would pay says no. */
async function runLive(options: SteerOptions): Promise<Outcome | undefined> {
  const report = await live(options, createProgressDisplay);
  return report && { report, text: renderLive(report) };
}

async function runOnTexts(options: SteerOptions): Promise<Outcome> {
  const progress = createProgressDisplay();
  try {
    const report = await runReplay(await poolOf(options), {
      arms: options.ablation ? ABLATION : ARMS,
      compliances: options.compliance,
      populations: options.populations,
      people: options.people,
      checkpoints: options.ballots,
      seed: options.seed,
      onProgress: progress.show,
    });
    return { report, text: options.ablation ? renderAblation(report) : renderReplay(report) };
  } finally {
    progress.end();
  }
}

async function poolOf({ folder }: SteerOptions): Promise<Pool> {
  if (folder === undefined) return deckPool();
  const encoded = await readDataset(folder, { encoder: EMBEDDED_ENCODER });
  const { dimensions } = await findDatasetFiles(folder);
  const hasFeatures = dimensions !== undefined;
  const own = await readDataset(folder, hasFeatures ? {} : { encoder: TRIGRAM_ENCODER });
  return datasetPool(encoded, { ...own, items: leadingDirections(own.items) });
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  if (explainsItself(error)) {
    console.error(error.message);
    process.exitCode = 1;
  } else reportFailure(error);
}

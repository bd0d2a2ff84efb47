/** `npm run steer`: what steering is worth, measured on texts that stand for a language model. */
import { writeFile } from "node:fs/promises";
import { reportFailure } from "../evaluate/failures.js";
import { EMBEDDED_ENCODER } from "../evaluate/item-encoders.js";
import { createProgressDisplay } from "../evaluate/progress-bar.js";
import { readDataset } from "../evaluate/read-dataset.js";
import { readOptions, type SteerOptions } from "./options.js";
import { datasetPool, deckPool, type Pool } from "./pools.js";
import { renderReplay } from "./report-table.js";
import { runReplay } from "./run-replay.js";

async function poolOf({ folder }: SteerOptions): Promise<Pool> {
  if (folder === undefined) return deckPool();
  const encoded = await readDataset(folder, { encoder: EMBEDDED_ENCODER });
  return datasetPool(encoded, await readDataset(folder));
}

async function run(options: SteerOptions): Promise<void> {
  const progress = createProgressDisplay();
  try {
    const report = await runReplay(await poolOf(options), {
      compliances: options.compliance,
      people: options.people,
      checkpoints: options.ballots,
      seed: options.seed,
      onProgress: progress.show,
    });
    progress.end();
    console.log(renderReplay(report));
    if (options.json !== undefined) {
      await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    }
  } finally {
    progress.end();
  }
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  reportFailure(error);
}

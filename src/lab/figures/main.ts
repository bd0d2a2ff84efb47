/** `npm run figures`: trains once, draws the figures of the paper from it, one SVG each. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset, Items } from "../evaluate/dataset.js";
import { findDatasetFiles } from "../evaluate/dataset-files.js";
import { drawUsers } from "../evaluate/draw-users.js";
import { reportFailure } from "../evaluate/failures.js";
import { EMBEDDED_ENCODER } from "../evaluate/item-encoders.js";
import { createProgressDisplay } from "../evaluate/progress-bar.js";
import { readDataset } from "../evaluate/read-dataset.js";
import { readItems } from "../evaluate/read-items.js";
import { drawAcquisitionFigure } from "./figure-acquisition.js";
import { drawAnswersFigure } from "./figure-answers.js";
import { drawAxesFigure } from "./figure-axes.js";
import { drawDataFigure } from "./figure-data.js";
import { drawRankFigure, drawRegularisationFigure } from "./figure-training.js";
import { type FigureOptions, readFigureOptions } from "./options.js";
import { DEFAULT_SIMULATION, simulateDataset } from "./simulated-dataset.js";
import { beginStudy, type Study } from "./study.js";

type Draw = (study: Study, styles: Items) => Promise<string>;

const FIGURES: Readonly<Record<string, Draw>> = {
  "2-answers": drawAnswersFigure,
  "3a-regularisation": drawRegularisationFigure,
  "3b-base-rewards": drawRankFigure,
  "3c-acquisition": drawAcquisitionFigure,
  "4-training-data": drawDataFigure,
  "5-named-axes": drawAxesFigure,
};

async function run(options: FigureOptions): Promise<void> {
  const { answers, seed } = options;
  const progress = createProgressDisplay();
  try {
    const { dataset, styles } = await prepare(options, progress.show);
    const study = await beginStudy(dataset, { answers, seed, onProgress: progress.show });
    await mkdir(options.out, { recursive: true });
    for (const [name, draw] of Object.entries(FIGURES)) {
      const file = join(options.out, `figure-${name}.svg`);
      await writeFile(file, await draw(study, styles));
      console.log(file);
    }
  } finally {
    progress.end();
  }
}

/** The data set, and its items with the features of Attune's own encoder. */
async function prepare(
  { encoder, folder, seed, train, users }: FigureOptions,
  onProgress: (done: number, stage: string) => void,
): Promise<{ dataset: Dataset; styles: Items }> {
  if (folder === undefined) {
    const dataset = simulateDataset({
      ...DEFAULT_SIMULATION,
      ...(users && { newUsers: users }),
      seed,
    });
    return { dataset, styles: dataset.items };
  }
  const dataset = await readDataset(folder, {
    ...(encoder === "embedded" && { encoder: EMBEDDED_ENCODER }),
    ...(train !== undefined && { training: train }),
    onProgress,
  });
  const newUsers = drawUsers(dataset.newUsers, users, seed);
  const styles =
    encoder === "embedded"
      ? dataset.items
      : await readItems(await findDatasetFiles(folder), EMBEDDED_ENCODER, (done) =>
          onProgress(done, "reading the texts"),
        );
  return { dataset: { ...dataset, newUsers }, styles };
}

try {
  await run(readFigureOptions(process.argv.slice(2)));
} catch (error) {
  reportFailure(error);
}

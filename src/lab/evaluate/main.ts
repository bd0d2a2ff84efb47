/** `npm run evaluate`: reads the data set, evaluates, prints a table, writes JSON and a picture. */
import { writeFile } from "node:fs/promises";
import { curvePanels, drawCurves } from "./curve-chart.js";
import type { Dataset } from "./dataset.js";
import { evaluateDataset } from "./evaluate-dataset.js";
import { reportFailure } from "./failures.js";
import { EMBEDDED_ENCODER } from "./item-encoders.js";
import { type EvaluateOptions, readOptions } from "./options.js";
import { createProgressDisplay } from "./progress-bar.js";
import { readDataset } from "./read-dataset.js";
import { renderReport } from "./report-table.js";
import { warningsOf } from "./warnings.js";

async function run(options: EvaluateOptions): Promise<void> {
  const progress = createProgressDisplay();
  try {
    const folds: Dataset[] = [];
    for (const folder of options.folders) {
      folds.push(
        await readDataset(folder, {
          ...(options.encoder === "embedded" && { encoder: EMBEDDED_ENCODER }),
          ...(options.train !== undefined && { training: options.train }),
          onProgress: progress.show,
        }),
      );
    }
    const { curves, global, report } = await evaluateDataset(folds, {
      ...options,
      onProgress: progress.show,
    });
    progress.end();
    for (const warning of warningsOf(folds)) console.warn(`Note: ${warning}`);
    console.log(renderReport(report));
    if (options.json !== undefined) {
      await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    }
    if (options.plot !== undefined) {
      const lines = [...Object.entries(curves), ["everybody alike", global] as const];
      const { dataset: title, users } = report;
      const subtitle = [`${users} new users, ${report.rank} base rewards; bands: 95 % confidence`];
      await writeFile(
        options.plot,
        await drawCurves({ title, subtitle, panels: curvePanels(lines) }),
      );
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

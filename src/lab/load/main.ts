/**
 * `npm run load`: the real bot between a loopback Discord and a loopback language model, each in a
 * process of its own, under a load; reports what Attune adds, what was lost, and the memory.
 */
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readLog } from "./bot-log.js";
import { type LoadOptions, readOptions } from "./options.js";
import type { LoadReport } from "./report.js";
import { losses, reportText } from "./report-text.js";
import { makeRunFolder } from "./run-folder.js";
import { runLoad } from "./run-load.js";

const say = (line: string) => console.error(line);

/** The runs that `options` ask for: with `beside` the same once more, on the other kind of store. */
function runsOf(options: LoadOptions): LoadOptions[] {
  const { beside, storeUrl, ...same } = options;
  return beside === undefined ? [options] : [options, { ...same, store: beside }];
}

async function report(options: LoadOptions, folder: string): Promise<LoadReport | undefined> {
  await mkdir(folder);
  try {
    const made = await runLoad(options, folder, say);
    console.log(reportText(made));
    for (const loss of losses(made)) {
      console.error(`Not well: ${loss}.`);
      process.exitCode = 1;
    }
    return made;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    for (let index = 0; index < options.processes; index++) {
      const log = join(folder, `bot-${index}.log`);
      if (existsSync(log)) console.error(readLog(log).slice(-20));
    }
    process.exitCode = 1;
    return undefined;
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const folder = await makeRunFolder(options.folder);
  const made: LoadReport[] = [];
  for (const one of runsOf(options)) {
    const found = await report(one, join(folder, one.store));
    if (found === undefined) break;
    made.push(found);
  }
  if (options.json === undefined || made.length === 0) return;
  const [first, second] = made;
  const content = second === undefined ? first : { ...first, beside: second };
  await writeFile(options.json, `${JSON.stringify(content, null, 2)}\n`);
}

await main();
process.exit();

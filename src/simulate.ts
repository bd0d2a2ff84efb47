/** `npm run simulate`: what personal answers are worth, on simulated members. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadDeck } from "./chat/deck.js";
import { readConfig } from "./config.js";
import { createLog } from "./log.js";
import { createServices } from "./services.js";
import { measureAblation } from "./simulation/ablation.js";
import { ablationJson, ablationPlot, ablationTable } from "./simulation/ablation-report.js";
import { DEMONSTRATION_GUILD } from "./storage/guilds.js";

const USAGE =
  "npm run simulate -- [--members 50] [--seed 1] [--candidates 4] [--json OUT] [--plot OUT.svg]";

/** A whole number of at least `least`. Throws where it is none. */
function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name} should be a whole number of at least ${least}. Usage: ${USAGE}`);
}

async function simulate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      members: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
      candidates: { type: "string", default: "4" },
      json: { type: "string" },
      plot: { type: "string" },
    },
  });
  const members = wholeNumber("members", values.members, 2);
  const seed = wholeNumber("seed", values.seed, 0);
  const candidates = wholeNumber("candidates", values.candidates, 2);
  const folder = mkdtempSync(join(tmpdir(), "attune-simulation-"));
  const config = readConfig({
    STORE_URL: `sqlite://${join(folder, "attune.sqlite")}`,
    SEED: String(seed),
  });
  const scope = { name: "simulation", accepts: () => true };
  const log = createLog({ logLevel: "warn" });
  const services = await createServices({ config, scope, clock: Date.now, log });
  try {
    const ablation = await measureAblation({
      ...{ services, deck: loadDeck(), guildId: DEMONSTRATION_GUILD, members, candidates, seed },
      onProgress: (stage) =>
        void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${stage}`)),
    });
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    console.log(ablationTable(ablation, members));
    if (values.json) writeFileSync(values.json, `${JSON.stringify(ablationJson(ablation))}\n`);
    if (values.plot) writeFileSync(values.plot, ablationPlot(ablation));
  } finally {
    await services.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await simulate();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

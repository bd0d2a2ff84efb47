/** `npm run simulate`: what personal answers are worth, on simulated members. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { createServices } from "../../compose.js";
import { readConfig } from "../../config.js";
import { createLog } from "../../observability/create-log.js";
import { loadDeck } from "../../shared/deck/deck.js";
import { DEMONSTRATION_GUILD } from "../../store/ids.js";
import { measureAblation } from "./ablation.js";
import { ablationJson, ablationPlot, ablationTable } from "./ablation-report.js";
import { REASONS, simulateDispleased } from "./displeased.js";
import { displeasedTable } from "./displeased-report.js";

interface Options {
  readonly members: number;
  readonly seed: number;
  readonly candidates: number;
  readonly json?: string;
  readonly plot?: string;
}

/** A whole number of at least `least`. */
function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`It should be a whole number of at least ${least}.`);
  };
}

function readOptions(): Options {
  return new Command("npm run simulate --")
    .description("What personal answers are worth, on simulated members.")
    .option("--members <number>", "how many", atLeast(2), 50)
    .option("--seed <number>", "the same seed gives the same table", atLeast(0), 1)
    .option("--candidates <number>", "how many for each answer", atLeast(2), 4)
    .option("--json <file>", "write the figures as JSON")
    .option("--plot <file>", "write the picture as SVG")
    .showHelpAfterError()
    .parse()
    .opts<Options>();
}

async function simulate(): Promise<void> {
  const { members, seed, candidates, json, plot } = readOptions();
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
      services,
      deck: loadDeck(),
      guildId: DEMONSTRATION_GUILD,
      members,
      candidates,
      seed,
      onProgress: (stage) =>
        void (process.stderr.isTTY && process.stderr.write(`\r\u001b[K${stage}`)),
    });
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
    console.log(ablationTable(ablation, members));
    const displeased = REASONS.map((reason) => simulateDispleased(reason, 2 * members, seed));
    console.log(`\n${displeasedTable(displeased, 2 * members)}`);
    const figures = { ...ablationJson(ablation), anotherAnswer: displeased };
    if (json) writeFileSync(json, `${JSON.stringify(figures)}\n`);
    if (plot) writeFileSync(plot, ablationPlot(ablation));
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

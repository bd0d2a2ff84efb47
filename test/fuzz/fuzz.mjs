/** `npm run fuzz -- [--runs 100000] [--seed 1]`: the fuzz test alone, with as many cases as are wanted. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

const { runs, seed } = new Command("fuzz")
  .description("Random events, interactions and records against the real handlers.")
  .option("--runs <count>", "how many cases", wholeNumber, 100_000)
  .option("--seed <number>", "the same seed tries the same cases", wholeNumber, 1)
  .parse()
  .opts();

const { status } = spawnSync(
  process.execPath,
  [join(PROJECT, "node_modules", "vitest", "vitest.mjs"), "run", "test/fuzz"],
  {
    cwd: PROJECT,
    env: { ...process.env, FUZZ_RUNS: String(runs), FUZZ_SEED: String(seed) },
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;

function wholeNumber(text) {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It should be a whole number.");
  return Number(text);
}

/**
 * `npm run kill -- [--store postgres --bots 3 --trainers 2] [--times 200] [--seed 1]`: the kills alone, as
 * many as are wanted; on PostgreSQL with the other troubles after them.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError, Option } from "commander";
import { argumentsFor } from "./kill-files.mjs";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { KILLS = "3", KILL_SEED = "1", KILL_SWAP_EVERY } = process.env;

const command = new Command("npm run kill --")
  .description("Kills the bot under load again and again, and looks whether anything was lost.")
  .addOption(
    new Option("--store <engine>", "what it stores in")
      .choices(["sqlite", "postgres"])
      .default("sqlite"),
  )
  .option("--times <count>", "how many kills", whole, Number(KILLS))
  .option(
    "--seed <number>",
    "the same seed draws the same moments and members",
    whole,
    Number(KILL_SEED),
  )
  .option("--bots <count>", "with PostgreSQL: processes that answer", whole, 3)
  .option("--trainers <count>", "with PostgreSQL: processes that learn", whole, 2)
  .option(
    "--others <count>",
    "with PostgreSQL: how often each of the other troubles comes",
    whole,
    0,
  )
  .showHelpAfterError()
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
command.parse();
const { store, times, seed, bots, trainers, others } = command.opts();
const several = ["bots", "trainers", "others"].filter(
  (name) => command.getOptionValueSource(name) === "cli",
);
if (store === "sqlite" && several.length > 0) {
  command.error(`error: --${several[0]} needs --store postgres: one process alone uses SQLite.`);
}
if (bots < 1 || bots > 5)
  command.error(
    "error: --bots should be from 1 to 5: there are four shards here, and one stands by.",
  );

const { status } = spawnSync(
  process.execPath,
  [join(PROJECT, "node_modules", "vitest", "vitest.mjs"), "run", ...argumentsFor(store)],
  {
    cwd: PROJECT,
    env: {
      ...process.env,
      KILLS: String(times),
      KILL_SEED: String(seed),
      KILL_SWAP_EVERY: KILL_SWAP_EVERY ?? (times < 4 ? "2" : "4"),
      ...(store === "postgres" && {
        FLEET_BOTS: String(bots),
        FLEET_TRAINERS: String(trainers),
        FLEET_TROUBLES: `kill:${times},pause:${others},terminate:${others},restart:${others}`,
        FLEET_FAILOVERS: String(others),
        FLEET_PARTITIONS: String(others),
        FLEET_BILLS: others > 0 ? "1" : "0",
      }),
    },
    stdio: "inherit",
  },
);
process.exitCode = status ?? 1;

function whole(text) {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("It should be a whole number.");
  return Number(text);
}

import { describe, expect, it } from "vitest";
import { runFleet } from "./fleet/fleet-run.js";
import { startDatabase } from "./fleet/run-database.js";
import { TROUBLES, type Trouble } from "./fleet/troubles.js";

/** FLEET_BOTS, FLEET_TRAINERS, FLEET_TROUBLES and KILL_SEED, as `npm run kill` sets them. */
const { FLEET_BOTS = "2", FLEET_TRAINERS = "1", KILL_SEED = "1" } = process.env;
const SHORT: readonly Trouble[] = ["kill", "terminate", "kill", "restart", "kill"];
const MS_PER_TROUBLE = 120_000;
const MS_BESIDE = 300_000;

/** As `kill:200,pause:10`: in this order, so often each. */
function troublesIn(text: string): Trouble[] {
  return text.split(",").flatMap((part) => {
    const [name = "", times = "1"] = part.split(":");
    if (!(name in TROUBLES)) throw new Error(`There is no trouble ${name}.`);
    return Array.from({ length: Number(times) }, () => name as Trouble);
  });
}

describe("several processes on PostgreSQL, of which some are killed, and whose database fails", () => {
  const { FLEET_TROUBLES } = process.env;
  const troubles = FLEET_TROUBLES ? troublesIn(FLEET_TROUBLES) : SHORT;

  it(
    "have every acknowledged vote once, nothing of what was deleted, one version and the right profiles",
    async () => {
      const report = await runFleet({
        bots: Number(FLEET_BOTS),
        trainers: Number(FLEET_TRAINERS),
        seed: Number(KILL_SEED),
        database: await startDatabase(),
        troubles,
        say: console.log,
      });
      console.log(JSON.stringify(report));
      expect(report.wrong).toEqual([]);
      expect(Object.values(report.troubles).reduce((sum, times) => sum + times, 0)).toBe(
        troubles.length,
      );
    },
    troubles.length * MS_PER_TROUBLE + MS_BESIDE,
  );
});

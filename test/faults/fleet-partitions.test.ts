import { describe, expect, it } from "vitest";
import { canMakeNetworks } from "../support/other-network.js";
import { runFleet } from "./fleet/fleet-run.js";
import { PartitionedDatabase } from "./fleet/partitioned-database.js";

/** FLEET_PARTITIONS, FLEET_BOTS, FLEET_TRAINERS and KILL_SEED, as `npm run kill` sets them; none in the suite. */
const { FLEET_PARTITIONS = "0", FLEET_BOTS = "2", FLEET_TRAINERS = "1" } = process.env;
const TIMES = Number(FLEET_PARTITIONS);
const SEED = Number(process.env.KILL_SEED ?? 1);
const MS_PER_PARTITION = 240_000;
const MS_BESIDE = 300_000;

const isPossible = TIMES > 0 && canMakeNetworks();
const why = TIMES > 0 && !isPossible ? " (skipped: no network namespace can be made here)" : "";

describe.skipIf(!isPossible)(`a bot that is cut off from the database${why}`, () => {
  it(
    "has lost nothing when it is back, and nobody was answered twice meanwhile",
    async () => {
      const report = await runFleet({
        bots: Number(FLEET_BOTS),
        trainers: Number(FLEET_TRAINERS),
        seed: SEED,
        database: await PartitionedDatabase.start(),
        troubles: Array.from({ length: TIMES }, () => "partition" as const),
        say: console.log,
      });
      console.log(JSON.stringify(report));
      expect(report.wrong).toEqual([]);
      expect(report.troubles).toEqual({ partition: TIMES });
    },
    TIMES * MS_PER_PARTITION + MS_BESIDE,
  );
});

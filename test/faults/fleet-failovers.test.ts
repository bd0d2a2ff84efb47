import { describe, expect, it } from "vitest";
import { findReplication } from "../support/postgres/cluster.js";
import { runFleet } from "./fleet/fleet-run.js";
import { ReplicatedDatabase } from "./fleet/replicated-database.js";

/** FLEET_FAILOVERS, FLEET_BOTS, FLEET_TRAINERS and KILL_SEED, as `npm run kill` sets them; none in the suite. */
const { FLEET_FAILOVERS = "0", FLEET_BOTS = "2", FLEET_TRAINERS = "1" } = process.env;
const TIMES = Number(FLEET_FAILOVERS);
const SEED = Number(process.env.KILL_SEED ?? 1);
const MS_PER_FAILOVER = 240_000;
const MS_BESIDE = 300_000;

const programs = findReplication();
const why = programs === undefined ? " (skipped: there is no pg_basebackup here)" : "";

describe.skipIf(TIMES === 0 || programs === undefined)(
  `a primary that crashes while its standby is a second behind${why}`,
  () => {
    async function failOver(isSynchronous: boolean) {
      const report = await runFleet({
        bots: Number(FLEET_BOTS),
        trainers: Number(FLEET_TRAINERS),
        seed: SEED,
        database: await ReplicatedDatabase.start(programs!, isSynchronous),
        troubles: Array.from({ length: TIMES }, () => "failover" as const),
        mayLose: !isSynchronous,
        say: console.log,
      });
      console.log(
        JSON.stringify({ replication: isSynchronous ? "synchronous" : "asynchronous", ...report }),
      );
      return report;
    }

    it(
      "loses nothing if commits wait for the standby",
      async () => {
        const report = await failOver(true);
        expect(report.wrong).toEqual([]);
        expect(report.lost).toEqual({
          votes: 0,
          ballots: 0,
          cameBack: 0,
          answeredTwice: 0,
          oldestMs: 0,
        });
        expect(report.troubles).toEqual({ failover: TIMES });
      },
      TIMES * MS_PER_FAILOVER + MS_BESIDE,
    );

    it(
      "loses what it had not sent if they do not, which is counted, and the rest is right",
      async () => {
        const report = await failOver(false);
        expect(report.wrong).toEqual([]);
        expect(report.troubles).toEqual({ failover: TIMES });
      },
      TIMES * MS_PER_FAILOVER + MS_BESIDE,
    );
  },
);

import { describe, expect, it } from "vitest";
import { runKills } from "./kill-run.js";

/** KILLS and KILL_SEED, as `npm run kill` takes them. */
const TIMES = Number(process.env.KILLS ?? 3);
const SEED = Number(process.env.KILL_SEED ?? 1);
const MS_PER_KILL = 60_000;

describe("a bot that is killed in the midst of votes", () => {
  it(
    "has every acknowledged vote once after its restart, no ballot that is stuck, and the right profiles",
    async () => {
      const report = await runKills({ times: TIMES, seed: SEED, say: console.log });
      console.log(JSON.stringify(report));
      expect(report.wrong).toEqual([]);
      expect(report.kills).toBe(TIMES);
    },
    (TIMES + 1) * MS_PER_KILL,
  );
});

import { describe, expect, it } from "vitest";
import { runKills } from "./kill-run.js";

/** KILLS, KILL_SEED and KILL_SWAP_EVERY, as `npm run kill` takes them. */
const TIMES = Number(process.env.KILLS ?? 3);
const SEED = Number(process.env.KILL_SEED ?? 1);
const SWAP_EVERY = Number(process.env.KILL_SWAP_EVERY ?? (process.env.KILLS ? 4 : 2));
const MS_PER_KILL = 60_000;
const MS_BESIDE = 300_000;

describe("a bot that is killed in the midst of votes", () => {
  it(
    "has every acknowledged vote once after its restart, no ballot that is stuck, and the right profiles",
    async () => {
      const options = { times: TIMES, seed: SEED, swapEvery: SWAP_EVERY };
      const report = await runKills({ ...options, say: console.log });
      console.log(JSON.stringify(report));
      expect(report.wrong).toEqual([]);
      expect(report.kills).toBe(TIMES);
    },
    TIMES * MS_PER_KILL + MS_BESIDE,
  );
});

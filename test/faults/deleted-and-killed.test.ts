/** `DELETION_KILLS=50 npx vitest run test/faults/deleted-and-killed.test.ts` does it at greater length. */
import { afterEach, describe, expect, it } from "vitest";
import { DeletionRun } from "./deletion-run.js";

const { DELETION_KILLS = "3", DELETION_SEED = "1" } = process.env;
const TIME_MS = 3_600_000;

describe("whoever had everything deleted is in no byte of any file, whenever the process is killed", () => {
  let run: DeletionRun | undefined;
  afterEach(() => run?.close());

  for (const key of ["with", "without"] as const) {
    it(
      `${key} a key for texts`,
      async () => {
        run = await DeletionRun.start(Number(DELETION_SEED), key === "with");
        for (let kill = 0; kill < Number(DELETION_KILLS); kill++) {
          await run.liveAndDie(kill);
          expect(run.wrong).toEqual([]);
        }
        await run.lastLife();
        expect(run.wrong).toEqual([]);
        expect(run.deleted.length).toBeGreaterThan(0);
        console.log(run.counts());
      },
      TIME_MS,
    );
  }
});

import { describe, expect, it } from "vitest";
import { spendBill } from "./fleet/bill-run.js";
import { startDatabase } from "./fleet/run-database.js";

/** FLEET_BILLS, FLEET_BOTS and KILL_SEED, as `npm run kill` sets them; none in the suite. */
const { FLEET_BILLS = "0", FLEET_BOTS = "3" } = process.env;
const SEED = Number(process.env.KILL_SEED ?? 1);
const MS_PER_BILL = 900_000;

describe.skipIf(FLEET_BILLS === "0")(
  "the day's tokens of several bots, of which some are killed",
  () => {
    it(
      "are never exceeded, and most of them are spent",
      async () => {
        const database = await startDatabase();
        const bill = await spendBill({ bots: Number(FLEET_BOTS), seed: SEED, database });
        console.log(JSON.stringify({ bill }));
        expect(bill.spent).toBeLessThanOrEqual(bill.bound);
        expect(bill.spent).toBeGreaterThan(bill.bound / 3);
      },
      MS_PER_BILL,
    );
  },
);

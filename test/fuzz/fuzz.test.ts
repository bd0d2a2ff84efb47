/**
 * Random events, interactions and records against the real handlers. `npm run fuzz -- --runs 100000
 * --seed 1` tries more of them than the few that every test run does.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arbitraryText } from "../support/arbitrary-text.js";
import { type FuzzWorld, startFuzzWorld } from "./fuzz-world.js";
import { mutations } from "./mutations.js";
import { type Case, CaseRunner } from "./run-case.js";

const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
/** Of a counterexample, as it was printed: only that is tried. */
const PATH = process.env.FUZZ_PATH;
const HOURS = 60 * 60 * 1_000;
const REPORT_EVERY = 5_000;

describe("whatever Discord sends and the store holds", () => {
  let world: FuzzWorld;
  let runner: CaseRunner;
  beforeAll(async () => {
    world = await startFuzzWorld();
    runner = new CaseRunner(world);
    await runner.start();
  });
  afterAll(async () => {
    runner.stop();
    await world.close();
  });

  it(
    "ends no process, is caught, and changes no record but the sender's own",
    async () => {
      const counts = { event: 0, interaction: 0, record: 0 };
      const property = fc.asyncProperty(arbitraryCase(world.ids), async (one) => {
        await runner.run(one);
        counts[one.kind]++;
        const total = counts.event + counts.interaction + counts.record;
        if (total % REPORT_EVERY === 0) console.log(total, JSON.stringify(counts));
      });
      await fc.assert(property, { numRuns: RUNS, seed: SEED, ...(PATH && { path: PATH }) });
      console.log(`Tried ${JSON.stringify(counts)}; ${runner.restarts} restarts of the bot.`);
      expect(counts.event).toBeGreaterThan(0);
      expect(counts.interaction).toBeGreaterThan(0);
      expect(counts.record).toBeGreaterThan(0);
    },
    6 * HOURS,
  );
});

function arbitraryCase(ids: readonly string[]): fc.Arbitrary<Case> {
  const texts = fc.oneof(
    arbitraryText(),
    fc.constantFrom(...ids, "__proto__", "", "!plain", "constructor", "a:b:c", "x".repeat(2_000)),
  );
  return fc.record<Case>({
    kind: fc.constantFrom("event", "event", "event", "interaction", "interaction", "record"),
    template: fc.nat(10_000),
    sender: fc.nat(3),
    text: texts,
    pick: fc.nat(5_000),
    mutations: mutations(ids),
  });
}

import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { ARMS } from "../../../src/lab/steer/arms.js";
import { type Wish, writeText } from "../../../src/lab/steer/generator.js";
import { createPeople } from "../../../src/lab/steer/people.js";
import { deckPool } from "../../../src/lab/steer/pools.js";
import { type ArmFigures, runReplay } from "../../../src/lab/steer/run-replay.js";

const pool = deckPool();
const SHORT: Wish = {
  directives: [{ axis: "length", pole: -1, dose: 3, words: 15 }],
  examples: [],
};

describe("the generator on real texts", () => {
  it("writes what is asked for when it obeys, and anything when it does not", () => {
    const random = createRandomGenerator(1);
    const words = (compliance: number) => {
      const rows = pool.rowsOf.map(
        (_, prompt) => writeText(pool, prompt, SHORT, compliance, new Set(), random)!,
      );
      return rows.reduce((sum, row) => sum + pool.words[row]!, 0) / rows.length;
    };
    expect(words(1)).toBeLessThan(0.6 * words(0));
  });

  it("writes no text twice for one answer, and none when all are taken", () => {
    const random = createRandomGenerator(2);
    const taken = new Set<number>();
    const texts = pool.rowsOf[0]!.length;
    for (let text = 0; text < texts; text++) {
      taken.add(writeText(pool, 0, SHORT, 1, taken, random)!);
    }
    expect(taken.size).toBe(texts);
    expect(writeText(pool, 0, SHORT, 1, taken, random)).toBeUndefined();
  });
});

describe("planted people", () => {
  it("differ, and feel nothing about a prompt as a whole", () => {
    const draw = createPeople(pool, createRandomGenerator(3));
    const [first, second] = [draw(), draw()];
    expect(first).not.toEqual(second);
    for (const rows of pool.rowsOf) {
      expect(rows.reduce((sum, row) => sum + first[row]!, 0)).toBeCloseTo(0, 9);
    }
  });
});

describe("the replay", () => {
  it("gives the same report for the same seed, and finds steering useful where it is obeyed", async () => {
    const options = {
      arms: ARMS,
      compliances: [1],
      populations: 1,
      people: 12,
      checkpoints: [0, 10],
      seed: 4,
    };
    const report = await runReplay(pool, options);
    const few = { ...options, arms: ARMS.slice(-1), people: 3 };
    expect(await runReplay(pool, few)).toEqual(await runReplay(pool, few));
    const arm = (name: string) => report.arms.find((one) => one.arm === name) as ArmFigures;
    const sentUtility = (name: string) => arm(name).utility[1]!.mean;
    expect(sentUtility("steering alone")).toBeGreaterThan(sentUtility("plain"));
    expect(sentUtility("exploit × 4")).toBeGreaterThan(sentUtility("plain × 4"));
    expect(arm("plain × 4").utilityOver["plain × 4"]).toBeUndefined();
    expect(arm("spread").utilityOver["plain × 4"]![1]!.mean).toBeCloseTo(
      sentUtility("spread") - sentUtility("plain × 4"),
      9,
    );
    expect(report.oracle).toBeGreaterThan(sentUtility("spread"));
    expect(arm("spread, adaptive N").tokens[1]).toBeLessThan(arm("spread").tokens[1]!);
  });
});

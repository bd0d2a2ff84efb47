import { describe, expect, it } from "vitest";
import { limitTraining } from "../../../src/lab/figures/figure-data.js";
import { simulateDataset } from "../../../src/lab/figures/simulated-dataset.js";

const OPTIONS = { members: 9, votesEach: 7, newUsers: 4, poolPairs: 30, testPairs: 20, seed: 2 };

describe("the simulated data set", () => {
  const { items, newUsers, training } = simulateDataset(OPTIONS);

  it("has as many members, votes and pairs as were asked for", () => {
    expect(training).toMatchObject({ members: 9, count: 63 });
    expect(newUsers).toHaveLength(4);
    for (const { pool, test } of newUsers) expect([pool.count, test.count]).toEqual([30, 20]);
    expect(items.features).toHaveLength(items.count * items.dimensions);
    expect(items.features.every(Number.isFinite)).toBe(true);
  });

  it("compares different answers to one prompt, and tests on prompts that nothing else has", () => {
    const pairs = [training, ...newUsers.flatMap(({ pool, test }) => [pool, test])];
    for (const { a, b } of pairs) {
      a.forEach((item, at) => {
        expect(item).not.toBe(b[at]);
        expect(items.promptOf[item]).toBe(items.promptOf[b[at]!]);
      });
    }
    const promptsOf = (rows: Int32Array[]) =>
      new Set(rows.flatMap((own) => [...own].map((item) => items.promptOf[item]!)));
    const tested = promptsOf(newUsers.map(({ test }) => test.a));
    for (const prompt of promptsOf([training.a, ...newUsers.map(({ pool }) => pool.a)])) {
      expect(tested.has(prompt)).toBe(false);
    }
  });

  it("is the same for the same seed alone", () => {
    expect(simulateDataset(OPTIONS).training).toEqual(training);
    expect(simulateDataset({ ...OPTIONS, seed: 3 }).training).not.toEqual(training);
  });

  it("can be cut down to the first votes of the first members", () => {
    const cut = limitTraining(training, 3, 5);
    expect(cut).toMatchObject({ members: 3, count: 15 });
    expect([...cut.memberOf]).toEqual([0, 1, 2].flatMap((member) => Array(5).fill(member)));
    expect([...cut.a.subarray(5, 10)]).toEqual([...training.a.subarray(7, 12)]);
    expect(limitTraining(training, 9, 7)).toEqual(training);
  });
});

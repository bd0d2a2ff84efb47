import { describe, expect, it } from "vitest";
import { ACQUISITIONS, type Acquisition } from "../../../models/acquisition/scores.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { estimateUserWeights } from "../../../models/rewards/user-weights.js";
import type { LabelledPairs } from "../../../src/lab/evaluate/dataset.js";
import { interview } from "../../../src/lab/evaluate/interview.js";
import { randomMatrix } from "../../support/random-problems.js";

const ITEMS = 12;
const RANK = 3;

describe("an interview", () => {
  const random = createRandomGenerator(3);
  const features = Float32Array.from(randomMatrix(random, ITEMS * RANK));
  const model: BaseRewardModel = {
    version: "test",
    encoderId: "test",
    rank: RANK,
    dimensions: RANK,
    weights: Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]),
    prior: { mean: new Float64Array(RANK), precision: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) },
    positionBias: 0,
    axes: [],
  };
  const baseRewards = computeBaseRewards(model, features);
  const pool = poolOf(20, random);

  it.each(Object.keys(ACQUISITIONS) as Acquisition[])(
    "by %s asks every pair once and ends with the weights of all answers",
    (acquisition) => {
      const options = { acquisition, random: createRandomGenerator(1) };
      const path = [...interview(model, baseRewards, pool, options)];
      expect(path.map(({ votes }) => votes)).toEqual([...Array(21).keys()]);
      const rows = (items: Int32Array) =>
        Float32Array.from(
          [...items].flatMap((item) => [...features.subarray(item * RANK, (item + 1) * RANK)]),
        );
      const together = estimateUserWeights(model, {
        count: pool.count,
        featuresA: rows(pool.a),
        featuresB: rows(pool.b),
        outcomes: pool.outcomes,
        positions: new Float32Array(pool.count),
        weights: new Float32Array(pool.count).fill(1),
      });
      path.at(-1)!.weights.forEach((weight, axis) => {
        expect(weight).toBeCloseTo(together.weights[axis]!, 6);
      });
    },
  );

  it("with a taste that turns gets the other answer from then on", () => {
    const options = { acquisition: "bald", random: createRandomGenerator(1) } as const;
    const steady = [...interview(model, baseRewards, pool, options)];
    const changing = [...interview(model, baseRewards, pool, { ...options, changeAt: 5 })];
    expect(changing.slice(0, 6)).toEqual(steady.slice(0, 6));
    expect(changing[6]).not.toEqual(steady[6]);
  });

  it("counts old answers less where votes have a half-life", () => {
    const options = { acquisition: "ellipsoid", random: createRandomGenerator(1) } as const;
    const plain = [...interview(model, baseRewards, pool, options)].at(-1)!;
    const decayed = [...interview(model, baseRewards, pool, { ...options, halfLife: 3 })].at(-1)!;
    // Less weight in all: the ellipsoid stays wider along every axis.
    for (let axis = 0; axis < RANK; axis++) {
      expect(decayed.cholesky[axis * (RANK + 1)]).toBeLessThan(plain.cholesky[axis * (RANK + 1)]!);
    }
  });

  it("ends where no pair is left whose responses differ", () => {
    const alike = new Float64Array(ITEMS * RANK).fill(2);
    const options = { acquisition: "ellipsoid", random } as const;
    expect([...interview(model, alike, pool, options)]).toHaveLength(1);
  });
});

function poolOf(count: number, random: () => number): LabelledPairs {
  const a = Int32Array.from({ length: count }, () => Math.floor(random() * ITEMS));
  return {
    count,
    a,
    b: a.map((item) => (item + 1 + Math.floor(random() * (ITEMS - 1))) % ITEMS),
    outcomes: Float32Array.from({ length: count }, () => (random() < 0.5 ? 1 : 0)),
  };
}

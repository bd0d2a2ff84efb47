import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { populationAfter } from "../../../models/training/choose/choose-settings.js";
import { ofMembers } from "../../../models/training/collusion/select-members.js";
import { trustedMembers } from "../../../models/training/collusion/trust.js";
import { flatPopulation } from "../../../models/training/estimate/implied-population.js";
import {
  differenceScales,
  prepareTrainingData,
  type TrainingData,
} from "../../../models/training/estimate/training-data.js";
import { type StrategyName, withColluders } from "../../../src/lab/attacks/colluders.js";
import {
  KIND_NAMES,
  type KindName,
  plantDataset,
} from "../../../src/lab/evaluate/planted-dataset.js";
import { poolComparisons } from "../../../src/lab/evaluate/train-model.js";
import { capShares } from "../../../src/training/share-cap.js";
import { plantMembers } from "../../support/planted-members.js";

const DIMENSIONS = 12;
const HONEST = 40;
const COLLUDERS = 10;
const VOTES = 30;

describe("whose votes are trained with", () => {
  it("are not those of accounts who all vote for one thing, while nine in ten of the others stay", () => {
    const pooled = attacked((a, b) => (a[5]! - a[6]! > b[5]! - b[6]! ? 1 : 0));
    const members = trust(pooled);
    expect(members.filter((member) => member >= HONEST)).toEqual([]);
    expect(members.length).toBeGreaterThanOrEqual(0.9 * HONEST);
    const kept = ofMembers(pooled, members);
    expect(kept.count).toBe(members.length * VOTES);
    expect([...new Set(kept.memberOf)]).toEqual([...members]);
  });

  it("are not those of a bloc in a population that is larger than the sample it is found in", () => {
    const plan = { members: 400, strategy: "contrary", seed: 2 } as const;
    const { honest, data } = attackedPopulation("sparse", plan);
    const members = trustOf(data);
    const colluders = data.members - honest;
    expect(members.filter((member) => member >= honest).length).toBeLessThan(0.1 * colluders);
    expect(members.filter((member) => member < honest).length).toBeGreaterThan(0.97 * honest);
  });

  it("are everybody's where people only differ, of whatever kind, and where few vote by chance", () => {
    const populations = KIND_NAMES.flatMap((kind) =>
      [1, 2, 3].map((seed) => [kind, seed] as const),
    );
    const left = populations.filter(([kind, seed]) => {
      const { training, items } = plantDataset(kind, { newUsers: 0 }, createRandomGenerator(seed));
      const data = dataOf(poolComparisons(items, training), items.dimensions);
      return trustOf(data).length < data.members;
    });
    expect(left.length).toBeLessThanOrEqual(1);
    const random = createRandomGenerator(4);
    const pooled = honest(1);
    for (let row = 0; row < 3 * VOTES; row++) pooled.outcomes[row] = random() < 0.5 ? 1 : 0;
    expect(trust(pooled)).toHaveLength(HONEST);
  });

  it("move what others are predicted by a bounded amount, whatever one member votes and how often", () => {
    const plain = honest(7);
    const before = predictions(plain);
    const votes = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: VOTES, maxLength: 300 });
    fc.assert(
      fc.property(votes, fc.boolean(), (outcomes, alike) => {
        const changed = { ...plain, outcomes: plain.outcomes.slice() };
        const extra = alike ? outcomes.map(() => 1) : outcomes;
        const after = predictions(withVotesOfFirst(changed, extra));
        const moved = after.map((probability, at) => Math.abs(probability - before[at]!));
        const mean = moved.reduce((sum, value) => sum + value, 0) / moved.length;
        // An equal share is 1 / 40; the cap allows a tenth of all weight.
        expect(mean).toBeLessThan(0.05);
      }),
      { numRuns: 8 },
    );
  });
});

function trust(pooled: PooledComparisons) {
  return trustOf(dataOf(pooled, DIMENSIONS));
}

function trustOf(data: TrainingData) {
  return trustedMembers(data, [...Array(data.members).keys()], createRandomGenerator(1));
}

function dataOf(pooled: PooledComparisons, dimensions: number) {
  return prepareTrainingData(pooled, dimensions, differenceScales(pooled, dimensions));
}

function attackedPopulation(
  kind: KindName,
  plan: { members: number; strategy: StrategyName; seed: number },
) {
  const random = createRandomGenerator(plan.seed);
  const { items, training } = plantDataset(kind, { members: plan.members, newUsers: 0 }, random);
  const attacked = withColluders({ items, training }, plan.strategy, 0.2, random);
  return {
    honest: training.members,
    data: dataOf(poolComparisons(items, attacked), items.dimensions),
  };
}

/** Members who differ in three directions. */
function honest(seed: number, members = HONEST): PooledComparisons {
  return plantMembers({
    members,
    votesEach: VOTES,
    dimensions: DIMENSIONS,
    seed,
    baseRewards: (features) => [
      features[0]! + features[1]!,
      features[2]! - features[3]!,
      features[4]! + features[0]!,
    ],
  });
}

/** Honest members and others who all vote as `vote` says. */
function attacked(vote: (a: Float32Array, b: Float32Array) => number): PooledComparisons {
  const pooled = honest(1, HONEST + COLLUDERS);
  for (let row = HONEST * VOTES; row < pooled.count; row++) {
    const own = (features: Float32Array) =>
      features.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
    pooled.outcomes[row] = vote(own(pooled.featuresA), own(pooled.featuresB));
  }
  return pooled;
}

/** The first member votes `outcomes` instead, on everybody's pairs in turn. */
function withVotesOfFirst(pooled: PooledComparisons, outcomes: readonly number[]) {
  const rest = [...Array(pooled.count - VOTES).keys()].map((row) => row + VOTES);
  const rows = [...outcomes.keys(), ...rest];
  const pick = (values: Float32Array, size: number) =>
    Float32Array.from(rows.flatMap((row) => [...values.subarray(row * size, (row + 1) * size)]));
  const count = rows.length;
  const weights = new Float32Array(count).fill(1);
  const memberOf = Int32Array.from(rows, (row, at) =>
    at < outcomes.length ? 0 : pooled.memberOf[row]!,
  );
  capShares(weights, memberOf, pooled.members);
  const changed = pick(pooled.outcomes, 1);
  changed.set(outcomes);
  return {
    ...{ count, weights, memberOf, members: pooled.members, outcomes: changed },
    featuresA: pick(pooled.featuresA, DIMENSIONS),
    featuresB: pick(pooled.featuresB, DIMENSIONS),
    positions: new Float32Array(count),
  };
}

/** P(a ≻ b) of the average member for a fixed set of pairs, those of the last member. */
function predictions(pooled: PooledComparisons): number[] {
  const scales = differenceScales(pooled, DIMENSIONS);
  const data = prepareTrainingData(pooled, DIMENSIONS, scales);
  const members = [...Array(data.members).keys()];
  const settings = { rounds: 4, shrinkage: 30, target: "independent" } as const;
  const { mean } = populationAfter(data, members, settings, flatPopulation(DIMENSIONS));
  return Array.from({ length: VOTES }, (_, vote) => {
    const row = (pooled.count - VOTES + vote) * DIMENSIONS;
    const logit = mean.reduce((sum, weight, at) => {
      const difference = pooled.featuresA[row + at]! - pooled.featuresB[row + at]!;
      return sum + weight * scales[at]! * difference;
    }, 0);
    return 1 / (1 + Math.exp(-logit));
  });
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { choosePersonalShare } from "../../../models/training/choose/choose-share.js";
import { factorise, leadingDirections } from "../../../models/training/estimate/factorise.js";
import {
  differenceScales,
  prepareTrainingData,
  secondMoment,
} from "../../../models/training/estimate/training-data.js";
import { splitIntoFolds } from "../../../models/training/validate/folds.js";
import {
  drawHeldOut,
  partsOf,
  withoutResponsesOf,
} from "../../../models/training/validate/held-out-prompts.js";
import { plantMembers } from "../../support/planted-members.js";

const SIZE = 6;

function dataOf(pooled: PooledComparisons, dimensions = SIZE) {
  return prepareTrainingData(pooled, dimensions, differenceScales(pooled, dimensions));
}

/** What is chosen for members whose tastes differ by `spread` under a model that takes them to differ by 1. */
function shareOf(spread: number, members: number, votesEach: number) {
  const random = createRandomGenerator(5);
  const pooled = plantMembers({
    members,
    votesEach,
    dimensions: SIZE,
    seed: 7,
    mean: 1 / spread,
    baseRewards: (features) => [...features.slice(0, 3)].map((value) => spread * value),
  });
  const data = dataOf(pooled);
  const everybody = Array.from({ length: members }, (_, member) => member);
  const folds = splitIntoFolds(everybody, random, {
    mostTraining: members,
    canBeHeldOut: () => true,
  });
  const covariance = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) covariance[i * (SIZE + 1)] = i < 3 ? 2 : 1e-6;
  const mean = Float64Array.from({ length: SIZE }, (_, i) => (i < 3 ? Math.SQRT2 : 0));
  const directions = leadingDirections({ mean, covariance, positionBias: 0 }, secondMoment(data));
  const population = { mean, covariance, positionBias: 0 };
  const model = factorise(population, directions, { rank: 3, attenuated: false });
  const models = folds.map(() => model);
  return choosePersonalShare({ data, folds, models, train: () => model, random }).personalShare;
}

function areApart(first: ReadonlySet<number>, second: ReadonlySet<number>): boolean {
  return [...first].every((value) => !second.has(value));
}

describe("how personal to be", () => {
  it("is in full where members differ as the model says", () => {
    expect(shareOf(1, 60, 30)).toBe(1);
  });

  it("is little or nothing where members agree and the model says that they differ", () => {
    expect(shareOf(0.02, 60, 30)).toBeLessThanOrEqual(0.25);
  });

  it("stays in full where next to nobody has voted", () => {
    expect(shareOf(0.02, 8, 4)).toBe(1);
  });
});

describe("prompts that are held out", () => {
  /** Members vote on prompts with four responses each, of which some are the same for all. */
  const votes = fc.record({
    members: fc.integer({ min: 2, max: 8 }),
    votesEach: fc.integer({ min: 1, max: 20 }),
    prompts: fc.integer({ min: 1, max: 12 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  });

  function plant({
    members,
    votesEach,
    prompts,
    seed,
  }: typeof votes extends fc.Arbitrary<infer V> ? V : never) {
    const random = createRandomGenerator(seed);
    const responses = Array.from({ length: 4 * prompts }, () =>
      Float32Array.from({ length: SIZE }, () => drawStandardNormal(random)),
    );
    const count = members * votesEach;
    const featuresA = new Float32Array(count * SIZE);
    const featuresB = new Float32Array(count * SIZE);
    for (let row = 0; row < count; row++) {
      const prompt = Math.floor(random() * prompts);
      const first = Math.floor(4 * random());
      const second = (first + 1 + Math.floor(3 * random())) % 4;
      featuresA.set(responses[4 * prompt + first]!, row * SIZE);
      featuresB.set(responses[4 * prompt + second]!, row * SIZE);
    }
    return dataOf({
      count,
      featuresA,
      featuresB,
      outcomes: new Float32Array(count).fill(1),
      positions: new Float32Array(count),
      weights: new Float32Array(count).fill(1),
      members,
      memberOf: Int32Array.from({ length: count }, (_, row) => row % members),
    });
  }

  it("leave no response both asked and predicted, nor one in training that is predicted", () => {
    fc.assert(
      fc.property(votes, (planted) => {
        const data = plant(planted);
        const heldOut = drawHeldOut(data, createRandomGenerator(planted.seed));
        const parts = Array.from({ length: data.members }, (_, member) =>
          partsOf(data, member, heldOut),
        );
        const shown = (rows: readonly number[], of = data) =>
          new Set(rows.flatMap((row) => [...of.responses.subarray(2 * row, 2 * row + 2)]));
        for (const { asked, predicted } of parts) {
          expect(areApart(shown(asked), shown(predicted))).toBe(true);
        }
        const predicted = parts.flatMap((own) => own.predicted);
        const left = withoutResponsesOf(data, predicted);
        if (left === undefined) return;
        const rows = Array.from({ length: left.count }, (_, row) => row);
        expect(areApart(shown(rows, left), shown(predicted))).toBe(true);
        expect(left.starts.at(-1)).toBe(left.count);
        for (let member = 0; member < data.members; member++) {
          const [from, to] = [left.starts[member]!, left.starts[member + 1]!];
          for (let row = from; row < to; row++) {
            expect(left.pooled.memberOf[left.order[row]!]).toBe(member);
          }
        }
      }),
    );
  });

  it("can't be where every response has a feature of its own", () => {
    const count = 40;
    const featuresA = new Float32Array(count * 20);
    const featuresB = new Float32Array(count * 20);
    for (let row = 0; row < count; row++) {
      featuresA[row * 20 + (row % 20)] = 1;
      featuresB[row * 20 + ((row + 1) % 20)] = 1;
    }
    const ones = new Float32Array(count).fill(1);
    const memberOf = Int32Array.from({ length: count }, (_, row) => row % 4);
    const positions = new Float32Array(count);
    const shape = { count, members: 4, memberOf, positions, outcomes: ones, weights: ones };
    const data = dataOf({ ...shape, featuresA, featuresB }, 20);
    expect(withoutResponsesOf(data, [0, 5, 9])).toBeUndefined();
  });
});

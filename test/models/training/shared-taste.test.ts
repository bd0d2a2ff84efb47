import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { flatPopulation } from "../../../models/training/estimate/implied-population.js";
import type { Population } from "../../../models/training/estimate/member-posterior.js";
import { foretells, withoutMean } from "../../../models/training/estimate/shared-taste.js";
import {
  differenceScales,
  prepareTrainingData,
  secondMoment,
} from "../../../models/training/estimate/training-data.js";
import { splitIntoFolds } from "../../../models/training/validate/folds.js";
import { plantMembers } from "../../support/planted-members.js";
import { randomMatrix, randomPositiveDefinite } from "../../support/random-problems.js";

const SIZE = 4;

/** Members who like the first feature by `taste` on average, and a mean that says they like it. */
function shareTaste(taste: number): boolean {
  const pooled = plantMembers({
    members: 40,
    votesEach: 20,
    dimensions: SIZE,
    seed: 3,
    mean: taste,
    baseRewards: ([x]) => [x!],
  });
  const data = prepareTrainingData(pooled, SIZE, differenceScales(pooled, SIZE));
  const members = Array.from({ length: 40 }, (_, member) => member);
  const folds = splitIntoFolds(members, createRandomGenerator(1), {
    mostTraining: 40,
    canBeHeldOut: () => true,
  });
  const population = { ...flatPopulation(SIZE), mean: Float64Array.of(1, 0, 0, 0) };
  return foretells(
    { data, folds, moment: secondMoment(data) },
    folds.map(() => population),
  );
}

describe("a taste that members share", () => {
  it("is kept where it foretells members who had no part in it", () => {
    expect(shareTaste(1)).toBe(true);
  });

  it("is given up where others are as likely to have the opposite one", () => {
    expect(shareTaste(0)).toBe(false);
    expect(shareTaste(-1)).toBe(false);
  });

  it("becomes spread when it is given up, so that E ββᵀ stays", () => {
    const random = createRandomGenerator(2);
    const population: Population = {
      mean: randomMatrix(random, SIZE),
      covariance: randomPositiveDefinite(random, SIZE, 0.5),
      positionBias: 0.3,
    };
    const without = withoutMean(population);
    expect([...without.mean]).toEqual([0, 0, 0, 0]);
    expect(without.positionBias).toBe(0.3);
    for (let at = 0; at < SIZE ** 2; at++) {
      const product = population.mean[Math.floor(at / SIZE)]! * population.mean[at % SIZE]!;
      expect(without.covariance[at]).toBeCloseTo(population.covariance[at]! + product, 12);
    }
  });
});

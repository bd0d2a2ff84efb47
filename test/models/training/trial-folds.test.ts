import { describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import {
  differenceScales,
  prepareTrainingData,
  type TrainingData,
} from "../../../models/training/estimate/training-data.js";
import { splitIntoFolds } from "../../../models/training/validate/folds.js";
import { drawHeldOut } from "../../../models/training/validate/held-out-prompts.js";
import { onNewPrompts, type TrialFold } from "../../../models/training/validate/trial-folds.js";
import { plantMembers } from "../../support/planted-members.js";

const SIZE = 6;
const MEMBERS = 30;

function foldsOf(pooled: PooledComparisons): { data: TrainingData; folds: TrialFold[] } {
  const data = prepareTrainingData(pooled, SIZE, differenceScales(pooled, SIZE));
  const random = createRandomGenerator(2);
  const everybody = Array.from({ length: MEMBERS }, (_, member) => member);
  const people = { mostTraining: MEMBERS, canBeHeldOut: () => true };
  const folds = splitIntoFolds(everybody, random, people);
  const prompts = drawHeldOut(data, random);
  return { data, folds: folds.map((fold) => onNewPrompts(data, fold, prompts)!) };
}

/** Everybody votes on the same twenty prompts of four responses each. */
function votesOnTheSamePrompts(): PooledComparisons {
  const random = createRandomGenerator(1);
  const responses = Array.from({ length: 80 }, () =>
    Float32Array.from({ length: SIZE }, () => drawStandardNormal(random)),
  );
  const count = 20 * MEMBERS;
  const featuresA = new Float32Array(count * SIZE);
  const featuresB = new Float32Array(count * SIZE);
  for (let row = 0; row < count; row++) {
    const prompt = row % 20;
    const first = Math.floor(4 * random());
    featuresA.set(responses[4 * prompt + first]!, row * SIZE);
    featuresB.set(responses[4 * prompt + ((first + 1) % 4)]!, row * SIZE);
  }
  return {
    count,
    featuresA,
    featuresB,
    outcomes: Float32Array.from({ length: count }, () => Math.round(random())),
    positions: new Float32Array(count),
    weights: new Float32Array(count).fill(1),
    members: MEMBERS,
    memberOf: Int32Array.from({ length: count }, (_, row) => Math.floor(row / 20)),
  };
}

function shown({ responses }: TrainingData, rows: readonly number[]): Set<number> {
  return new Set(rows.flatMap((row) => [...responses.subarray(2 * row, 2 * row + 2)]));
}

describe("folds to try settings on", () => {
  it("train on no response that a held-out member is predicted on", () => {
    const { data, folds } = foldsOf(votesOnTheSamePrompts());
    for (const { heldOut, rowsOf, seen } of folds) {
      expect(seen.count).toBeLessThan(data.count);
      expect(heldOut.length).toBeGreaterThan(0);
      const known = shown(seen, [...Array(seen.count).keys()]);
      for (const member of heldOut) {
        const { answered, rows } = rowsOf.get(member)!;
        const predicted = shown(data, rows.slice(answered));
        expect(predicted.size).toBeGreaterThan(0);
        expect([...predicted].filter((response) => known.has(response))).toEqual([]);
        const asked = shown(data, rows.slice(0, answered));
        expect([...predicted].filter((response) => asked.has(response))).toEqual([]);
      }
    }
  });

  it("train on all votes where no two members were asked about the same responses", () => {
    const { data, folds } = foldsOf(
      plantMembers({
        members: MEMBERS,
        votesEach: 12,
        dimensions: SIZE,
        seed: 3,
        baseRewards: ([x]) => [x!],
      }),
    );
    for (const fold of folds) {
      expect(fold.seen).toBe(data);
      expect(fold.heldOut.length).toBeGreaterThan(0);
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cholesky, choleskySolve } from "../../../models/algebra/linear-algebra.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import {
  estimateUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../models/rewards/user-weights.js";
import { type DirectiveOptions, directivesFor } from "../../../models/steering/directives.js";
import { stancesOf } from "../../../models/steering/stances.js";
import { allSentences, sentenceOf } from "../../../models/steering/vocabulary.js";
import { randomMatrix, randomPositiveDefinite } from "../../support/random-problems.js";
import { DECK_FEATURES, DECK_PROMPT_OF, deckGains } from "./deck-gains.js";

const starter = createStarterModel();
const gains = deckGains(starter);
const LENGTHS = { usual: 80, covered: [20, 300], logDeviation: 0.6 } as const;
const options = (votes: number): DirectiveOptions => ({ votes, lengths: LENGTHS });

/** A member with these weights of whom every direction is known with this precision. */
function member(weights: readonly number[], precision: number): UserWeights {
  const root = new Float64Array(starter.rank ** 2);
  for (let axis = 0; axis < starter.rank; axis++) {
    root[axis * starter.rank + axis] = Math.sqrt(precision);
  }
  return {
    weights: Float64Array.from(weights),
    cholesky: root,
    votes: 10,
    modelVersion: starter.version,
  };
}

function stances(userWeights: UserWeights, personalShare = 1) {
  return stancesOf({ gains, userWeights, prior: starter.prior, personalShare });
}

const weights = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
  minLength: starter.rank,
  maxLength: starter.rank,
});

describe("directives", () => {
  it("are none before the first vote, whatever the weights", () => {
    fc.assert(
      fc.property(weights, (values) => {
        expect(directivesFor(stances(member(values, 1e6)), options(0))).toEqual([]);
      }),
    );
  });

  it("are none while the ellipsoid is wide", () => {
    fc.assert(
      fc.property(weights, (values) => {
        const small = values.map((value) => value / 50);
        expect(directivesFor(stances(member(small, 0.01)), options(10))).toEqual([]);
      }),
    );
  });

  it("turn round with λ", () => {
    fc.assert(
      fc.property(weights, (values) => {
        const there = directivesFor(stances(member(values, 1e4)), options(10));
        const negative = values.map((value) => -value);
        const back = directivesFor(stances(member(negative, 1e4)), options(10));
        expect(back.map(({ axis, pole, dose }) => ({ axis, pole: -pole, dose }))).toEqual(
          there.map(({ axis, pole, dose }) => ({ axis, pole, dose })),
        );
      }),
    );
  });

  it("are at most three, in words of the table, and short", () => {
    const known = new Set(allSentences());
    fc.assert(
      fc.property(weights, fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (values, precision) => {
        const sentences = directivesFor(stances(member(values, precision)), options(10)).map(
          sentenceOf,
        );
        expect(sentences.length).toBeLessThanOrEqual(3);
        expect(sentences.every((sentence) => known.has(sentence))).toBe(true);
        // Tokens of English are longer than three characters on average.
        expect(sentences.join(" ").length / 3).toBeLessThanOrEqual(40);
      }),
    );
  });

  it("stay within the lengths that the member's votes covered", () => {
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 10, max: 300 }),
        fc.integer({ min: 0, max: 400 }),
        (values, least, more) => {
          const lengths = { ...LENGTHS, covered: [least, least + more] as const };
          const asked = directivesFor(stances(member(values, 1e4)), { votes: 10, lengths });
          const words = asked.find(({ axis }) => axis === "length")?.words;
          if (words === undefined) return;
          expect(words).toBeGreaterThanOrEqual(least * 0.7);
          expect(words).toBeLessThanOrEqual((least + more) * 1.4);
        },
      ),
    );
  });

  it("stay within bounds for somebody who votes the same way for ever", () => {
    const pairs = pairsOfLength();
    const always = (count: number) => {
      const userWeights = estimateUserWeights(starter, repeated(pairs, count));
      return directivesFor(stances(userWeights), options(count));
    };
    const after = [10, 100, 1_000].map(always);
    for (const asked of after) {
      expect(asked.length).toBeLessThanOrEqual(3);
      const length = asked.find(({ axis }) => axis === "length");
      expect(length?.pole).toBe(1);
      expect(length?.words).toBeLessThanOrEqual(300);
    }
  });

  it("say nothing personal with κ = 0", () => {
    fc.assert(
      fc.property(weights, (values) => {
        expect(directivesFor(stances(member(values, 1e6), 0), options(10))).toEqual([]);
      }),
    );
  });

  it("are the same after any invertible change of φ's basis", () => {
    const random = createRandomGenerator(3);
    for (let repetition = 0; repetition < 100; repetition++) {
      const values = randomMatrix(random, starter.rank, 2);
      const hessian = randomPositiveDefinite(random, starter.rank, 0.5).map((value) => value * 20);
      const change = randomPositiveDefinite(random, starter.rank, 0.3);
      const before = stancesOf({
        gains,
        userWeights: known(values, hessian),
        prior: starter.prior,
        personalShare: 1,
      });
      const model = changedBasis(change);
      const after = stancesOf({
        gains: deckGains(model),
        userWeights: known(dual(change, values), congruent(change, hessian)),
        prior: { ...starter.prior, mean: dual(change, starter.prior.mean) },
        personalShare: 1,
      });
      after.forEach(({ mean, deviation, certainty }, at) => {
        expect(mean).toBeCloseTo(before[at]!.mean, 4);
        expect(deviation).toBeCloseTo(before[at]!.deviation, 4);
        expect(certainty).toBeCloseTo(before[at]!.certainty, 4);
      });
    }
  });

  it("speak of an axis with the probability that its sign is right, as drawing λ finds", () => {
    const random = createRandomGenerator(5);
    const userWeights = known(
      randomMatrix(random, starter.rank, 1),
      randomPositiveDefinite(random, starter.rank, 2),
    );
    const draws = 4_000;
    const positive = new Float64Array(6);
    for (let draw = 0; draw < draws; draw++) {
      const normal = randomMatrix(random, starter.rank);
      const weightsDrawn = drawFrom(userWeights, normal);
      for (let axis = 0; axis < 6; axis++) {
        const gain = gains.gains.subarray(axis * starter.rank, (axis + 1) * starter.rank);
        const along = gain.reduce((sum, value, j) => sum + value * weightsDrawn[j]!, 0);
        if (along > 0) positive[axis]! += 1 / draws;
      }
    }
    stances(userWeights).forEach(({ certainty }, axis) => {
      const seen = Math.max(positive[axis]!, 1 - positive[axis]!);
      expect(Math.abs(certainty - seen)).toBeLessThan(0.03);
    });
  });
});

/** One comparison for each prompt of the deck: its longest answer against its shortest. */
function pairsOfLength(): [number, number][] {
  const rows = new Map<number, number[]>();
  DECK_PROMPT_OF.forEach((prompt, row) => {
    rows.set(prompt, [...(rows.get(prompt) ?? []), row]);
  });
  const length = (row: number) => DECK_FEATURES[row * starter.dimensions]!;
  return [...rows.values()].map((own) => {
    const sorted = [...own].sort((first, second) => length(second) - length(first));
    return [sorted[0]!, sorted.at(-1)!];
  });
}

function repeated(pairs: readonly [number, number][], count: number) {
  const side = (which: 0 | 1) => {
    const features = new Float32Array(count * starter.dimensions);
    for (let vote = 0; vote < count; vote++) {
      const row = pairs[vote % pairs.length]![which];
      const from = row * starter.dimensions;
      features.set(
        DECK_FEATURES.subarray(from, from + starter.dimensions),
        vote * starter.dimensions,
      );
    }
    return features;
  };
  return {
    count,
    featuresA: side(0),
    featuresB: side(1),
    outcomes: new Float32Array(count).fill(1),
    positions: new Float32Array(count),
    weights: new Float32Array(count).fill(1),
  };
}

function known(values: Float64Array, hessian: Float64Array): UserWeights {
  const { rank, version } = starter;
  return {
    weights: values,
    cholesky: cholesky(hessian, rank),
    votes: 10,
    modelVersion: version,
  };
}

/** The starter with φ′ = Aφ. */
function changedBasis(change: Float64Array): BaseRewardModel {
  const { rank, dimensions, weights: old } = starter;
  const changed = new Float32Array(old.length);
  for (let row = 0; row < rank; row++) {
    for (let column = 0; column < dimensions; column++) {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += change[row * rank + k]! * old[k * dimensions + column]!;
      changed[row * dimensions + column] = sum;
    }
  }
  return { ...starter, weights: changed };
}

/** λ′ = A⁻ᵀλ; A is symmetric here. */
function dual(change: Float64Array, values: Float64Array): Float64Array {
  return choleskySolve(cholesky(change, starter.rank), values, starter.rank);
}

/** H′ = A H Aᵀ. */
function congruent(change: Float64Array, hessian: Float64Array): Float64Array {
  return product(product(change, hessian), change);
}

function product(first: Float64Array, second: Float64Array): Float64Array {
  const { rank } = starter;
  return Float64Array.from({ length: rank * rank }, (_, at) => {
    const [row, column] = [Math.floor(at / rank), at % rank];
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += first[row * rank + k]! * second[k * rank + column]!;
    return sum;
  });
}

/** λ̂ + L⁻ᵀe by back substitution. */
function drawFrom({ weights: mean, cholesky: lower }: UserWeights, normal: Float64Array) {
  const { rank } = starter;
  const away = normal.slice();
  for (let row = rank - 1; row >= 0; row--) {
    for (let k = row + 1; k < rank; k++) away[row]! -= lower[k * rank + row]! * away[k]!;
    away[row]! /= lower[row * rank + row]!;
  }
  return mean.map((value, at) => value + away[at]!);
}

describe("somebody new", () => {
  it("gets no directive from the population's mean either", () => {
    expect(directivesFor(stances(priorUserWeights(starter)), options(0))).toEqual([]);
  });

  it("never ask for a length on the other side of what is usual than the one that is wanted", () => {
    const bounds = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }));
    const usual = fc.integer({ min: 1, max: 600 });
    fc.assert(
      fc.property(weights, bounds, usual, (values, [one, other], usual) => {
        const covered = [Math.min(one, other), Math.max(one, other)] as const;
        const lengths = { usual, covered, logDeviation: 0.6 };
        const known = member(values, 1e4);
        const wanted = stances(known).find(({ axis }) => axis === "length")!.mean;
        const asked = directivesFor(stances(known), { votes: 10, lengths });
        const length = asked.find(({ axis }) => axis === "length");
        if (length !== undefined) expect((length.words! - usual) * wanted).toBeGreaterThan(0);
      }),
    );
  });
});

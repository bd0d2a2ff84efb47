import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { anotherAnswerOf, readVotes } from "../../../models/rewards/another-answer.js";
import {
  type BaseRewardModel,
  baseRewardDifferences,
} from "../../../models/rewards/base-rewards.js";
import type { Comparisons } from "../../../models/rewards/comparison.js";
import { estimateUserWeights, fitUserWeights } from "../../../models/rewards/user-weights.js";
import { randomMatrix } from "../../support/random-problems.js";
import { descendToUserWeights } from "../../support/slow-user-weights.js";

const DIMENSIONS = 3;

describe("user weights with votes by another answer", () => {
  it("are to the last bit what they were where there are no such votes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.integer(), (count, seed) => {
        const votes = drawVotes(count, seed);
        const model = { ...MODEL, anotherAnswer: { positionBias: -1, scale: 0.3 } };
        const plain = fitUserWeights({
          ...votes,
          rank: DIMENSIONS,
          differences: baseRewardDifferences(MODEL, votes.featuresA, votes.featuresB),
          positionBias: MODEL.positionBias,
          prior: MODEL.prior,
        });
        const marked = { ...votes, another: new Uint8Array(count) };
        for (const one of [votes, marked]) {
          const { weights, cholesky } = estimateUserWeights(model, one);
          expect(weights).toEqual(plain.weights);
          expect(cholesky).toEqual(plain.cholesky);
        }
      }),
    );
  });

  it("are those that a slow solver finds with the scale and the bias of each vote's source", () => {
    for (let seed = 0; seed < 100; seed++) {
      const model = { ...MODEL, anotherAnswer: { positionBias: -1.3, scale: 0.4 } };
      const another = Uint8Array.from({ length: 12 }, (_, row) => (row % 3 === 0 ? 1 : 0));
      const votes = { ...drawVotes(12, seed), another };
      const raw = baseRewardDifferences(model, votes.featuresA, votes.featuresB);
      const slow = descendToUserWeights({
        ...votes,
        rank: DIMENSIONS,
        differences: raw.map((z, at) => (another[Math.floor(at / DIMENSIONS)] ? 0.4 * z : z)),
        positions: Array.from(another, (by, row) => (by ? -1.3 : 0.2) * votes.positions[row]!),
        positionBias: 1,
        prior: model.prior,
      });
      estimateUserWeights(model, votes).weights.forEach((weight, axis) => {
        expect(Math.abs(weight - slow[axis]!)).toBeLessThan(1e-6);
      });
    }
  });

  it("never learn more from such a vote than from the same one on a ballot", () => {
    const scale = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(scale, fc.integer(), (own, seed) => {
        const model = { ...MODEL, anotherAnswer: { positionBias: MODEL.positionBias, scale: own } };
        const votes = drawVotes(1, seed);
        const ballot = estimateUserWeights(model, votes);
        const another = estimateUserWeights(model, { ...votes, another: Uint8Array.of(1) });
        const moved = ({ weights }: typeof ballot) => Math.hypot(...weights);
        expect(moved(another)).toBeLessThanOrEqual(moved(ballot) + 1e-9);
      }),
    );
  });

  it("are read with half the scale and the bias of ballots by a version that knows no such votes", () => {
    expect(anotherAnswerOf(MODEL)).toEqual({ positionBias: 0.2, scale: 0.5 });
    const votes = { ...drawVotes(1, 1), another: Uint8Array.of(1) };
    const z = baseRewardDifferences(MODEL, votes.featuresA, votes.featuresB);
    expect([...readVotes(MODEL, votes, z).differences]).toEqual([...z].map((one) => one / 2));
  });
});

const MODEL: BaseRewardModel = {
  version: "planted",
  encoderId: "planted",
  rank: DIMENSIONS,
  dimensions: DIMENSIONS,
  weights: Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]),
  prior: {
    mean: new Float64Array(DIMENSIONS),
    precision: Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1]),
  },
  positionBias: 0.2,
  axes: [],
};

function drawVotes(count: number, seed: number): Comparisons {
  const random = createRandomGenerator(seed);
  const features = () => Float32Array.from(randomMatrix(random, count * DIMENSIONS));
  return {
    count,
    featuresA: features(),
    featuresB: features(),
    outcomes: Float32Array.from({ length: count }, () => [0, 0.5, 1][Math.floor(3 * random())]!),
    positions: Float32Array.from({ length: count }, () => (random() < 0.5 ? 1 : -1)),
    weights: new Float32Array(count).fill(1),
  };
}

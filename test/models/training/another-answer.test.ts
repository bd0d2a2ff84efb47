import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import type { AnotherAnswer } from "../../../models/rewards/base-rewards.js";
import {
  type AnotherVoter,
  type BallotModel,
  fitAnotherAnswer,
  negativeEvidence,
  type RewardVotes,
} from "../../../models/training/estimate/another-answer.js";
import { slowEvidence } from "../../support/slow-another-answer.js";

const BALLOT_BIAS = 0.2;
const MODEL: BallotModel = {
  rank: 1,
  prior: { mean: new Float64Array(1), precision: Float64Array.of(1) },
  positionBias: BALLOT_BIAS,
};

describe("the evidence of votes by another answer", () => {
  it("is what bisection finds, and near the exact integral over each taste", () => {
    const random = createRandomGenerator(1);
    const voters = drawVoters(random, 25, { positionBias: -1, scale: 0.6 });
    const start = evidences(voters, { positionBias: BALLOT_BIAS, scale: 1 });
    for (let repetition = 0; repetition < 8; repetition++) {
      const at = { positionBias: 4 * random() - 2, scale: random() };
      const { fast, slow, exact } = evidences(voters, at);
      expect(Math.abs(fast - slow)).toBeLessThan(1e-6);
      // Its constant does not depend on b and s, so differences are compared.
      const error = exact - start.exact - (fast - start.fast);
      expect(Math.abs(error)).toBeLessThan(0.02 * voters.length);
    }
  });
});

describe("the bias and the scale of votes by another answer", () => {
  it("are where no point of a fine grid has less", () => {
    const random = createRandomGenerator(2);
    for (const planted of [
      { positionBias: -1, scale: 0.6 },
      { positionBias: 0.5, scale: 0.1 },
    ]) {
      const voters = drawVoters(random, 20, planted);
      const least = negativeEvidence(voters, MODEL, fitAnotherAnswer(voters, MODEL));
      for (let bias = -2.8; bias <= 3.2; bias += 0.25) {
        for (let scale = 0; scale <= 1; scale += 0.1) {
          const at = { positionBias: bias, scale };
          const slow = slowEvidence(voters, { ballotBias: BALLOT_BIAS, exact: false }, at);
          expect(slow).toBeGreaterThan(least - 1e-3);
        }
      }
    }
  });

  it("come back from many votes that were drawn with them", () => {
    const planted = { positionBias: -1.5, scale: 0.5 };
    const voters = drawVoters(createRandomGenerator(3), 250, planted);
    const found = fitAnotherAnswer(voters, MODEL);
    expect(Math.abs(found.positionBias + 1.5)).toBeLessThan(0.2);
    expect(Math.abs(found.scale - 0.5)).toBeLessThan(0.15);
  });

  it("are those of ballots where nobody has pressed the button", () => {
    expect(fitAnotherAnswer([], MODEL)).toEqual({ positionBias: BALLOT_BIAS, scale: 1 });
  });

  it("stay within their bounds whatever is voted", () => {
    const vote = fc.record({
      z: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      outcome: fc.constantFrom(0, 0.5, 1),
      position: fc.constantFrom(-1, 0, 1),
    });
    const votes = fc.array(vote, { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.tuple(votes, votes), { maxLength: 5 }), (drawn) => {
        const voters = drawn.map(([ballots, another]) => ({
          ballots: votesOf(ballots),
          another: votesOf(another),
        }));
        const { positionBias, scale } = fitAnotherAnswer(voters, MODEL);
        expect(scale).toBeGreaterThanOrEqual(0);
        expect(scale).toBeLessThanOrEqual(1);
        expect(Math.abs(positionBias - BALLOT_BIAS)).toBeLessThanOrEqual(3 + 1e-9);
      }),
      { numRuns: 50 },
    );
  });
});

function evidences(voters: readonly AnotherVoter[], at: AnotherAnswer) {
  return {
    fast: negativeEvidence(voters, MODEL, at),
    slow: slowEvidence(voters, { ballotBias: BALLOT_BIAS, exact: false }, at),
    exact: slowEvidence(voters, { ballotBias: BALLOT_BIAS, exact: true }, at),
  };
}

interface Drawn {
  readonly z: number;
  readonly outcome: number;
  readonly position: number;
}

function votesOf(drawn: readonly Drawn[]): RewardVotes {
  return {
    count: drawn.length,
    differences: Float64Array.from(drawn, ({ z }) => z),
    outcomes: drawn.map(({ outcome }) => outcome),
    positions: drawn.map(({ position }) => position),
    weights: drawn.map(() => 1),
  };
}

/** People with tastes from N(0, 1), ten ballots and ten votes by another answer each. */
function drawVoters(random: RandomGenerator, people: number, planted: AnotherAnswer) {
  return Array.from({ length: people }, (): AnotherVoter => {
    const taste = drawStandardNormal(random);
    const draw = ({ positionBias, scale }: AnotherAnswer): Drawn => {
      const z = 2 * drawStandardNormal(random);
      const position = random() < 0.5 ? 1 : -1;
      const logit = scale * taste * z + positionBias * position;
      return { z, position, outcome: random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0 };
    };
    const ten = (reading: AnotherAnswer) =>
      votesOf(Array.from({ length: 10 }, () => draw(reading)));
    return { ballots: ten({ positionBias: BALLOT_BIAS, scale: 1 }), another: ten(planted) };
  });
}

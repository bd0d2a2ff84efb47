import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import {
  type AnotherVotes,
  expandAnother,
  fitAnotherAnswer,
} from "../../../models/training/estimate/another-answer.js";
import { slowLowest, slowObjective } from "../../support/slow-another-answer.js";

describe("the objective of votes by another answer", () => {
  it("is what its definition says, with the gradient and the Hessian that finite differences find", () => {
    const random = createRandomGenerator(1);
    for (let repetition = 0; repetition < 200; repetition++) {
      const votes = drawVotes(random, { count: 12, bias: -1, scale: 0.6 });
      const at = { positionBias: 4 * random() - 2, scale: random() };
      const { objective, gradient, hessian } = expandAnother(votes, at);
      const slow = slowObjective(votes, at.positionBias, at.scale, { exact: false });
      expect(Math.abs(objective - slow)).toBeLessThan(1e-8 * (1 + slow));
      const [byBias, byScale] = [differences(votes, at, 1e-5, 0), differences(votes, at, 0, 1e-5)];
      near(byBias.objective, gradient[0]);
      near(byScale.objective, gradient[1]);
      near(byBias.gradient[0], hessian[0]);
      near(byBias.gradient[1], hessian[1]);
      near(byScale.gradient[0], hessian[1]);
      near(byScale.gradient[1], hessian[2]);
    }
  });
});

describe("the bias and the scale of votes by another answer", () => {
  it("are the lowest point that a search over a grid finds, less a standard error of the scale", () => {
    const random = createRandomGenerator(2);
    for (let repetition = 0; repetition < 12; repetition++) {
      const planted = { bias: 3 * random() - 2, scale: random() };
      const votes = drawVotes(random, { count: 60, ...planted });
      const fitted = fitAnotherAnswer(votes);
      const likeliest = slowLowest(votes, { exact: false });
      const [bendBB, bendBS, bendSS] = expandAnother(votes, {
        positionBias: likeliest.bias,
        scale: likeliest.scale,
      }).hessian;
      const information = Math.max(4, bendSS - bendBS ** 2 / bendBB);
      const sure = Math.max(0, likeliest.scale - 1 / Math.sqrt(information));
      expect(Math.abs(fitted.scale - sure)).toBeLessThan(2e-3);
      const { bias } = slowLowest(votes, { exact: false }, fitted.scale);
      expect(Math.abs(fitted.positionBias - bias)).toBeLessThan(1e-3);
    }
  });

  it("are near those of the exact average over what is not known of a taste", () => {
    const random = createRandomGenerator(3);
    const votes = drawVotes(random, { count: 80, bias: -1.2, scale: 0.7 });
    const [near, exact] = [slowLowest(votes, { exact: false }), slowLowest(votes, { exact: true })];
    expect(Math.abs(near.bias - exact.bias)).toBeLessThan(0.05);
    expect(Math.abs(near.scale - exact.scale)).toBeLessThan(0.05);
  });

  it("come back from many votes that were drawn with them", () => {
    const votes = drawVotes(createRandomGenerator(4), { count: 6_000, bias: -1.5, scale: 0.5 });
    const { positionBias, scale } = fitAnotherAnswer(votes);
    expect(Math.abs(positionBias + 1.5)).toBeLessThan(0.15);
    expect(Math.abs(scale - 0.5)).toBeLessThan(0.1);
  });

  it("are those of ballots, and half a scale, where nobody has pressed the button", () => {
    expect(fitAnotherAnswer({ ...NONE, ballotBias: 0.3 })).toEqual({
      positionBias: 0.3,
      scale: 0.5,
    });
  });

  it("stay within their bounds whatever is voted", () => {
    const size = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const vote = fc.record({
      mean: size,
      variance: fc.double({ min: 0, max: 1e6, noNaN: true }),
      outcome: fc.constantFrom(0, 0.5, 1),
      position: fc.constantFrom(-1, 0, 1),
    });
    const bias = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(vote, { maxLength: 60 }), bias, (drawn, ballotBias) => {
        const { positionBias, scale } = fitAnotherAnswer({
          means: drawn.map((one) => one.mean),
          variances: drawn.map((one) => one.variance),
          outcomes: drawn.map((one) => one.outcome),
          positions: drawn.map((one) => one.position),
          weights: drawn.map(() => 1),
          ballotBias,
        });
        expect(scale).toBeGreaterThanOrEqual(0);
        expect(scale).toBeLessThanOrEqual(1);
        expect(Math.abs(positionBias - ballotBias)).toBeLessThanOrEqual(3 + 1e-9);
      }),
      { numRuns: 300 },
    );
  });
});

const NONE: AnotherVotes = {
  means: [],
  variances: [],
  outcomes: [],
  positions: [],
  weights: [],
  ballotBias: 0,
};

/** Votes on pairs of which the first shown was predicted to be better, as the bot shows them. */
function drawVotes(
  random: RandomGenerator,
  planted: { readonly count: number; readonly bias: number; readonly scale: number },
): AnotherVotes {
  const rows = Array.from({ length: planted.count }, () => {
    const [mean, variance] = [3 * random(), 2 * random()];
    const reward = mean + Math.sqrt(variance) * drawStandardNormal(random);
    const position = random() < 0.5 ? 1 : -1;
    const logit = planted.scale * reward + planted.bias * position;
    return { mean, variance, position, outcome: random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0 };
  });
  return {
    means: rows.map(({ mean }) => mean),
    variances: rows.map(({ variance }) => variance),
    outcomes: rows.map(({ outcome }) => outcome),
    positions: rows.map(({ position }) => position),
    weights: rows.map(() => 1),
    ballotBias: 0,
  };
}

function differences(
  votes: AnotherVotes,
  { positionBias, scale }: { readonly positionBias: number; readonly scale: number },
  byBias: number,
  byScale: number,
) {
  const [above, below] = [1, -1].map((sign) =>
    expandAnother(votes, {
      positionBias: positionBias + sign * byBias,
      scale: scale + sign * byScale,
    }),
  ) as [ReturnType<typeof expandAnother>, ReturnType<typeof expandAnother>];
  const step = 2 * (byBias + byScale);
  return {
    objective: (above.objective - below.objective) / step,
    gradient: above.gradient.map((slope, at) => (slope - below.gradient[at]!) / step) as [
      number,
      number,
    ],
  };
}

function near(found: number, expected: number): void {
  expect(Math.abs(found - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
}

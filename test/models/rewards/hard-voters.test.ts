import { describe, expect, it } from "vitest";
import { solveLower } from "../../../models/algebra/linear-algebra.js";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { fitUserWeights } from "../../../models/rewards/user-weights.js";
import {
  sigmoid,
  type UserWeightsProblem,
} from "../../../models/rewards/user-weights-objective.js";

const RANK = 3;
const MEAN = Float64Array.of(0.4, 0, -0.2);
/** Somebody who has found two answers a long way apart. */
const PAIR = Float64Array.of(2, -1, 0);
/** Along this nothing of that pair shows. */
const ASIDE = Float64Array.of(1, 2, 0);

describe("a member with a thousand votes on one pair", () => {
  it.each([
    ["always the same", 1],
    ["nearly always the same", 0.999],
    ["seven in ten", 0.7],
    ["as many for as against", 0.5],
  ])("is predicted as they vote: %s", (_, share) => {
    const fitted = fitUserWeights(repeated(1_000, (vote) => (vote < share * 1_000 ? 1 : 0)));
    expect([...fitted.weights, ...fitted.cholesky].every(Number.isFinite)).toBe(true);
    const probability = sigmoid(product(fitted.weights, PAIR));
    expect(probability).toBeLessThan(1);
    expect(Math.abs(probability - share)).toBeLessThan(0.01);
    expect(deviationAlong(fitted.cholesky, ASIDE)).toBeCloseTo(Math.hypot(...ASIDE), 6);
    expect(product(fitted.weights, ASIDE)).toBeCloseTo(product(MEAN, ASIDE), 6);
  });

  it("is as certain of even as a thousand ties or contradictions can make it", () => {
    const ties = fitUserWeights(repeated(1_000, () => 0.5));
    const contradictions = fitUserWeights(repeated(1_000, (vote) => vote % 2));
    ties.weights.forEach((weight, axis) => {
      expect(contradictions.weights[axis]).toBeCloseTo(weight, 8);
    });
    ties.cholesky.forEach((entry, at) => {
      expect(contradictions.cholesky[at]).toBeCloseTo(entry, 8);
    });
    // Half a thousand times a quarter of curvature, and the prior.
    const expected = 1 / Math.sqrt(1_000 / 4 + 1 / product(PAIR, PAIR));
    expect(deviationAlong(ties.cholesky, PAIR)).toBeCloseTo(expected, 3);
  });

  it("is as one vote of the same weight together", () => {
    const many = fitUserWeights(repeated(1_000, () => 1));
    const one = fitUserWeights({ ...repeated(1, () => 1), weights: [1_000] });
    many.weights.forEach((weight, axis) => {
      expect(one.weights[axis]).toBeCloseTo(weight, 7);
    });
  });

  it("stays finite with a million votes, differences of a million, and a bias beside", () => {
    for (const scale of [1e-6, 1, 1e6]) {
      for (const positionBias of [-20, 0, 20]) {
        const problem = repeated(
          1_000,
          () => 1,
          PAIR.map((entry) => entry * scale),
        );
        const weights = new Float64Array(1_000).fill(1_000);
        const fitted = fitUserWeights({ ...problem, weights, positionBias });
        expect([...fitted.weights, ...fitted.cholesky].every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe("what is predicted of members from a few votes", () => {
  it("comes true as often as it says, for who always says A and who contradicts themselves, too", () => {
    const groups = simulateGroups(12_000);
    for (const [group, predictions] of Object.entries(groups)) {
      expect(predictions.length, group).toBeGreaterThan(500);
      expect(calibrationError(predictions), group).toBeLessThan(0.04);
    }
  });
});

/** Votes on `difference`, outcome by the number of the vote. */
function repeated(
  count: number,
  outcome: (vote: number) => number,
  difference: Float64Array = PAIR,
): UserWeightsProblem {
  const differences = new Float64Array(count * RANK);
  for (let vote = 0; vote < count; vote++) differences.set(difference, vote * RANK);
  return {
    count,
    rank: RANK,
    differences,
    outcomes: Float64Array.from({ length: count }, (_, vote) => outcome(vote)),
    weights: new Float64Array(count).fill(1),
    positions: new Float64Array(count).fill(1),
    positionBias: 0,
    prior: { mean: MEAN, precision: identity() },
  };
}

interface Prediction {
  readonly probability: number;
  readonly outcome: number;
}

/**
 * Members drawn from the prior answer six questions, in half of them the same one six times, and
 * are then predicted on a new one, averaged over what is not known of them.
 */
function simulateGroups(
  members: number,
): Record<"always A" | "contradictory" | "others", Prediction[]> {
  const random = createRandomGenerator(1);
  const groups = { "always A": [], contradictory: [], others: [] } as ReturnType<
    typeof simulateGroups
  >;
  const draw = (scale: number) =>
    Float64Array.from({ length: RANK }, () => scale * drawStandardNormal(random));
  for (let member = 0; member < members; member++) {
    const taste = draw(1).map((value, axis) => value + MEAN[axis]!);
    const same = member % 2 === 0 ? draw(1.2) : undefined;
    const asked = Array.from({ length: 6 }, () => same ?? draw(1.2));
    const vote = (difference: Float64Array) =>
      random() < sigmoid(product(taste, difference)) ? 1 : 0;
    const outcomes = asked.map(vote);
    const differences = Float64Array.from(asked.flatMap((difference) => [...difference]));
    const problem = { ...repeated(6, () => 0), differences, outcomes };
    const { weights, cholesky } = fitUserWeights(problem);
    const next = draw(1.2);
    const variance = deviationAlong(cholesky, next) ** 2;
    const logit = product(weights, next) / Math.sqrt(1 + (Math.PI * variance) / 8);
    const wins = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
    const group =
      wins === 6 ? "always A" : same !== undefined && wins > 0 ? "contradictory" : "others";
    groups[group].push({ probability: sigmoid(logit), outcome: vote(next) });
  }
  return groups;
}

/** Mean over ten bins of the gap between what was predicted and what came true, by their sizes. */
function calibrationError(predictions: readonly Prediction[]): number {
  const gaps = Array.from({ length: 10 }, (_, bin) =>
    predictions
      .filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === bin)
      .reduce((sum, { probability, outcome }) => sum + probability - outcome, 0),
  );
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / predictions.length;
}

function identity(): Float64Array {
  return Float64Array.from({ length: RANK * RANK }, (_, at) => (at % (RANK + 1) === 0 ? 1 : 0));
}

/** √(zᵀH⁻¹z). */
function deviationAlong(cholesky: Float64Array, direction: Float64Array): number {
  return Math.hypot(...solveLower(cholesky, direction, RANK));
}

function product(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, at) => sum + value * second[at]!, 0);
}

/**
 * A slow way to the evidence of votes by "another answer" that shares nothing with the fast one: each person's
 * taste, of one base reward, is found by bisection, or integrated over a grid.
 */
import type { AnotherAnswer } from "../../models/rewards/base-rewards.js";
import type { AnotherVoter } from "../../models/training/estimate/another-answer.js";

/** One base reward with λ ~ N(0, 1) and ballots with the position bias `ballotBias`. */
export interface SlowModel {
  readonly ballotBias: number;
  /** Whether the integral is exact, or Laplace's approximation of it. */
  readonly exact: boolean;
}

/** −log p(votes | b, s) p(b) p(s), up to a constant that does not depend on b and s. */
export function slowEvidence(
  voters: readonly AnotherVoter[],
  { ballotBias, exact }: SlowModel,
  { positionBias, scale }: AnotherAnswer,
): number {
  let sum = (positionBias - ballotBias) ** 2 / 2 + (scale - 1) ** 2 / (2 * 0.5 ** 2);
  for (const { ballots, another } of voters) {
    const rows = [...rowsOf(ballots, 1, ballotBias), ...rowsOf(another, scale, positionBias)];
    sum += exact ? integrated(rows) : laplace(rows);
  }
  return sum;
}

interface Row {
  readonly z: number;
  readonly offset: number;
  readonly outcome: number;
}

function rowsOf(votes: AnotherVoter["ballots"], scale: number, bias: number): Row[] {
  return Array.from({ length: votes.count }, (_, row) => ({
    z: scale * votes.differences[row]!,
    offset: bias * votes.positions[row]!,
    outcome: votes.outcomes[row]!,
  }));
}

function negativeLogPosterior(rows: readonly Row[], taste: number): number {
  return rows.reduce(
    (sum, { z, offset, outcome }) => {
      const logit = taste * z + offset;
      const [missesA, missesB] = [Math.log1p(Math.exp(-logit)), Math.log1p(Math.exp(logit))];
      return sum + outcome * missesA + (1 - outcome) * missesB;
    },
    taste ** 2 / 2,
  );
}

function laplace(rows: readonly Row[]): number {
  const slope = (taste: number) =>
    rows.reduce(
      (sum, { z, offset, outcome }) => sum + (logistic(taste * z + offset) - outcome) * z,
      taste,
    );
  let [low, high] = [-50, 50];
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const curvature = rows.reduce((sum, { z, offset }) => {
    const likely = logistic(low * z + offset);
    return sum + likely * (1 - likely) * z ** 2;
  }, 1);
  return negativeLogPosterior(rows, low) + Math.log(curvature) / 2;
}

/** By the midpoint rule; √(2π) is the constant that Laplace's approximation leaves out. */
function integrated(rows: readonly Row[]): number {
  const step = 0.05;
  let sum = 0;
  for (let taste = -8; taste <= 8; taste += step) {
    sum += Math.exp(-negativeLogPosterior(rows, taste)) * step;
  }
  return -Math.log(sum / Math.sqrt(2 * Math.PI));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * Two slow ways to the user weights that share nothing with the fast one: bisection inside bisection,
 * which any scale is the same to, and a quasi-Newton method with exact line searches.
 */
import type { UserWeightsProblem } from "../../models/rewards/user-weights-objective.js";

/** ∇f(λ), written out from the definition. */
export function gradientAt(problem: UserWeightsProblem, at: ArrayLike<number>): number[] {
  const { count, differences, outcomes, positionBias, positions, prior, rank, weights } = problem;
  const gradient = Array.from({ length: rank }, (_, axis) => {
    let pull = 0;
    for (let other = 0; other < rank; other++) {
      pull += prior.precision[axis * rank + other]! * (at[other]! - prior.mean[other]!);
    }
    return pull;
  });
  for (let row = 0; row < count; row++) {
    let logit = positionBias * positions[row]!;
    for (let axis = 0; axis < rank; axis++) logit += at[axis]! * differences[row * rank + axis]!;
    // c σ(−η) and (1 − c) σ(η) apart, since σ(η) − 1 is nothing but rounding for a large η.
    const [towardsA, towardsB] = [1 / (1 + Math.exp(logit)), 1 / (1 + Math.exp(-logit))];
    const miss = (1 - outcomes[row]!) * towardsB - outcomes[row]! * towardsA;
    for (let axis = 0; axis < rank; axis++) {
      gradient[axis]! += weights[row]! * miss * differences[row * rank + axis]!;
    }
  }
  return gradient;
}

/**
 * The λ where all partial derivatives are zero: for each value of one weight the others are found
 * first. Exact to the last bits, at a cost that grows with the power of the rank.
 */
export function bisectUserWeights(problem: UserWeightsProblem): number[] {
  const at = new Array<number>(problem.rank).fill(0);
  const settle = (axis: number): number => {
    if (axis === problem.rank) return 0;
    // f, minimised over the later weights, is convex in this one.
    return rootOf((value) => {
      at[axis] = value;
      if (axis + 1 < problem.rank) at[axis + 1] = settle(axis + 1);
      return gradientAt(problem, at)[axis]!;
    });
  };
  at[0] = settle(0);
  if (problem.rank > 1) at[1] = settle(1);
  return at;
}

/** The λ that BFGS finds with an exact line search, for problems that are not stretched too far. */
export function descendToUserWeights(problem: UserWeightsProblem): number[] {
  const { rank } = problem;
  let at = [...problem.prior.mean];
  let gradient = gradientAt(problem, at);
  let inverse: number[][] = at.map((_, row) => at.map((__, column) => (row === column ? 1 : 0)));
  for (let iteration = 0; iteration < 1_000; iteration++) {
    if (Math.max(...gradient.map(Math.abs)) < 1e-12) break;
    const direction = inverse.map((row) => -dot(row, gradient));
    const along = (length: number) => at.map((value, axis) => value + length * direction[axis]!);
    const length = rootOf((t) => dot(gradientAt(problem, along(t)), direction));
    const next = along(length);
    const nextGradient = gradientAt(problem, next);
    const step = next.map((value, axis) => value - at[axis]!);
    const change = nextGradient.map((value, axis) => value - gradient[axis]!);
    const bend = dot(step, change);
    if (!(bend > 0)) break;
    const turned = inverse.map((row) => dot(row, change));
    const stretch = (1 + dot(change, turned) / bend) / bend;
    inverse = inverse.map((row, i) =>
      row.map(
        (value, j) =>
          value +
          stretch * step[i]! * step[j]! -
          (turned[i]! * step[j]! + step[i]! * turned[j]!) / bend,
      ),
    );
    [at, gradient] = [next, nextGradient];
  }
  return at.slice(0, rank);
}

/** Where the increasing function `f` crosses zero, to the last bit: by halving between brackets. */
function rootOf(f: (x: number) => number): number {
  let [low, high] = [-1, 1];
  while (f(low) > 0) low *= 8;
  while (f(high) < 0) high *= 8;
  for (let halving = 0; halving < 200; halving++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function dot(first: readonly number[], second: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < first.length; at++) sum += first[at]! * second[at]!;
  return sum;
}

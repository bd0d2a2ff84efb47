/**
 * The acquisitions straight from their definitions, with an explicit inverse of the Hessian and
 * integrals by brute force: slow, and sharing nothing with the fast ones.
 */
import type { Acquisition } from "../../models/acquisition/search.js";

export interface PairProblem {
  readonly rank: number;
  readonly count: number;
  /** How many votes λ̂ is made of. */
  readonly votes: number;
  /** φ, [n, J] row-major. */
  readonly baseRewards: Float64Array;
  /** λ̂, [J]. */
  readonly weights: Float64Array;
  /** H⁻¹, [J, J] row-major. */
  readonly inverse: Float64Array;
  /** Mean squares of the differences to tell about, [J]. */
  readonly differenceVariances: Float64Array;
}

/** The worth of the pair (a, b). */
export function textbookScore(
  problem: PairProblem,
  acquisition: Exclude<Acquisition, "random">,
  a: number,
  b: number,
): number {
  const z = differenceOf(problem, a, b);
  const turned = timesInverse(problem, z);
  const variance = dot(z, turned);
  const mean = dot(z, problem.weights);
  const curvature = 1 / (2 + Math.exp(mean) + Math.exp(-mean));
  switch (acquisition) {
    case "ellipsoid":
      return variance;
    case "weightedEllipsoid":
      return curvature ** 2 * variance;
    case "informationGain":
      return 0.5 * Math.log1p(curvature * variance);
    case "bald":
      return integratedInformation(variance, mean);
    case "adaptive":
      return textbookScore(problem, problem.votes < 5 ? "variance" : "informationGain", a, b);
    case "variance": {
      // The probit approximation: the mean answer, and E[λ | answer] from its derivative in m.
      const kappa = 1 / Math.sqrt(1 + (Math.PI * variance) / 8);
      const [won, lost] = [1 / (1 + Math.exp(-kappa * mean)), 1 / (1 + Math.exp(kappa * mean))];
      const { differenceVariances } = problem;
      const length = Math.hypot(
        ...turned.map((value, axis) => Math.sqrt(differenceVariances[axis]!) * value),
      );
      return won * (kappa * lost * length) ** 2 + lost * (kappa * won * length) ** 2;
    }
  }
}

/** H(E σ(η)) − E H(σ(η)) for η ~ N(mean, variance), by summing over a fine grid. */
export function integratedInformation(variance: number, mean: number): number {
  const deviation = Math.sqrt(variance);
  const against = -Math.abs(mean);
  const entropyMean =
    deviation < 5
      ? overNormal((x) => entropyOfLogit(against + deviation * x))
      : overLogit((eta) => entropyOfLogit(eta) * density((eta - against) / deviation)) / deviation;
  const probability =
    deviation < 5
      ? overNormal((x) => 1 / (1 + Math.exp(-against - deviation * x)))
      : // σ(η) is the chance that logistic noise u stays below η.
        overLogit((u) => normalBelow((against - u) / deviation) / (2 + Math.exp(u) + Math.exp(-u)));
  return entropyOf(probability) - entropyMean;
}

function overNormal(f: (x: number) => number): number {
  let [sum, total] = [0, 0];
  for (let x = -8; x <= 8; x += 1 / 32) {
    total += density(x);
    sum += density(x) * f(x);
  }
  return sum / total;
}

function overLogit(f: (eta: number) => number): number {
  let sum = 0;
  for (let eta = -45; eta <= 45; eta += 1 / 4) sum += f(eta) / 4;
  return sum;
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** Φ(x), by its power series. */
function normalBelow(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let [term, sum] = [x, x];
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum) && k < 400; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

function entropyOfLogit(logit: number): number {
  const size = Math.abs(logit);
  return Math.log1p(Math.exp(-size)) + size / (1 + Math.exp(size));
}

function entropyOf(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
}

function differenceOf({ baseRewards, rank }: PairProblem, a: number, b: number): Float64Array {
  return Float64Array.from(
    { length: rank },
    (_, axis) => baseRewards[a * rank + axis]! - baseRewards[b * rank + axis]!,
  );
}

function timesInverse({ inverse, rank }: PairProblem, vector: Float64Array): Float64Array {
  return vector.map((_, row) =>
    vector.reduce((sum, value, k) => sum + inverse[row * rank + k]! * value, 0),
  );
}

function dot(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, at) => sum + value * second[at]!, 0);
}

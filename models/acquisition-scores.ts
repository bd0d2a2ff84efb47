/**
 * The acquisitions: how much a pair is worth asking about. Each takes the candidates once and then
 * scores pairs from s² = zᵀH⁻¹z and m = λ̂ᵀz.
 */
import { cholesky } from "./linear-algebra.js";
import type { RandomGenerator } from "./random.js";
import { sigmoid } from "./user-weights-objective.js";
import { squaredDistance, type WhitenedCandidates } from "./whitened-candidates.js";

export interface SelectionOptions {
  /** Pairs to choose from, [m, 2]; all pairs of candidates where left out. */
  readonly pairs?: Int32Array;
  /** Needed by the acquisition "random" alone. */
  readonly random?: RandomGenerator;
}

/** The worth of the pair (a, b) with squared uncertainty s² and expected logit m. */
type PairScore = (variance: number, mean: number, a: number, b: number) => number;

type AcquisitionFunction = (candidates: WhitenedCandidates, options: SelectionOptions) => PairScore;

export type Acquisition =
  | "ellipsoid"
  | "weightedEllipsoid"
  | "informationGain"
  | "bald"
  | "variance"
  | "random";

/** Without an option that it needs, an acquisition can't work. */
export class AcquisitionError extends Error {
  override readonly name = "AcquisitionError";
}

export const ACQUISITIONS: Readonly<Record<Acquisition, AcquisitionFunction>> = {
  /** ‖z‖²_{H⁻¹}: the longest axis of the confidence ellipsoid (PReF, Lemma 4.3). */
  ellipsoid: () => (variance) => variance,

  /** σ′(m)² zᵀH⁻¹z, which also turns away from pairs whose answer is foreseen. */
  weightedEllipsoid: () => (variance, mean) => slope(mean) ** 2 * variance,

  /** ½ log(1 + σ′(m) zᵀH⁻¹z): by how much the log-volume of the ellipsoid is expected to shrink (D-optimal). */
  informationGain: () => (variance, mean) => 0.5 * Math.log1p(slope(mean) * variance),

  /** The mutual information of the answer and λ: entropy of the mean answer minus mean entropy. */
  bald: () => mutualInformation,

  /** By how much the variances of all pairs of candidates are expected to shrink in sum (V-optimal). */
  variance: varianceReduction,

  random: (_candidates, { random }) => {
    if (random === undefined) throw new AcquisitionError("Pass a generator as `options.random`.");
    return () => random();
  },
};

function slope(logit: number): number {
  const probability = sigmoid(logit);
  return probability * (1 - probability);
}

/** Gauss-Hermite nodes and weights for E[f(x)], x ~ N(0, 1), exact to degree 13. */
const NODES = [0, 1.154405394739968, 2.366759410734541, 3.750439717725742];
const NODE_WEIGHTS = [
  0.45714285714285713, 0.2401231786050127, 0.030757123967586498, 0.0005482688559722185,
];

function mutualInformation(variance: number, mean: number): number {
  const deviation = Math.sqrt(variance);
  let probability = 0;
  let conditional = 0;
  for (let node = 0; node < NODES.length; node++) {
    for (const sign of node === 0 ? [1] : [1, -1]) {
      const at = sigmoid(mean + sign * NODES[node]! * deviation);
      probability += NODE_WEIGHTS[node]! * at;
      conditional += NODE_WEIGHTS[node]! * entropy(at);
    }
  }
  return entropy(probability) - conditional;
}

function entropy(probability: number): number {
  if (probability <= 0 || probability >= 1) return 0;
  return -probability * Math.log(probability) - (1 - probability) * Math.log1p(-probability);
}

/**
 * σ′ zᵀH⁻¹ T H⁻¹z / (1 + σ′ zᵀH⁻¹z) with T = Σ ttᵀ over all pairs t of candidates. With M the same
 * sum over whitened pairs and M = CCᵀ, the numerator is a distance again, between the points Cᵀψ.
 */
function varianceReduction(candidates: WhitenedCandidates): PairScore {
  const { rank } = candidates;
  const turned = timesFactor(candidates, cholesky(pairMoment(candidates), rank));
  return (variance, mean, a, b) => {
    const curvature = slope(mean);
    return (curvature * squaredDistance(turned, rank, a, b)) / (1 + curvature * variance);
  };
}

/** Σ over all pairs of (ψ_a − ψ_b)(ψ_a − ψ_b)ᵀ = n Σψψᵀ − ΣψΣψᵀ, with a ridge that keeps it definite. */
function pairMoment({ count, rank, whitened }: WhitenedCandidates): Float64Array {
  const moment = new Float64Array(rank * rank);
  const sum = new Float64Array(rank);
  for (let row = 0; row < count; row++) {
    for (let first = 0; first < rank; first++) {
      const value = whitened[row * rank + first]!;
      sum[first]! += value;
      for (let second = 0; second < rank; second++) {
        moment[first * rank + second]! += count * value * whitened[row * rank + second]!;
      }
    }
  }
  let trace = 0;
  for (let first = 0; first < rank; first++) {
    for (let second = 0; second < rank; second++) {
      moment[first * rank + second]! -= sum[first]! * sum[second]!;
    }
    trace += moment[first * rank + first]!;
  }
  for (let axis = 0; axis < rank; axis++) moment[axis * rank + axis]! += 1e-9 * trace + 1e-300;
  return moment;
}

/** Cᵀψ of every candidate. */
function timesFactor(
  { count, rank, whitened }: WhitenedCandidates,
  factor: Float64Array,
): Float64Array {
  const turned = new Float64Array(count * rank);
  for (let row = 0; row < count; row++) {
    for (let axis = 0; axis < rank; axis++) {
      let sum = 0;
      for (let k = axis; k < rank; k++) sum += factor[k * rank + axis]! * whitened[row * rank + k]!;
      turned[row * rank + axis] = sum;
    }
  }
  return turned;
}

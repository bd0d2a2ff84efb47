/**
 * The acquisitions: how much a pair is worth asking about. Each takes the candidates once and then
 * scores pairs from s² = zᵀH⁻¹z and m = λ̂ᵀz. A pair's distance bounds its score, so that most pairs
 * need no more than that.
 */
import { cholesky } from "./linear-algebra.js";
import { mutualInformation, slope, varianceForInformation } from "./mutual-information.js";
import type { RandomGenerator } from "./random.js";
import type { WhitenedCandidates } from "./whitened-candidates.js";

export interface SelectionOptions {
  /** Pairs to choose from, [m, 2]; all pairs of candidates where left out. */
  readonly pairs?: Int32Array;
  /** Needed by the acquisition "random" alone. */
  readonly random?: RandomGenerator;
}

export interface PairScore {
  /** Where the candidates lie, [n, J]: ψ, or what else the distance is to be taken of. */
  readonly points: Float64Array;
  /** The worth of a pair whose points have this squared distance, with s² and m. */
  score(squaredDistance: number, variance: number, mean: number): number;
  /** A squared distance below which no pair has more than this score. */
  distanceFor(score: number): number;
  /** A cheaper score, whose best pair is one of the best by this one too. */
  readonly guide?: PairScore;
}

type AcquisitionFunction = (candidates: WhitenedCandidates, options: SelectionOptions) => PairScore;

export type Acquisition =
  | "ellipsoid"
  | "weightedEllipsoid"
  | "informationGain"
  | "bald"
  | "variance"
  | "adaptive"
  | "random";

/** Without an option that it needs, an acquisition can't work. */
export class AcquisitionError extends Error {
  override readonly name = "AcquisitionError";
}

/** So many votes are early: see docs/acquisition.md. */
const EARLY_VOTES = 8;

/** σ′(0), the most that σ′ can be. */
const STEEPEST = 0.25;

export const ACQUISITIONS: Readonly<Record<Acquisition, AcquisitionFunction>> = {
  /** ‖z‖²_{H⁻¹}: the longest axis of the confidence ellipsoid (PReF, Lemma 4.3). */
  ellipsoid: ({ whitened }) => ({
    points: whitened,
    score: (distance) => distance,
    distanceFor: (score) => score,
  }),

  /** σ′(m)² zᵀH⁻¹z, which also turns away from pairs whose answer is foreseen. */
  weightedEllipsoid: ({ whitened }) => ({
    points: whitened,
    score: (distance, _variance, mean) => slope(mean) ** 2 * distance,
    distanceFor: (score) => score / STEEPEST ** 2,
  }),

  /** ½ log(1 + σ′(m) zᵀH⁻¹z): by how much the log-volume of the ellipsoid is expected to shrink (D-optimal). */
  informationGain: ({ whitened }) => ({
    points: whitened,
    score: (distance, _variance, mean) => 0.5 * Math.log1p(slope(mean) * distance),
    distanceFor: (score) => Math.expm1(2 * score) / STEEPEST,
  }),

  /** The mutual information of the answer and λ: entropy of the mean answer minus mean entropy. */
  bald: (candidates, options) => ({
    points: candidates.whitened,
    score: (_distance, variance, mean) => mutualInformation(variance, mean),
    distanceFor: varianceForInformation,
    guide: ACQUISITIONS.informationGain(candidates, options),
  }),

  /** By how much the variances of all pairs of candidates are expected to shrink in sum (V-optimal). */
  variance: varianceReduction,

  /** First what tells most about all candidates, then what tells most about the member. */
  adaptive: (candidates, options) =>
    candidates.votes < EARLY_VOTES
      ? varianceReduction(candidates)
      : ACQUISITIONS.informationGain(candidates, options),

  random: ({ whitened }, { random }) => {
    if (random === undefined) throw new AcquisitionError("Pass a generator as `options.random`.");
    return { points: whitened, score: () => random(), distanceFor: () => 0 };
  },
};

/**
 * σ′ zᵀH⁻¹ T H⁻¹z / (1 + σ′ zᵀH⁻¹z) with T = Σ ttᵀ over all pairs t of candidates. With M the same
 * sum over whitened pairs and M = CCᵀ, the numerator is a distance again, between the points Cᵀψ,
 * and that is at most tr M times the distance of the ψ.
 */
function varianceReduction(candidates: WhitenedCandidates): PairScore {
  const { rank } = candidates;
  const moment = pairMoment(candidates);
  let trace = 0;
  for (let axis = 0; axis < rank; axis++) trace += moment[axis * rank + axis]!;
  return {
    points: timesFactor(candidates, cholesky(moment, rank)),
    score: (distance, variance, mean) => {
      const curvature = slope(mean);
      return (curvature * distance) / (1 + curvature * variance);
    },
    distanceFor: (score) => score / STEEPEST / Math.max(0, 1 - score / trace),
  };
}

/** Σ over all pairs of (ψ_a − ψ_b)(ψ_a − ψ_b)ᵀ = n Σψψᵀ − ΣψΣψᵀ, with a ridge that keeps it definite. */
function pairMoment({ count, rank, whitened }: WhitenedCandidates): Float64Array {
  const moment = new Float64Array(rank * rank);
  const centred = whitened.slice();
  for (let axis = 0; axis < rank; axis++) {
    let mean = 0;
    for (let row = 0; row < count; row++) mean += whitened[row * rank + axis]! / count;
    for (let row = 0; row < count; row++) centred[row * rank + axis]! -= mean;
  }
  for (let start = 0; start < centred.length; start += rank) {
    for (let first = 0; first < rank; first++) {
      const value = count * centred[start + first]!;
      for (let second = 0; second <= first; second++) {
        moment[first * rank + second]! += value * centred[start + second]!;
      }
    }
  }
  let trace = 0;
  for (let axis = 0; axis < rank; axis++) trace += moment[axis * rank + axis]!;
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

/**
 * The acquisitions: how much a pair is worth asking about. Each takes the candidates once and then
 * scores pairs from s² = zᵀH⁻¹z and m = λ̂ᵀz. A pair's distance bounds its score, so that most pairs
 * need no more than that.
 */

import type { RandomGenerator } from "../algebra/random.js";
import { mutualInformation, slope, varianceForInformation } from "./mutual-information.js";
import { pairsThatMatter } from "./pairs-that-matter.js";
import type { WhitenedCandidates } from "./whitening.js";

export interface SelectionOptions {
  /** Pairs to choose from, [m, 2]; all pairs of candidates if left out. */
  readonly pairs?: Int32Array;
  /** Of the model; "variance" alone asks for them. */
  readonly differenceVariances?: Float64Array | undefined;
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
  /** What the score of such a pair is at most, without exponentials. */
  atMost?(squaredDistance: number, variance: number, mean: number): number;
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

/** From so many votes on, "adaptive" asks what tells about λ itself and no longer about chats to come. */
const VOTES_UNTIL_INFORMATION = 5;
/** σ′(0), the most that σ′ can be. */
const STEEPEST = 0.25;

/** What ballots use, and what the evaluation measures if nothing else is wanted. */
export const DEFAULT_ACQUISITION: Acquisition = "adaptive";

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

  /** By how much the variances of the pairs that matter are expected to shrink in the mean (V-optimal). */
  variance: varianceReduction,

  /** What matters most first, then whatever is least known: "variance" and later "informationGain". */
  adaptive: (candidates, options) => {
    const early = candidates.votes < VOTES_UNTIL_INFORMATION;
    return ACQUISITIONS[early ? "variance" : "informationGain"](candidates, options);
  },

  random: ({ whitened }, { random }) => {
    if (random === undefined) throw new AcquisitionError("Pass a generator as `options.random`.");
    return { points: whitened, score: () => random(), distanceFor: () => 0 };
  },
};

/**
 * The mean of (E[λᵀt | answer] − λ̂ᵀt)² over the pairs t that matter, by how much the variances of their
 * rewards are expected to shrink. An answer moves λ̂ by u H⁻¹z with u = κ(1 − p) or −κp, where
 * κ = 1/√(1 + πs²/8) and p = σ(κm) is the chance of the answer, so that E u² = κ²p(1 − p).
 */
function varianceReduction(
  candidates: WhitenedCandidates,
  { differenceVariances }: SelectionOptions,
): PairScore {
  const { points, norm } = pairsThatMatter(candidates, differenceVariances);
  return {
    points,
    score: (distance, variance, mean) => {
      const shrinkage = attenuation(variance);
      return shrinkage ** 2 * slope(shrinkage * mean) * distance;
    },
    distanceFor: (score) => distanceForReduction(score, norm),
    // 1/p(1 − p) = 4 cosh²(κm/2) ≥ 4 + κ²m².
    atMost: (distance, variance, mean) => distance / (4 + (Math.PI / 2) * variance + mean * mean),
  };
}

/** κ, by how much an uncertain logit says less about the answer than a certain one (MacKay 1992). */
function attenuation(variance: number): number {
  return 1 / Math.sqrt(1 + (Math.PI * variance) / 8);
}

/** A squared distance below which κ²p(1 − p) times it is less than `reduction`: s² ≥ distance / ‖M‖. */
function distanceForReduction(reduction: number, norm: number): number {
  const left = STEEPEST - (Math.PI * reduction) / (8 * norm);
  return left > 0 ? reduction / left : Number.POSITIVE_INFINITY;
}

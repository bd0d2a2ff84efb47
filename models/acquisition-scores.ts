/**
 * The acquisitions: how much a pair is worth asking about. Each takes the candidates once and then
 * scores pairs from s² = zᵀH⁻¹z and m = λ̂ᵀz. A pair's distance bounds its score, so that most pairs
 * need no more than that.
 */
import { mutualInformation, slope, varianceForInformation } from "./mutual-information.js";
import { pairsThatMatter } from "./pairs-that-matter.js";
import type { RandomGenerator } from "./random.js";
import { sigmoid } from "./user-weights-objective.js";
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
  /** [n], what else of the candidates the score takes the difference of; 0 where left out. */
  readonly along?: Float64Array;
  /** The worth of a pair whose points have this squared distance, with s², m and that difference. */
  score(squaredDistance: number, variance: number, mean: number, along: number): number;
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
  | "correlation"
  | "random";

/** Without an option that it needs, an acquisition can't work. */
export class AcquisitionError extends Error {
  override readonly name = "AcquisitionError";
}

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

  /** By how much the variances of the pairs that matter are expected to shrink in sum (V-optimal). */
  variance: varianceReduction,

  /** How well the predicted rewards of the pairs that matter will correlate with the real ones. */
  correlation: correlationGain,

  random: ({ whitened }, { random }) => {
    if (random === undefined) throw new AcquisitionError("Pass a generator as `options.random`.");
    return { points: whitened, score: () => random(), distanceFor: () => 0 };
  },
};

/**
 * Σ over the pairs t that matter of E (E[λᵀt | answer] − λ̂ᵀt)², by how much the variances of their
 * rewards are expected to shrink. An answer moves λ̂ by u H⁻¹z with u = κ(1 − p) or −κp, where
 * κ = 1/√(1 + πs²/8) and p = σ(κm) is the chance of the answer, so that E u² = κ²p(1 − p).
 */
function varianceReduction(candidates: WhitenedCandidates, { pairs }: SelectionOptions): PairScore {
  const { points, trace } = pairsThatMatter(candidates, pairs);
  return {
    points,
    score: (distance, variance, mean) => {
      const shrinkage = attenuation(variance);
      return shrinkage ** 2 * slope(shrinkage * mean) * distance;
    },
    distanceFor: (score) => distanceForReduction(score, trace),
  };
}

/**
 * By how much longer λ̂ is expected to become, in the metric T = Σ ttᵀ of the pairs that matter. The
 * rewards' variance being what it is, that is the expected correlation of predicted and real rewards,
 * but for a factor. With x = ‖λ̂‖ + u·along what λ̂ is after an answer in its own direction and
 * y = u·across beside it, E x = ‖λ̂‖ and so the gain is E[√(x² + y²) − x], which is never negative.
 */
function correlationGain(candidates: WhitenedCandidates, { pairs }: SelectionOptions): PairScore {
  const { along, points, spread, trace } = pairsThatMatter(candidates, pairs);
  return {
    points,
    along,
    score: (distance, variance, mean, own) => {
      const shrinkage = attenuation(variance);
      const probability = sigmoid(shrinkage * mean);
      const opposite = sigmoid(-shrinkage * mean);
      const across = Math.max(0, distance - own * own);
      const gain = (step: number) => lengthBeyond(spread + step * own, step * step * across);
      return probability * gain(shrinkage * opposite) + opposite * gain(-shrinkage * probability);
    },
    // The length is concave in its square: E √(‖λ̂‖² + …) ≤ √(‖λ̂‖² + E …).
    distanceFor: (score) => distanceForReduction(score * (score + 2 * spread), trace),
  };
}

/** √(x² + y²) − x, given y². */
function lengthBeyond(x: number, ySquared: number): number {
  const length = Math.sqrt(x * x + ySquared);
  if (x <= 0) return length - x;
  return ySquared / (length + x);
}

/** κ, by how much an uncertain logit says less about the answer than a certain one (MacKay 1992). */
function attenuation(variance: number): number {
  return 1 / Math.sqrt(1 + (Math.PI * variance) / 8);
}

/** A squared distance below which κ²p(1 − p) times it is less than `reduction`: s² ≥ distance / tr M. */
function distanceForReduction(reduction: number, trace: number): number {
  const left = STEEPEST - (Math.PI * reduction) / (8 * trace);
  return left > 0 ? reduction / left : Number.POSITIVE_INFINITY;
}

/**
 * Which pair of candidates to ask a member about. Every candidate is whitened once, ψ = L⁻¹φ; the
 * uncertainty of a pair is then the distance of two points, ‖ψ_a − ψ_b‖ = ‖φ_a − φ_b‖_{H⁻¹}
 * (PReF, Lemmas 4.1 to 4.3). Knows no texts.
 */

import type { UserWeights } from "../rewards/user-weights.js";
import { sigmoid } from "../rewards/user-weights-objective.js";
import { slope } from "./mutual-information.js";
import { ACQUISITIONS, type Acquisition, type PairScore, type SelectionOptions } from "./scores.js";
import { squaredDistance, type WhitenedCandidates, whiten } from "./whitening.js";

export type { Acquisition, SelectionOptions };

export interface SelectedPair {
  /** Rows of the two candidates. */
  readonly a: number;
  readonly b: number;
  /** The acquisition's value, comparable between pairs of one selection. */
  readonly score: number;
  /** ‖z‖_{H⁻¹}, the half-width of the confidence ellipsoid along z up to its level. */
  readonly uncertainty: number;
  /** P(a ≻ b) at λ̂. */
  readonly probability: number;
  /** ½ log(1 + σ′ zᵀH⁻¹z), nats. */
  readonly informationGain: number;
}

/** Candidates nearer than this are alike: there is nothing to ask. */
const SMALLEST_VARIANCE = 1e-18;
/** Bounds are taken this much wider, so that rounding never shuts out the best pair. */
const ROUNDING = 1 - 1e-9;

/**
 * The pair with the highest value of `acquisition` among `count` candidates with base rewards
 * [n, J]; the first one among equals. Null if no two candidates differ.
 */
export function selectPair(
  baseRewards: Float64Array,
  count: number,
  userWeights: UserWeights,
  acquisition: Acquisition,
  options: SelectionOptions = {},
): SelectedPair | null {
  const candidates = whiten(baseRewards, count, userWeights);
  const search = new Search(candidates, ACQUISITIONS[acquisition](candidates, options));
  search.run(options.pairs);
  return search.found;
}

/** Goes through pairs and keeps the best; most are dismissed by their distance alone. */
class Search {
  #best: { readonly a: number; readonly b: number; readonly score: number } | null = null;
  /** A squared distance that pairs with a higher score than the best have at least. */
  #needed = 0;

  constructor(
    private readonly candidates: WhitenedCandidates,
    private readonly worth: PairScore,
  ) {}

  /** Goes through `pairs` [m, 2], or through all. */
  run(pairs: Int32Array | undefined): void {
    const { guide } = this.worth;
    if (guide !== undefined) {
      const guess = new Search(this.candidates, guide);
      guess.run(pairs);
      if (guess.#best !== null) this.#dismissWorseThan(guess.#best.a, guess.#best.b);
    }
    if (pairs === undefined) this.#tryAll();
    else this.#tryPairs(pairs);
  }

  get found(): SelectedPair | null {
    if (this.#best === null) return null;
    const { a, b } = this.#best;
    const { rank, rewards, whitened } = this.candidates;
    const variance = squaredDistance(whitened, rank, a, b);
    const mean = rewards[a]! - rewards[b]!;
    return {
      ...this.#best,
      uncertainty: Math.sqrt(variance),
      probability: sigmoid(mean),
      informationGain: 0.5 * Math.log1p(slope(mean) * variance),
    };
  }

  #tryPairs(pairs: Int32Array): void {
    const { rank } = this.candidates;
    const { points } = this.worth;
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const distance = squaredDistance(points, rank, pairs[at]!, pairs[at + 1]!);
      if (distance >= this.#needed) this.#consider(pairs[at]!, pairs[at + 1]!, distance);
    }
  }

  #tryAll(): void {
    const { count, rank } = this.candidates;
    const { points } = this.worth;
    for (let a = 0; a < count; a++) {
      for (let b = a + 1; b < count; b++) {
        const distance = squaredDistance(points, rank, a, b);
        if (distance >= this.#needed) this.#consider(a, b, distance);
      }
    }
  }

  /** Dismisses from the start what cannot be better than the pair (a, b). */
  #dismissWorseThan(a: number, b: number): void {
    const distance = squaredDistance(this.worth.points, this.candidates.rank, a, b);
    this.#dismissBelow(this.#scoreOf(a, b, distance));
  }

  #consider(a: number, b: number, distance: number): void {
    const score = this.#scoreOf(a, b, distance);
    if (!(score > (this.#best?.score ?? Number.NEGATIVE_INFINITY))) return;
    this.#best = { a, b, score };
    this.#dismissBelow(score);
  }

  /** NaN, which nothing is better or worse than, if the two are alike or no match for the best. */
  #scoreOf(a: number, b: number, distance: number): number {
    const { rank, rewards, whitened } = this.candidates;
    const { worth } = this;
    const variance = worth.points === whitened ? distance : squaredDistance(whitened, rank, a, b);
    if (variance < SMALLEST_VARIANCE) return Number.NaN;
    const mean = rewards[a]! - rewards[b]!;
    if (this.#best !== null && worth.atMost !== undefined) {
      if (worth.atMost(distance, variance, mean) < ROUNDING * this.#best.score) return Number.NaN;
    }
    return worth.score(distance, variance, mean);
  }

  #dismissBelow(score: number): void {
    this.#needed = Math.max(this.#needed, ROUNDING * this.worth.distanceFor(score));
  }
}

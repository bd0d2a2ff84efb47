/**
 * Which pair of candidates to ask a member about. Every candidate is whitened once, ψ = L⁻¹φ; the
 * uncertainty of a pair is then the distance of two points, ‖ψ_a − ψ_b‖ = ‖φ_a − φ_b‖_{H⁻¹}
 * (PReF, Lemmas 4.1 to 4.3). Knows no texts.
 */
import { ACQUISITIONS, type Acquisition, type SelectionOptions } from "./acquisition-scores.js";
import type { UserWeights } from "./user-weights.js";
import { sigmoid } from "./user-weights-objective.js";
import { squaredDistance, type WhitenedCandidates, whiten } from "./whitened-candidates.js";

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
const SMALLEST_DISTANCE = 1e-9;

/**
 * The pair with the highest value of `acquisition` among `count` candidates with base rewards
 * [n, J]; the first one among equals. Null where no two candidates differ.
 */
export function selectPair(
  baseRewards: Float64Array,
  count: number,
  userWeights: UserWeights,
  acquisition: Acquisition,
  options: SelectionOptions = {},
): SelectedPair | null {
  const candidates = whiten(baseRewards, count, userWeights);
  const score = ACQUISITIONS[acquisition](candidates, options);
  let best: { a: number; b: number; score: number } | null = null;
  const consider = (a: number, b: number) => {
    const distance = squaredDistance(candidates.whitened, candidates.rank, a, b);
    if (distance < SMALLEST_DISTANCE ** 2) return;
    const value = score(distance, candidates.rewards[a]! - candidates.rewards[b]!, a, b);
    if (best === null || value > best.score) best = { a, b, score: value };
  };
  forEachPair(count, options.pairs, consider);
  return best === null ? null : describe(candidates, best);
}

function forEachPair(
  count: number,
  pairs: Int32Array | undefined,
  visit: (a: number, b: number) => void,
): void {
  if (pairs !== undefined) {
    for (let at = 0; at + 1 < pairs.length; at += 2) visit(pairs[at]!, pairs[at + 1]!);
    return;
  }
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) visit(a, b);
}

function describe(
  { rank, rewards, whitened }: WhitenedCandidates,
  pair: { a: number; b: number; score: number },
): SelectedPair {
  const variance = squaredDistance(whitened, rank, pair.a, pair.b);
  const probability = sigmoid(rewards[pair.a]! - rewards[pair.b]!);
  return {
    ...pair,
    uncertainty: Math.sqrt(variance),
    probability,
    informationGain: 0.5 * Math.log1p(probability * (1 - probability) * variance),
  };
}

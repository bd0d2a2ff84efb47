/**
 * Which candidate to send. Whoever has voted gets the one that their weights reward most; somebody
 * new gets the first one, as a plain chat bot sends it, unless members clearly prefer another.
 */

import { solveLower } from "../algebra/linear-algebra.js";
import { standardNormalTail } from "../algebra/normal.js";
import { indexOfBest } from "./choice-doubt.js";
import type { UserWeights } from "./user-weights.js";

/** A member drawn from the population has to prefer the other candidate with this probability. */
const CLEAR = 0.65;

/**
 * The row to send among the candidates with base rewards [n, J] and rewards λ̂ᵀφ [n]. Without votes
 * λ is only known to be N(μ, Λ⁻¹): the best by μ replaces the first if P(λᵀz > 0) =
 * Φ(μᵀz / ‖z‖_{Λ⁻¹}) is at least 0.65, for a mean of few members is mostly noise.
 */
export function chooseCandidate(
  baseRewards: Float64Array,
  rewards: Float64Array,
  userWeights: UserWeights,
): number {
  const best = indexOfBest(rewards);
  if (userWeights.votes > 0 || best === 0) return best;
  const rank = userWeights.weights.length;
  const difference = Float64Array.from(
    { length: rank },
    (_, axis) => baseRewards[best * rank + axis]! - baseRewards[axis]!,
  );
  const spread = Math.hypot(...solveLower(userWeights.cholesky, difference, rank));
  if (spread < 1e-9) return 0;
  return 1 - standardNormalTail((rewards[best]! - rewards[0]!) / spread) >= CLEAR ? best : 0;
}

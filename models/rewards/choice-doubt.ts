/** How sure a choice among candidates is for one member. Knows no text and no threads. */
import { solveLower } from "../algebra/linear-algebra.js";
import { standardNormalTail } from "../algebra/normal.js";
import type { UserWeights } from "./user-weights.js";

/**
 * The largest probability, over the other candidates, that a candidate is really better for the
 * member than the one with the highest reward: Φ(−λ̂ᵀz / ‖z‖_{H⁻¹}) with z = φ(best) − φ(other)
 * and λ ~ N(λ̂, H⁻¹). 0 means certain, 0.5 means as good as a coin.
 * `baseRewards` is [n, J] row-major, `rewards` [n]. Fewer than two candidates leave no doubt.
 */
export function doubtOfBest(
  baseRewards: Float64Array,
  rewards: Float64Array,
  userWeights: UserWeights,
): number {
  const rank = userWeights.weights.length;
  const best = indexOfBest(rewards);
  const turned = new Float64Array(rank);
  let doubt = 0;
  for (let other = 0; other < rewards.length; other++) {
    if (other === best) continue;
    for (let axis = 0; axis < rank; axis++) {
      turned[axis] = baseRewards[best * rank + axis]! - baseRewards[other * rank + axis]!;
    }
    const halfWidth = norm(solveLower(userWeights.cholesky, turned, rank, turned));
    // Candidates that φ cannot tell apart are no choice, so no question can help.
    if (halfWidth < 1e-9) continue;
    const advantage = rewards[best]! - rewards[other]!;
    doubt = Math.max(doubt, standardNormalTail(advantage / halfWidth));
  }
  return doubt;
}

/** The index of the highest reward, the first one among equals. */
export function indexOfBest(rewards: Float64Array): number {
  let best = 0;
  for (let row = 1; row < rewards.length; row++) if (rewards[row]! > rewards[best]!) best = row;
  return best;
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at++) sum += vector[at]! * vector[at]!;
  return Math.sqrt(sum);
}

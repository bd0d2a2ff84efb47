/** How likely a member prefers one response to another, with the doubt about their weights. */
import { solveLower } from "../algebra/linear-algebra.js";
import type { UserWeights } from "./user-weights.js";
import { sigmoid } from "./user-weights-objective.js";

export interface Preference {
  /** λ̂ᵀz. */
  readonly advantage: number;
  /** P(a ≻ b). */
  readonly probability: number;
}

/**
 * P(a ≻ b) for z = φ(a) − φ(b) [J], averaged over λ ~ N(λ̂, H⁻¹) by MacKay's approximation
 * σ(λ̂ᵀz / √(1 + π zᵀH⁻¹z / 8)) (1992).
 */
export function predictPreference(userWeights: UserWeights, difference: Float64Array): Preference {
  const rank = difference.length;
  const whitened = solveLower(userWeights.cholesky, difference, rank);
  let advantage = 0;
  let variance = 0;
  for (let axis = 0; axis < rank; axis++) {
    advantage += userWeights.weights[axis]! * difference[axis]!;
    variance += whitened[axis]! ** 2;
  }
  return { advantage, probability: sigmoid(advantage / Math.sqrt(1 + (Math.PI * variance) / 8)) };
}

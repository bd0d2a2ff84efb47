/** What is known about a member's taste, axis by axis. Plain data; the words are made elsewhere. */

import { solveLower } from "../algebra/linear-algebra.js";
import { standardNormalTail } from "../algebra/normal.js";
import type { Axis, BaseRewardModel } from "./base-rewards.js";
import { membersAgree } from "./personal-share.js";
import { priorUserWeights, type UserWeights } from "./user-weights.js";

export interface AxisLeaning {
  readonly axis: Axis;
  /** λ̂_j: above zero towards the axis' high end. */
  readonly weight: number;
  /** √(H⁻¹)_jj. */
  readonly standardDeviation: number;
  /** The same before the first vote. */
  readonly priorDeviation: number;
  /** The probability that the sign of the weight is right, 0.5 to 1. */
  readonly certainty: number;
}

/** One leaning for each base reward of `model`. */
export function describeLeanings(model: BaseRewardModel, userWeights: UserWeights): AxisLeaning[] {
  const prior = priorUserWeights(model);
  const agree = membersAgree(model);
  return model.axes.map((axis, at) => {
    const weight = userWeights.weights[at]!;
    const standardDeviation = deviationOf(userWeights, at);
    const priorDeviation = deviationOf(prior, at);
    // Where members agree, the sign is everybody's and says nothing about this member.
    const certainty = agree ? 0.5 : 1 - standardNormalTail(Math.abs(weight) / standardDeviation);
    return { axis, weight, standardDeviation, priorDeviation, certainty };
  });
}

/** √(eᵀH⁻¹e) = ‖L⁻¹e‖ for the unit vector e of axis `at`. */
function deviationOf({ cholesky, weights }: UserWeights, at: number): number {
  const unit = new Float64Array(weights.length);
  unit[at] = 1;
  return Math.hypot(...solveLower(cholesky, unit, weights.length));
}

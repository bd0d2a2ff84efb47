/** What a member wants along each steerable axis, and how sure that is. Knows no words. */
import { dot, solveLower } from "../algebra/linear-algebra.js";
import { standardNormalTail } from "../algebra/normal.js";
import type { UserWeightsPrior } from "../rewards/base-rewards.js";
import type { UserWeights } from "../rewards/user-weights.js";
import type { AxisGains } from "./axis-gains.js";
import { STEERABLE_AXES, type SteerableAxis } from "./steerable-axes.js";

/** Along one axis, in logits for one standard deviation of it. */
export interface AxisStance {
  readonly axis: SteerableAxis;
  /** m_s: above zero where the member wants more of the axis. */
  readonly mean: number;
  /** √v_s. */
  readonly deviation: number;
  /** P(the sign of m_s is right), 0.5 to 1. */
  readonly certainty: number;
}

export interface StanceParts {
  readonly gains: AxisGains;
  readonly userWeights: UserWeights;
  readonly prior: UserWeightsPrior;
  /** κ, 0 to 1: how much of λ − μ counts. */
  readonly personalShare: number;
}

/**
 * m_s = κ g_sᵀ(λ̂ − μ) + g_sᵀμ and v_s = κ² g_sᵀH⁻¹g_s of every axis. Products of φ's gradient with λ
 * alone, so an invertible change of φ's basis changes nothing.
 */
export function stancesOf(parts: StanceParts): AxisStance[] {
  const { gains, userWeights, prior, personalShare } = parts;
  const { rank } = gains;
  return STEERABLE_AXES.map((axis, at) => {
    const gain = gains.gains.subarray(at * rank, (at + 1) * rank);
    const mean = wantedAlong(gain, userWeights.weights, prior.mean, personalShare);
    const deviation = personalShare * Math.hypot(...solveLower(userWeights.cholesky, gain, rank));
    const certainty = deviation > 0 ? 1 - standardNormalTail(Math.abs(mean) / deviation) : 0.5;
    return { axis, mean, deviation, certainty };
  });
}

/** As {@link stancesOf}, of one draw λ instead of λ̂: what a member might want. [S]. */
export function stancesOfDraw(
  { gains, prior, personalShare }: Omit<StanceParts, "userWeights">,
  weights: Float64Array,
): Float64Array {
  const { rank } = gains;
  return Float64Array.from(STEERABLE_AXES, (_, at) =>
    wantedAlong(
      gains.gains.subarray(at * rank, (at + 1) * rank),
      weights,
      prior.mean,
      personalShare,
    ),
  );
}

function wantedAlong(
  gain: Float64Array,
  weights: Float64Array,
  mean: Float64Array,
  personalShare: number,
): number {
  const common = dot(gain, mean);
  return personalShare * (dot(gain, weights) - common) + common;
}

/**
 * How votes by "another answer" are read. Only those who are displeased ask for another answer, so the
 * answer that they saw first starts behind, and what they choose tells less of their taste than a ballot:
 * P(a ≻ b) = σ(s λᵀz + b p), with a position bias b and a scale s of their own.
 */
import type { AnotherAnswer, BaseRewardModel } from "./base-rewards.js";
import type { Comparisons } from "./comparison.js";

/** What is believed before any such vote: b₀ of ballots ± 1 logit, and a scale of 1 ± ½. */
export const BIAS_DEVIATION = 1;
export const SCALE_DEVIATION = 0.5;
/** Further than this no bias lies from that of ballots, in logits. */
export const MOST_BIAS = 3;

/** What `model` has learned of such votes; a standard deviation below a ballot's scale if nothing. */
export function anotherAnswerOf(model: BaseRewardModel): AnotherAnswer {
  const { anotherAnswer, positionBias } = model;
  return anotherAnswer ?? { positionBias, scale: 1 - SCALE_DEVIATION };
}

/** What the objective of the user weights takes: z, p and b₀ of each comparison. */
export interface ReadVotes {
  /** [n, J]. */
  readonly differences: Float64Array;
  /** [n]. */
  readonly positions: ArrayLike<number>;
  readonly positionBias: number;
}

/**
 * `comparisons` with their `differences` z, [n, J], as `model` reads them: s z and b p for votes by
 * "another answer", z and b₀ p for all others. Without such votes nothing is changed.
 */
export function readVotes(
  model: BaseRewardModel,
  { another, count, positions }: Comparisons,
  differences: Float64Array,
): ReadVotes {
  const { positionBias, rank } = model;
  if (!another?.includes(1)) return { differences, positions, positionBias };
  const own = anotherAnswerOf(model);
  const offsets = new Float64Array(count);
  const scaled = differences.slice();
  for (let row = 0; row < count; row++) {
    offsets[row] = (another[row] ? own.positionBias : positionBias) * positions[row]!;
    if (!another[row]) continue;
    for (let axis = 0; axis < rank; axis++) scaled[row * rank + axis]! *= own.scale;
  }
  return { differences: scaled, positions: offsets, positionBias: 1 };
}

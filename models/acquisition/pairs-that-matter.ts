/**
 * The pairs whose rewards a question is meant to tell about: those of chats to come, which are taken
 * to differ as the comparisons did that the base rewards were learned from. Gives distances that
 * measure what an answer tells about them all. Knows no acquisition.
 */
import { dot, solveLower, solveLowerTransposed } from "../algebra/linear-algebra.js";
import type { WhitenedCandidates } from "./whitening.js";

export interface PairsThatMatter {
  /**
   * D½H⁻¹φ, [n, J], with D = E ttᵀ over the pairs t that matter: the squared distance of two
   * candidates is E (tᵀH⁻¹z)², z being their difference.
   */
  readonly points: Float64Array;
  /** ‖L⁻¹DL⁻ᵀ‖ (Frobenius): no squared distance is more than so many times zᵀH⁻¹z. */
  readonly norm: number;
}

/**
 * `variances` [J] is the diagonal of D: base rewards are uncorrelated over the comparisons. Where it
 * is left out, all base rewards are taken to differ alike.
 */
export function pairsThatMatter(
  { count, factor, rank, whitened }: WhitenedCandidates,
  variances: Float64Array = new Float64Array(rank).fill(1),
): PairsThatMatter {
  const deviations = variances.map(Math.sqrt);
  const points = new Float64Array(count * rank);
  for (let row = 0; row < count; row++) {
    const own = points.subarray(row * rank, (row + 1) * rank);
    solveLowerTransposed(factor, whitened.subarray(row * rank, (row + 1) * rank), rank, own);
    for (let axis = 0; axis < rank; axis++) own[axis]! *= deviations[axis]!;
  }
  return { points, norm: normOfMoment(factor, deviations) };
}

/** ‖L⁻¹DL⁻ᵀ‖, the norm of Σ vvᵀ over the columns v of L⁻¹D½. */
function normOfMoment(factor: Float64Array, deviations: Float64Array): number {
  const rank = deviations.length;
  const columns = Array.from(deviations, (deviation, axis) => {
    const column = new Float64Array(rank);
    column[axis] = deviation;
    return solveLower(factor, column, rank, column);
  });
  let squares = 0;
  columns.forEach((first, at) => {
    squares += dot(first, first) ** 2;
    for (const second of columns.slice(at + 1)) squares += 2 * dot(first, second) ** 2;
  });
  return Math.sqrt(squares);
}

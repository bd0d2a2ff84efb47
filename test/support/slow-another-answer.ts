/**
 * A slow way to the position bias and the scale of votes by "another answer" that shares nothing with the
 * fast one: the logistic is averaged over λᵀz by a sum over its normal density, and the lowest point
 * found by looking at every point of ever finer grids.
 */
import type { AnotherVotes } from "../../models/training/estimate/another-answer.js";

export interface SlowOptions {
  /** Whether the average is exact, or MacKay's approximation of it. */
  readonly exact: boolean;
}

/** −log of the likelihood and the prior at one (b, s), written out from the definition. */
export function slowObjective(
  votes: AnotherVotes,
  bias: number,
  scale: number,
  { exact }: SlowOptions,
): number {
  let sum = (bias - votes.ballotBias) ** 2 / 2 + (scale - 1) ** 2 / (2 * 0.5 ** 2);
  for (let row = 0; row < votes.means.length; row++) {
    const [mean, variance] = [votes.means[row]!, votes.variances[row]!];
    const offset = bias * votes.positions[row]!;
    const first = exact
      ? averaged((reward) => logistic(scale * reward + offset), mean, variance)
      : logistic((scale * mean + offset) / Math.sqrt(1 + (Math.PI * scale ** 2 * variance) / 8));
    const outcome = votes.outcomes[row]!;
    sum -= votes.weights[row]! * (outcome * Math.log(first) + (1 - outcome) * Math.log(1 - first));
  }
  return sum;
}

/** The lowest point over b within 3 of b₀ and s in [0, 1], or at the one `scale` that is given. */
export function slowLowest(
  votes: AnotherVotes,
  options: SlowOptions,
  scale?: number,
): { readonly bias: number; readonly scale: number } {
  let best = { bias: votes.ballotBias, scale: scale ?? 0.5, at: Number.POSITIVE_INFINITY };
  let [halfBias, halfScale] = [3, scale === undefined ? 0.5 : 0];
  for (let zoom = 0; zoom < 10; zoom++) {
    const centre = best;
    for (let i = -8; i <= 8; i++) {
      for (let j = -8; j <= 8; j++) {
        const bias = clamp(
          centre.bias + (halfBias * i) / 8,
          votes.ballotBias - 3,
          votes.ballotBias + 3,
        );
        const own = clamp(centre.scale + (halfScale * j) / 8, 0, 1);
        const at = slowObjective(votes, bias, own, options);
        if (at < best.at) best = { bias, scale: own, at };
        if (halfScale === 0) break;
      }
    }
    [halfBias, halfScale] = [halfBias / 3, halfScale / 3];
  }
  return best;
}

/** The mean of `value` over N(mean, variance), by the midpoint rule over eight deviations to both sides. */
function averaged(value: (x: number) => number, mean: number, variance: number): number {
  const deviation = Math.sqrt(variance);
  let [sum, total] = [0, 0];
  for (let step = -40; step <= 40; step++) {
    const at = step / 5;
    const density = Math.exp(-(at ** 2) / 2);
    sum += density * value(mean + deviation * at);
    total += density;
  }
  return sum / total;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Random preference problems for property tests, with near-singular and huge ones among them. */
import { drawStandardNormal } from "../../models/algebra/normal.js";
import type { RandomGenerator } from "../../models/algebra/random.js";
import type { UserWeightsProblem } from "../../models/rewards/user-weights-objective.js";

/** Row-major [rows, columns] of N(0, scale²). */
export function randomMatrix(random: RandomGenerator, size: number, scale = 1): Float64Array {
  return Float64Array.from({ length: size }, () => scale * drawStandardNormal(random));
}

/** AAᵀ + ridge I, [size, size]. */
export function randomPositiveDefinite(
  random: RandomGenerator,
  size: number,
  ridge: number,
): Float64Array {
  const root = randomMatrix(random, size * size);
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    let sum = row === column ? ridge : 0;
    for (let k = 0; k < size; k++) sum += root[row * size + k]! * root[column * size + k]!;
    return sum;
  });
}

/** An orthogonal matrix [size, size]: random rows, each made right-angled to those before it. */
export function randomRotation(random: RandomGenerator, size: number): Float64Array {
  const rotation = randomMatrix(random, size * size);
  const row = (at: number) => rotation.subarray(at * size, (at + 1) * size);
  for (let at = 0; at < size; at++) {
    // Twice, because once leaves rounding where a row was nearly one of those before.
    for (let earlier = 0; earlier < 2 * at; earlier++) {
      const other = row(earlier % at);
      const shared = other.reduce((sum, value, k) => sum + value * row(at)[k]!, 0);
      other.forEach((value, k) => {
        row(at)[k]! -= shared * value;
      });
    }
    const length = Math.hypot(...row(at));
    row(at).forEach((value, k) => {
      row(at)[k] = value / length;
    });
  }
  return rotation;
}

export interface ProblemOptions {
  readonly rank: number;
  readonly count: number;
  /** Of the differences. */
  readonly scale: number;
  /** Of the prior's precision; small ones make it nearly singular. */
  readonly ridge: number;
}

export function randomProblem(
  random: RandomGenerator,
  { rank, count, scale, ridge }: ProblemOptions,
): UserWeightsProblem {
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
  return {
    count,
    rank,
    differences: randomMatrix(random, count * rank, scale),
    outcomes: Float64Array.from({ length: count }, () => pick([0, 0.5, 1])),
    weights: Float64Array.from({ length: count }, () => pick([0.5, 1, 1])),
    positions: Float64Array.from({ length: count }, () => pick([-1, 0, 1])),
    positionBias: 0.3 * drawStandardNormal(random),
    prior: {
      mean: randomMatrix(random, rank, 0.5),
      precision: randomPositiveDefinite(random, rank, ridge),
    },
  };
}

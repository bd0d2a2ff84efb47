/** Random preference problems for property tests, with near-singular and huge ones among them. */
import { drawStandardNormal } from "../../models/normal.js";
import type { RandomGenerator } from "../../models/random.js";
import type { UserWeightsProblem } from "../../models/user-weights-objective.js";

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

/** Made-up models, members and candidates of a given size, for measurements of speed alone. */

import { drawStandardNormal } from "../../../models/algebra/normal.js";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { Comparisons, PooledComparisons } from "../../../models/rewards/comparison.js";
import { createStarterModel } from "../../../models/rewards/starter.js";

/** [size] of N(0, scale²). */
export function drawFeatures(random: RandomGenerator, size: number, scale = 1): Float32Array {
  return Float32Array.from({ length: size }, () => scale * drawStandardNormal(random));
}

/** A linear model with J = `rank`, D = `dimensions`, λ ~ N(0, I) and base rewards of variance one. */
export function drawModel(
  random: RandomGenerator,
  rank: number,
  dimensions: number,
): BaseRewardModel {
  const precision = new Float64Array(rank * rank);
  for (let axis = 0; axis < rank; axis++) precision[axis * rank + axis] = 1;
  return {
    ...createStarterModel(),
    version: "synthetic",
    encoderId: "synthetic",
    rank,
    dimensions,
    weights: drawFeatures(random, rank * dimensions, 1 / Math.sqrt(dimensions)),
    prior: { mean: new Float64Array(rank), precision },
    positionBias: 0.1,
    axes: Array.from({ length: rank }, (_, axis) => ({
      name: `axis ${axis}`,
      low: "less",
      high: "more",
    })),
  };
}

/** `count` votes of one member, whose taste is drawn from the prior of `model`. */
export function drawComparisons(
  random: RandomGenerator,
  model: BaseRewardModel,
  count: number,
): Comparisons {
  const { members: _, memberOf: __, ...comparisons } = drawPool(random, model, 1, count);
  return comparisons;
}

/** `votesEach` votes of each of `members` members, whose tastes are drawn from the prior of `model`. */
export function drawPool(
  random: RandomGenerator,
  model: BaseRewardModel,
  members: number,
  votesEach: number,
): PooledComparisons {
  const { dimensions, rank } = model;
  const count = members * votesEach;
  const featuresA = drawFeatures(random, count * dimensions);
  const featuresB = drawFeatures(random, count * dimensions);
  const outcomes = new Float32Array(count);
  const memberOf = new Int32Array(count);
  const direction = new Float64Array(dimensions);
  for (let member = 0; member < members; member++) {
    direction.fill(0);
    for (let axis = 0; axis < rank; axis++) {
      const weight = drawStandardNormal(random);
      for (let k = 0; k < dimensions; k++) {
        direction[k]! += weight * model.weights[axis * dimensions + k]!;
      }
    }
    for (let row = member * votesEach; row < (member + 1) * votesEach; row++) {
      let logit = 0;
      for (let k = row * dimensions, axis = 0; axis < dimensions; axis++, k++) {
        logit += direction[axis]! * (featuresA[k]! - featuresB[k]!);
      }
      outcomes[row] = random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
      memberOf[row] = member;
    }
  }
  const positions = Float32Array.from({ length: count }, () => (random() < 0.5 ? 1 : -1));
  const weights = new Float32Array(count).fill(1);
  return { count, featuresA, featuresB, outcomes, positions, weights, members, memberOf };
}

/** The same votes in memory of their own, to be given away to a thread. */
export function copyComparisons(comparisons: Comparisons): Comparisons {
  const { count, featuresA, featuresB, outcomes, positions, weights } = comparisons;
  return {
    count,
    featuresA: featuresA.slice(),
    featuresB: featuresB.slice(),
    outcomes: outcomes.slice(),
    positions: positions.slice(),
    weights: weights.slice(),
  };
}

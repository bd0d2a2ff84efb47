/** Comparisons of members whose reward is known, for tests of the training. */

import { drawStandardNormal } from "../../models/algebra/normal.js";
import { createRandomGenerator } from "../../models/algebra/random.js";
import type { PooledComparisons } from "../../models/rewards/comparison.js";

export interface PlantedOptions {
  readonly members: number;
  readonly votesEach: number;
  readonly dimensions: number;
  readonly seed: number;
  /** The base rewards that tastes differ in; none: votes are coins. */
  readonly baseRewards: (features: Float32Array) => readonly number[];
  /** How far the average member leans, in standard deviations of a taste. */
  readonly mean?: number;
  /** How much likelier the response shown first, which is a, is preferred, in logits; 0 where it is left out. */
  readonly positionBias?: number;
  /** The first members of all, who tap the response shown first whatever it says. */
  readonly alwaysFirst?: number;
}

/** Members with λ ~ N(mean, 1) per base reward vote by Bradley-Terry on random features. */
export function plantMembers(options: PlantedOptions): PooledComparisons {
  const { members, votesEach, dimensions, seed, baseRewards, mean = 0 } = options;
  const { positionBias = 0, alwaysFirst = 0 } = options;
  const random = createRandomGenerator(seed);
  const count = members * votesEach;
  const features = () =>
    Float32Array.from({ length: dimensions }, () => drawStandardNormal(random));
  const featuresA = new Float32Array(count * dimensions);
  const featuresB = new Float32Array(count * dimensions);
  const outcomes = new Float32Array(count);
  const memberOf = new Int32Array(count);
  for (let member = 0; member < members; member++) {
    const taste = baseRewards(features()).map(() => mean + drawStandardNormal(random));
    for (let vote = 0; vote < votesEach; vote++) {
      const row = member * votesEach + vote;
      const [a, b] = [features(), features()];
      featuresA.set(a, row * dimensions);
      featuresB.set(b, row * dimensions);
      const reward = (own: Float32Array) =>
        baseRewards(own).reduce((sum, value, at) => sum + taste[at]! * value, 0);
      const probability = 1 / (1 + Math.exp(reward(b) - reward(a) - positionBias));
      outcomes[row] = random() < probability || member < alwaysFirst ? 1 : 0;
      memberOf[row] = member;
    }
  }
  const ones = new Float32Array(count).fill(1);
  const positions = new Float32Array(count).fill(positionBias || alwaysFirst ? 1 : 0);
  return { count, featuresA, featuresB, outcomes, positions, weights: ones, members, memberOf };
}

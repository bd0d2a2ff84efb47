/**
 * The baseline that knows one person only: a logistic regression on the features with a flat ridge
 * prior, from answers to random questions. Nothing is learned from other people.
 */

import { shuffled } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { fitUserWeights, priorUserWeights } from "../../../models/rewards/user-weights.js";
import { differenceScales } from "../../../models/training/estimate/training-data.js";
import type { Items, TrainingPairs } from "../evaluate/dataset.js";
import type { Interviewer } from "../evaluate/interview.js";
import { poolComparisons } from "../evaluate/train-model.js";

/** The prior variance of a reward difference between two typical answers. */
const VARIANCE = 1;

/** Base rewards that are the standardised features themselves, J = D, with λ ~ N(0, I · variance / D). */
export function individualModel(items: Items, training: TrainingPairs): BaseRewardModel {
  const { dimensions, encoderId } = items;
  const scales = differenceScales(poolComparisons(items, training), dimensions);
  const weights = new Float32Array(dimensions * dimensions);
  const precision = new Float64Array(dimensions * dimensions);
  for (let feature = 0; feature < dimensions; feature++) {
    weights[feature * (dimensions + 1)] = scales[feature]!;
    precision[feature * (dimensions + 1)] = dimensions / VARIANCE;
  }
  return {
    version: "individual",
    encoderId,
    rank: dimensions,
    dimensions,
    weights,
    prior: { mean: new Float64Array(dimensions), precision },
    positionBias: 0,
    axes: [],
  };
}

/** Asks random questions and fits after each of `answers` alone, since J is large here. */
export function askAtRandom(answers: readonly number[]): Interviewer {
  return function* ask(model, baseRewards, pool, random) {
    const { positionBias, prior, rank } = model;
    const order = shuffled([...Array(pool.count).keys()], random);
    yield priorUserWeights(model);
    for (const wanted of answers) {
      const asked = order.slice(0, wanted);
      if (asked.length === 0) continue;
      const differences = new Float64Array(asked.length * rank);
      asked.forEach((pair, row) => {
        const [a, b] = [pool.a[pair]! * rank, pool.b[pair]! * rank];
        for (let axis = 0; axis < rank; axis++) {
          differences[row * rank + axis] = baseRewards[a + axis]! - baseRewards[b + axis]!;
        }
      });
      const fitted = fitUserWeights({
        count: asked.length,
        rank,
        differences,
        outcomes: asked.map((pair) => pool.outcomes[pair]!),
        weights: asked.map(() => 1),
        positions: asked.map(() => 0),
        positionBias,
        prior,
      });
      yield { ...fitted, votes: asked.length, modelVersion: model.version };
    }
  };
}

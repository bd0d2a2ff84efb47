/** How long the interactive calls take with this model, in one thread. */
import { performance } from "node:perf_hooks";
import { type Acquisition, selectPair } from "../../../models/acquisition/search.js";
import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { doubtOfBest } from "../../../models/rewards/choice-doubt.js";
import {
  fitUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../models/rewards/user-weights.js";
import type { Items, TrainingPairs } from "./dataset.js";
import { rowsOf } from "./train-model.js";

/** Medians in microseconds, by the size of the problem. */
export interface Timings {
  /** λ̂ and H from so many answers, whose differences of base rewards are known. */
  readonly updateWeights: Readonly<Record<number, number>>;
  /** The best of so many pairs of candidates or a few more. */
  readonly selectPair: Readonly<Record<number, number>>;
  /** φ, rewards and doubt of so many candidates, whose features are known. */
  readonly scoreCandidates: Readonly<Record<number, number>>;
}

const ANSWERS = [10, 40];
const PAIRS = [1_000, 10_000];
const CANDIDATES = [8];
const WARM_UP = 200;
const REPETITIONS = 200;

/** Measures on the items and training comparisons of a data set. */
export function measureTimings(
  model: BaseRewardModel,
  items: Items,
  training: TrainingPairs,
  acquisition: Acquisition,
  seed: number,
): Timings {
  const random = createRandomGenerator(seed);
  const drawItems = (count: number) =>
    rowsOf(
      items,
      Int32Array.from({ length: count }, () => Math.floor(random() * items.count)),
    );
  const baseRewards = computeBaseRewards(model, items.features);
  const userWeights = fitAnswers(model, baseRewards, training, 10, random)();
  return {
    updateWeights: bySize(ANSWERS, (count) =>
      median(fitAnswers(model, baseRewards, training, count, random)),
    ),
    selectPair: bySize(PAIRS, (pairs) => {
      const count = Math.ceil((1 + Math.sqrt(1 + 8 * pairs)) / 2);
      const candidates = computeBaseRewards(model, drawItems(count));
      const { differenceVariances } = model;
      return median(() =>
        selectPair(candidates, count, userWeights, acquisition, { differenceVariances, random }),
      );
    }),
    scoreCandidates: bySize(CANDIDATES, (count) => {
      const features = drawItems(count);
      return median(() => scoreCandidates(model, features, userWeights));
    }),
  };
}

function bySize(sizes: readonly number[], measure: (size: number) => number) {
  return Object.fromEntries(sizes.map((size) => [size, measure(size)]));
}

function median(run: () => unknown): number {
  for (let repetition = 0; repetition < WARM_UP; repetition++) run();
  const times = Float64Array.from({ length: REPETITIONS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return times.sort()[REPETITIONS / 2]! * 1000;
}

/** Fits `count` training comparisons, drawn at random, as one member's. */
function fitAnswers(
  model: BaseRewardModel,
  baseRewards: Float64Array,
  training: TrainingPairs,
  count: number,
  random: RandomGenerator,
): () => UserWeights {
  const { positionBias, prior, rank } = model;
  const differences = new Float64Array(count * rank);
  const outcomes = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const drawn = Math.floor(random() * training.count);
    outcomes[row] = training.outcomes[drawn]!;
    for (let axis = 0; axis < rank; axis++) {
      differences[row * rank + axis] =
        baseRewards[training.a[drawn]! * rank + axis]! -
        baseRewards[training.b[drawn]! * rank + axis]!;
    }
  }
  const weights = new Float64Array(count).fill(1);
  const positions = new Float64Array(count);
  const problem = { count, rank, differences, outcomes, weights, positions, positionBias, prior };
  return () => ({ ...priorUserWeights(model), ...fitUserWeights(problem), votes: count });
}

function scoreCandidates(
  model: BaseRewardModel,
  features: Float32Array,
  userWeights: UserWeights,
): number {
  const baseRewards = computeBaseRewards(model, features);
  const rewards = new Float64Array(baseRewards.length / model.rank);
  for (let row = 0; row < rewards.length; row++) {
    for (let axis = 0; axis < model.rank; axis++) {
      rewards[row]! += userWeights.weights[axis]! * baseRewards[row * model.rank + axis]!;
    }
  }
  return doubtOfBest(baseRewards, rewards, userWeights);
}

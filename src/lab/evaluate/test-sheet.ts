/** One new user's test pairs, and what weights score on them. Knows no questions. */
import { predictPreference } from "../../../models/rewards/preference-probability.js";
import type { UserWeights } from "../../../models/rewards/user-weights.js";
import type { Items, LabelledPairs } from "./dataset.js";
import { rocAuc } from "./metrics.js";
import type { Tally } from "./tally.js";
import { type JudgedPrompt, judgePrompts, winRate } from "./win-rate.js";

/** Test pairs in the form that scoring needs. */
export interface TestSheet {
  readonly person: string;
  readonly outcomes: Float32Array;
  /** z = φ(a) − φ(b) of each pair, [n, J]. */
  readonly differences: Float64Array;
  readonly prompts: readonly JudgedPrompt[];
  /** φ of all items, [items, J]. */
  readonly baseRewards: Float64Array;
}

export function prepareTest(
  person: string,
  test: LabelledPairs,
  { promptOf }: Items,
  baseRewards: Float64Array,
  rank: number,
): TestSheet {
  const differences = new Float64Array(test.count * rank);
  for (let pair = 0; pair < test.count; pair++) {
    const [a, b] = [test.a[pair]! * rank, test.b[pair]! * rank];
    for (let axis = 0; axis < rank; axis++) {
      differences[pair * rank + axis] = baseRewards[a + axis]! - baseRewards[b + axis]!;
    }
  }
  const prompts = judgePrompts(test, promptOf);
  return { person, outcomes: test.outcomes, differences, prompts, baseRewards };
}

/** Adds what `userWeights` score on `sheet`, whose outcomes must be of both kinds, to `tally`. */
export function score(
  { baseRewards, differences, outcomes, person, prompts }: TestSheet,
  userWeights: UserWeights,
  { aucs, calibration, people, winRates }: Tally,
): void {
  const rank = userWeights.weights.length;
  const advantages = new Float64Array(outcomes.length);
  for (let pair = 0; pair < outcomes.length; pair++) {
    const difference = differences.subarray(pair * rank, (pair + 1) * rank);
    const { advantage, probability } = predictPreference(userWeights, difference);
    advantages[pair] = advantage;
    calibration.add(probability, outcomes[pair]!);
  }
  people.push(person);
  aucs.push(rocAuc(advantages, outcomes)!);
  const rewardOf = (item: number) => {
    let reward = 0;
    for (let axis = 0; axis < rank; axis++) {
      reward += userWeights.weights[axis]! * baseRewards[item * rank + axis]!;
    }
    return reward;
  };
  winRates.push(winRate(prompts, rewardOf));
}

/**
 * How well new users are predicted after so many answers: AUC, win rate and calibration over all
 * of them. Knows models and data, no files.
 */
import type { Acquisition } from "../../models/acquisition.js";
import { type BaseRewardModel, computeBaseRewards } from "../../models/base-rewards.js";
import { predictPreference } from "../../models/preference-probability.js";
import { createRandomGenerator } from "../../models/random.js";
import type { UserWeights } from "../../models/user-weights.js";
import type { Items, NewUser } from "./dataset.js";
import { type Interviewer, interview } from "./interview.js";
import { Calibration, type Estimate, estimateOf, rocAuc } from "./metrics.js";
import { type JudgedPrompt, judgePrompts, winRate } from "./win-rate.js";

export interface CurveOptions {
  /** What selects the questions, or another way of asking. */
  readonly ask: Acquisition | Interviewer;
  /** The numbers of answers to score after, ascending. */
  readonly answers: readonly number[];
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

/** The scores after one number of answers. */
export interface CurvePoint {
  readonly answers: number;
  readonly auc: Estimate;
  /** Undefined where no prompt of the test pairs has several responses. */
  readonly winRate: Estimate | undefined;
  /** Expected calibration error of P(a ≻ b). */
  readonly calibration: number;
}

/** Lets `users`, whose test pairs have both labels, answer questions under `model`. */
export function measureCurve(
  model: BaseRewardModel,
  items: Items,
  users: readonly NewUser[],
  { answers, ask, seed, onProgress = () => {} }: CurveOptions,
): CurvePoint[] {
  const baseRewards = computeBaseRewards(model, items.features);
  const interviewer = typeof ask === "function" ? ask : interviewBy(ask);
  const tallies = answers.map(() => createTally());
  users.forEach((user, index) => {
    const sheet = prepareTest(user, items, baseRewards, model.rank);
    // A generator of one's own: what a user is asked does not depend on how much others were asked.
    const random = createRandomGenerator(seed * 7919 + index);
    const path = interviewer(model, baseRewards, user.pool, random);
    let userWeights = path.next().value!;
    answers.forEach((wanted, point) => {
      while (userWeights.votes < wanted) {
        const next = path.next();
        if (next.done) break;
        userWeights = next.value;
      }
      score(sheet, userWeights, tallies[point]!);
    });
    onProgress((index + 1) / users.length);
  });
  return tallies.map(({ aucs, winRates, calibration }, point) => ({
    answers: answers[point]!,
    auc: estimateOf(aucs),
    winRate: winRates.length > 0 ? estimateOf(winRates) : undefined,
    calibration: calibration.expectedError(),
  }));
}

function interviewBy(acquisition: Acquisition): Interviewer {
  return (model, baseRewards, pool, random) =>
    interview(model, baseRewards, pool, { acquisition, random });
}

interface Tally {
  readonly aucs: number[];
  readonly winRates: number[];
  readonly calibration: Calibration;
}

function createTally(): Tally {
  return { aucs: [], winRates: [], calibration: new Calibration() };
}

/** One user's test pairs in the form that scoring needs. */
interface TestSheet {
  readonly outcomes: Float32Array;
  /** z = φ(a) − φ(b) of each pair, [n, J]. */
  readonly differences: Float64Array;
  readonly prompts: readonly JudgedPrompt[];
  readonly baseRewards: Float64Array;
}

function prepareTest(
  { test }: NewUser,
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
  return { outcomes: test.outcomes, differences, prompts, baseRewards };
}

function score(
  { baseRewards, differences, outcomes, prompts }: TestSheet,
  userWeights: UserWeights,
  { aucs, calibration, winRates }: Tally,
): void {
  const rank = userWeights.weights.length;
  const advantages = new Float64Array(outcomes.length);
  for (let pair = 0; pair < outcomes.length; pair++) {
    const difference = differences.subarray(pair * rank, (pair + 1) * rank);
    const { advantage, probability } = predictPreference(userWeights, difference);
    advantages[pair] = advantage;
    calibration.add(probability, outcomes[pair]!);
  }
  aucs.push(rocAuc(advantages, outcomes)!);
  const rewardOf = (item: number) => {
    let reward = 0;
    for (let axis = 0; axis < rank; axis++) {
      reward += userWeights.weights[axis]! * baseRewards[item * rank + axis]!;
    }
    return reward;
  };
  const rate = winRate(prompts, rewardOf);
  if (rate !== undefined) winRates.push(rate);
}

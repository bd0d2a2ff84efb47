/**
 * How well new users are predicted after so many answers: AUC, win rate and calibration over all
 * of them. Knows models and data, no files.
 */
import type { Acquisition } from "../../../models/acquisition/search.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import type { Items, LabelledPairs, NewUser } from "./dataset.js";
import { type Drift, type Interviewer, interview, turned } from "./interview.js";
import { type Estimate, estimateOf } from "./metrics.js";
import { createTally, type Tally } from "./tally.js";
import { prepareTest, score } from "./test-sheet.js";

export interface CurveOptions {
  /** What selects the questions, or another way of asking. */
  readonly ask: Acquisition | Interviewer;
  /** The numbers of answers to score after, ascending. */
  readonly answers: readonly number[];
  readonly seed: number;
  readonly drift?: Drift;
  readonly onProgress?: (done: number) => void;
}

/** The scores after one number of answers. */
export interface CurvePoint {
  readonly answers: number;
  readonly auc: Estimate;
  /** Of every user, in their order. */
  readonly aucs: readonly number[];
  /** Undefined if no prompt of the test pairs has several responses. */
  readonly winRate: Estimate | undefined;
  /** Expected calibration error of P(a ≻ b). */
  readonly calibration: number;
}

/** Lets `users`, whose test pairs have both labels, answer questions under `model`. */
export function measureCurve(
  model: BaseRewardModel,
  items: Items,
  users: readonly NewUser[],
  options: CurveOptions,
): CurvePoint[] {
  return curveOf(options.answers, measureTallies(model, items, users, options));
}

/** The scores of each user, one tally for each number of answers. */
export function measureTallies(
  model: BaseRewardModel,
  items: Items,
  users: readonly NewUser[],
  { answers, ask, drift = {}, seed, onProgress = () => {} }: CurveOptions,
): Tally[] {
  const baseRewards = computeBaseRewards(model, items.features);
  const interviewer = typeof ask === "function" ? ask : interviewBy(ask, drift);
  const tallies = answers.map(() => createTally());
  users.forEach((user, index) => {
    const sheetOf = (test: LabelledPairs) =>
      prepareTest(user.id, test, items, baseRewards, model.rank);
    const sheet = sheetOf(user.test);
    const later = drift.changeAt === undefined ? sheet : sheetOf(turned(user.test));
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
      const changed = drift.changeAt !== undefined && wanted > drift.changeAt;
      score(changed ? later : sheet, userWeights, tallies[point]!);
    });
    onProgress((index + 1) / users.length);
  });
  return tallies;
}

/** Means over the people of `tallies`, one of them for each number of `answers`. */
export function curveOf(answers: readonly number[], tallies: readonly Tally[]): CurvePoint[] {
  return tallies.map(({ aucs, winRates, calibration }, point) => {
    const rates = winRates.filter((rate) => rate !== undefined);
    return {
      answers: answers[point]!,
      auc: estimateOf(aucs),
      aucs,
      winRate: rates.length > 0 ? estimateOf(rates) : undefined,
      calibration: calibration.expectedError(),
    };
  });
}

function interviewBy(acquisition: Acquisition, drift: Drift): Interviewer {
  return (model, baseRewards, pool, random) =>
    interview(model, baseRewards, pool, { acquisition, random, ...drift });
}

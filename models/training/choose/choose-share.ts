/**
 * Chooses κ, how personal to be, by how well held-out members are predicted on new prompts after
 * their first answers. Knows no gate.
 */

import { DEFAULT_ACQUISITION } from "../../acquisition/scores.js";
import { selectPair } from "../../acquisition/search.js";
import { cholesky } from "../../algebra/linear-algebra.js";
import { dot } from "../../algebra/products.js";
import type { RandomGenerator } from "../../algebra/random.js";
import { narrowed, PERSONAL_SHARES, type PersonalShare } from "../../rewards/personal-share.js";
import { fitUserWeights, type UserWeights } from "../../rewards/user-weights.js";
import type { LinearBaseRewards } from "../estimate/factorise.js";
import { type TrainingData, writeFeatures } from "../estimate/training-data.js";
import type { Fold } from "../validate/folds.js";
import { type MemberVotes, memberRows, scoreFitted } from "../validate/held-out.js";
import {
  drawHeldOut,
  type HeldOutResponses,
  type MemberParts,
} from "../validate/held-out-prompts.js";
import { meanOf } from "../validate/paired.js";
import { onNewPrompts, type TrialFold } from "../validate/trial-folds.js";

/** How many answers members are predicted after. */
const ANSWERS = [1, 2, 5, 10];
const MOST_ANSWERS = 10;
/** Questions that may be asked of one member; more cost time and tell no more. */
const MOST_QUESTIONS = 40;
/** Members times cubed base rewards that the scoring may take. */
const SCORING_COST = 2e7;
const FEWEST_SCORED = 20;
/**
 * With fewer members held out than these, prompts are drawn a second time where the first draw would leave 1: each
 * draw trains anew.
 */
const ENOUGH_TO_DRAW_ONCE = 60;
/** Fewer members than these show no κ. */
const FEWEST_TO_JUDGE_BY = 12;
/** With a few dozen members, most of whom were asked less than this, a smaller κ must be clearly better. */
const FEW_DOZEN = 120;
const FEW_VOTES = 20;

export interface ShareSearch {
  readonly data: TrainingData;
  readonly folds: readonly Fold[];
  /** What the search gave for each fold, and how to train one on other data. */
  readonly models: readonly LinearBaseRewards[];
  readonly train: (fold: Fold, data: TrainingData) => LinearBaseRewards;
  readonly random: RandomGenerator;
}

export interface ChosenShare {
  readonly personalShare: PersonalShare;
  /** The folds of the first draw, with what was learned from them. */
  readonly trials: readonly Trial[];
}

/** Base rewards that have seen nothing of what `fold` predicts members on. */
export interface Trial {
  readonly fold: TrialFold;
  readonly linear: LinearBaseRewards;
}

/**
 * The largest κ whose predictions of held-out members are not worse than the best one's by more than a
 * standard error, in the mean of their log-likelihood after 1, 2, 5 and 10 answers. So κ stays 1 where
 * little is known. The prompts that members are predicted on are held out as well; where that is not
 * possible, as where a feature stands for one response, nothing can be said and κ is 1.
 */
export function choosePersonalShare(search: ShareSearch): ChosenShare {
  const draw = () => trialsOf(search, drawHeldOut(search.data, search.random));
  const score = (drawn: readonly Trial[]) =>
    drawn.flatMap((trial) => scoreTrial(search.data, trial));
  const trials = draw();
  const scored = score(trials);
  const personalShare = shareFrom(scored);
  const heldOutMembers = search.folds.reduce((sum, fold) => sum + fold.heldOut.length, 0);
  if (personalShare === 1 || heldOutMembers >= ENOUGH_TO_DRAW_ONCE) {
    return { personalShare, trials };
  }
  return { personalShare: shareFrom([...scored, ...score(draw())]), trials };
}

function shareFrom(scored: readonly ScoredMember[]): PersonalShare {
  const scores = new Map<number, number[][]>();
  for (const { likelihoods, member } of scored) {
    scores.set(member, [...(scores.get(member) ?? []), likelihoods]);
  }
  if (scores.size < FEWEST_TO_JUDGE_BY) return 1;
  const questions = scored.map(({ asked }) => asked).sort((a, b) => a - b);
  const fewVotes = questions[Math.floor(questions.length / 2)]! < FEW_VOTES;
  const careful = fewVotes && scores.size < FEW_DOZEN;
  return largestAsGoodAsBest([...scores.values()].map(meanOfDraws), careful ? 2 : 1);
}

/** The folds in which something can be said about the drawn prompts. */
function trialsOf({ data, folds, models, train }: ShareSearch, prompts: HeldOutResponses): Trial[] {
  return folds.flatMap((own, index) => {
    const fold = onNewPrompts(data, own, prompts);
    if (fold === undefined) return [];
    return [{ fold, linear: fold.seen === data ? models[index]! : train(fold, fold.seen) }];
  });
}

interface ScoredMember {
  readonly member: number;
  /** How many questions the member could be asked. */
  readonly asked: number;
  /** By {@link PERSONAL_SHARES}. */
  readonly likelihoods: number[];
}

function scoreTrial(data: TrainingData, { fold, linear }: Trial): ScoredMember[] {
  const most = Math.max(FEWEST_SCORED, Math.floor(SCORING_COST / linear.rank ** 3));
  return [...fold.rowsOf].slice(0, most).map(([member, { answered, rows }]) => {
    data.pause();
    const parts = { asked: rows.slice(0, answered), predicted: rows.slice(answered) };
    return { member, asked: answered, likelihoods: likelihoodsOf(data, linear, parts) };
  });
}

function meanOfDraws(draws: readonly (readonly number[])[]): number[] {
  return PERSONAL_SHARES.map((_, at) => meanOf(draws.map((own) => own[at]!)).mean);
}

/** `scores` are [members][κ], by {@link PERSONAL_SHARES}; worse is by more than so many standard errors. */
function largestAsGoodAsBest(
  scores: readonly (readonly number[])[],
  tolerance: number,
): PersonalShare {
  const means = PERSONAL_SHARES.map((_, at) => meanOf(scores.map((own) => own[at]!)).mean);
  const best = means.indexOf(Math.max(...means));
  return PERSONAL_SHARES.find((_, at) => {
    const { mean, standardError } = meanOf(scores.map((own) => own[best]! - own[at]!));
    return mean <= tolerance * standardError;
  })!;
}

/** The mean log-likelihood of the predicted votes over {@link ANSWERS}, for each κ, nats per vote. */
function likelihoodsOf(data: TrainingData, model: LinearBaseRewards, parts: MemberParts): number[] {
  const asked = parts.asked.slice(0, MOST_QUESTIONS);
  const questions = { rows: asked, ...rewardsOf(data, model, asked) };
  const predicted = {
    ...rewardsOf(data, model, parts.predicted),
    ...memberRows(data, parts.predicted),
    answered: 0,
  };
  return PERSONAL_SHARES.map((share) => {
    const narrow = {
      ...model,
      prior: { ...model.prior, precision: narrowed(model.prior.precision, share) },
    };
    return meanLikelihood(data, narrow, share, questions, predicted);
  });
}

interface Rewards {
  /** φ(a) and φ(b) of each row, [2n, J]. */
  readonly baseRewards: Float64Array;
  /** [n, J]. */
  readonly differences: Float64Array;
}

type Questions = Rewards & { readonly rows: readonly number[] };

function rewardsOf(data: TrainingData, model: LinearBaseRewards, rows: readonly number[]): Rewards {
  const { rank, weights } = model;
  const baseRewards = new Float64Array(2 * rows.length * rank);
  const differences = new Float64Array(rows.length * rank);
  const features = new Float64Array(2 * data.dimensions);
  rows.forEach((row, at) => {
    writeFeatures(data, row, features);
    for (let axis = 0; axis < rank; axis++) {
      const from = axis * data.dimensions;
      const a = dot(features, 0, weights, from, data.dimensions);
      const b = dot(features, data.dimensions, weights, from, data.dimensions);
      baseRewards[2 * at * rank + axis] = a;
      baseRewards[(2 * at + 1) * rank + axis] = b;
      differences[at * rank + axis] = a - b;
    }
  });
  return { baseRewards, differences };
}

/** Asks as ballots do, one question after the other, and predicts on the way. */
function meanLikelihood(
  data: TrainingData,
  model: LinearBaseRewards,
  share: PersonalShare,
  questions: Questions,
  predicted: MemberVotes,
): number {
  let userWeights = weightsAfter(data, model, questions, []);
  const chosen: number[] = [];
  let [sum, points] = [0, 0];
  const asks = share === 0 ? 0 : MOST_ANSWERS;
  const most = Math.min(asks, questions.rows.length);
  while (chosen.length < most) {
    const next = nextQuestion(model, questions, userWeights, chosen);
    if (next === undefined) break;
    chosen.push(next);
    userWeights = weightsAfter(data, model, questions, chosen);
    if (!ANSWERS.includes(chosen.length)) continue;
    sum += scoreFitted(model, userWeights, predicted, 0).logLikelihood;
    points++;
  }
  return points > 0 ? sum / points : scoreFitted(model, userWeights, predicted, 0).logLikelihood;
}

function nextQuestion(
  { differenceVariances }: LinearBaseRewards,
  { baseRewards, rows }: Questions,
  userWeights: UserWeights,
  chosen: readonly number[],
): number | undefined {
  const open = rows.map((_, at) => at).filter((at) => !chosen.includes(at));
  const pairs = Int32Array.from(open.flatMap((at) => [2 * at, 2 * at + 1]));
  const options = { pairs, differenceVariances };
  const pair = selectPair(baseRewards, 2 * rows.length, userWeights, DEFAULT_ACQUISITION, options);
  return pair === null ? undefined : pair.a / 2;
}

function weightsAfter(
  data: TrainingData,
  { positionBias, prior, rank }: LinearBaseRewards,
  { differences, rows }: Questions,
  chosen: readonly number[],
): UserWeights {
  const votes = { votes: chosen.length, modelVersion: "" };
  if (chosen.length === 0) {
    return { ...votes, weights: prior.mean.slice(), cholesky: cholesky(prior.precision, rank) };
  }
  const own = new Float64Array(chosen.length * rank);
  chosen.forEach((at, to) => {
    own.set(differences.subarray(at * rank, (at + 1) * rank), to * rank);
  });
  const answers = memberRows(
    data,
    chosen.map((at) => rows[at]!),
  );
  return {
    ...votes,
    ...fitUserWeights({ ...answers, rank, differences: own, positionBias, prior }),
  };
}

/**
 * One training on as many planted people as a retraining would read, and how well it predicts others
 * of the same kind. Reads nothing.
 */
import { createRandomGenerator } from "../../../models/algebra/random.js";
import {
  type BaseRewardModel,
  baseRewardDifferences,
} from "../../../models/rewards/base-rewards.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { type MemberScore, scoreMember } from "../../../models/training/validate/held-out.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { sampleSizes } from "../../training/sample-sizes.js";
import { drawModel, drawPool } from "../bench/synthetic.js";

/** D, about that of the built-in encoder. */
const DIMENSIONS = 88;
/** J, directions in which tastes differ. */
const RANK = 8;
/** Of the planted weights: a logit's standard deviation is 2. */
const STRENGTH = 0.5;
const NEW_PEOPLE = 2_000;
/** Votes of each new person that fit their weights, and those that are predicted. */
const ANSWERED = 10;
const PREDICTED = 20;
/** As the product trains. */
const TRAINING = { seed: 1, minimumMembers: 5, leaveOutColluders: true };
const KB_PER_MB = 1024;

export interface CrowdOptions {
  /** Who has voted. */
  readonly people: number;
  readonly votesEach: number;
  /** What a retraining reads at most, as RETRAIN_COMPARISONS. */
  readonly mostComparisons: number;
  readonly seed: number;
}

export interface CrowdResult {
  readonly people: number;
  /** Who trained, and with how many votes. */
  readonly trained: number;
  readonly comparisons: number;
  /** J, of the base rewards that were learned. */
  readonly rank: number;
  /** Of each new person, in the same order whatever the size: nats a vote behind the planted rewards. */
  readonly behind: readonly number[];
  /** Share of the new people's votes that are predicted right, and that of the planted rewards. */
  readonly accuracy: number;
  readonly bestAccuracy: number;
  readonly adopted: boolean;
  /** Of the training alone. */
  readonly seconds: number;
  /** The most that the process had, its votes included. */
  readonly memoryMB: number;
}

/** Throws `NotEnoughFeedbackError` and `TooFewHeldOutError` if the people are too few. */
export async function measureCrowd(options: CrowdOptions): Promise<CrowdResult> {
  const { mostComparisons, people, seed, votesEach } = options;
  await chooseBackend();
  const random = createRandomGenerator(seed);
  const planted = plantedModel(drawModel(random, RANK, DIMENSIONS));
  const newPeople = drawPool(random, planted, NEW_PEOPLE, ANSWERED + PREDICTED);
  const counts = new Array<number>(people).fill(votesEach);
  const trained = sampleSizes(counts, mostComparisons, random).filter((size) => size > 0);
  const pool = drawPool(random, planted, trained.length, trained[0]!);
  const startedAt = performance.now();
  const result = await trainBaseRewards(pool, ignorant(), {
    ...TRAINING,
    encoderId: planted.encoderId,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const best = scoresOf(planted, newPeople);
  const learned = scoresOf(result.model, newPeople);
  return {
    people,
    trained: pool.members,
    comparisons: pool.count,
    rank: result.model.rank,
    behind: best.map(({ logLikelihood }, at) => logLikelihood - learned[at]!.logLikelihood),
    accuracy: meanAccuracy(learned),
    bestAccuracy: meanAccuracy(best),
    adopted: result.adopted,
    seconds,
    memoryMB: process.resourceUsage().maxRSS / KB_PER_MB,
  };
}

function plantedModel(drawn: BaseRewardModel): BaseRewardModel {
  const weights = drawn.weights.map((weight) => STRENGTH * weight);
  return { ...drawn, weights, positionBias: 0 };
}

/** What answers before anything was learned: every answer is worth the same. */
function ignorant(): BaseRewardModel {
  return {
    version: "ignorant",
    encoderId: "synthetic",
    rank: 1,
    dimensions: DIMENSIONS,
    weights: new Float32Array(DIMENSIONS),
    prior: { mean: new Float64Array(1), precision: Float64Array.of(1) },
    positionBias: 0,
    axes: [{ name: "nothing", low: "nothing", high: "nothing" }],
  };
}

function scoresOf(model: BaseRewardModel, pool: PooledComparisons): MemberScore[] {
  const each = ANSWERED + PREDICTED;
  const answered = model.personalShare === 0 ? 0 : ANSWERED;
  return Array.from({ length: pool.members }, (_, member) => {
    const part = <Values extends Float32Array>(values: Values, columns: number) =>
      values.subarray(member * each * columns, (member + 1) * each * columns);
    const own = {
      count: each,
      answered,
      differences: baseRewardDifferences(
        model,
        part(pool.featuresA, DIMENSIONS),
        part(pool.featuresB, DIMENSIONS),
      ),
      outcomes: Float64Array.from(part(pool.outcomes, 1)),
      positions: new Float64Array(each),
      weights: new Float64Array(each).fill(1),
    };
    return scoreMember(model, own, answered, ANSWERED);
  });
}

function meanAccuracy(scores: readonly MemberScore[]): number {
  return scores.reduce((sum, { accuracy }) => sum + accuracy, 0) / scores.length;
}

/**
 * One planted person with one arm: messages, answers, ballots, and how good what is sent would be at
 * each checkpoint on prompts nobody has voted on. The engine is the product's own.
 */
import { DEFAULT_ACQUISITION } from "../../../models/acquisition/scores.js";
import { selectPair } from "../../../models/acquisition/search.js";
import type { RandomGenerator } from "../../../models/algebra/random.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { type CandidateScores, scoreFeatures } from "../../../models/rewards/candidate-scores.js";
import { chooseCandidate } from "../../../models/rewards/first-choice.js";
import {
  estimateUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../models/rewards/user-weights.js";
import type { AxisGains } from "../../../models/steering/axis-gains.js";
import {
  type DoseTable,
  provenAxes,
  unmovedAxes,
  withCandidate,
} from "../../../models/steering/dose-response.js";
import type { Slot } from "../../../models/steering/spread.js";
import { AXIS_COUNT } from "../../../models/steering/steerable-axes.js";
import { rocAuc } from "../evaluate/metrics.js";
import type { Arm } from "./arms.js";
import { Ballots } from "./cast-ballots.js";
import { type Cost, costOf } from "./cost.js";
import { examplesOf } from "./examples.js";
import { writeText } from "./generator.js";
import { type Utilities, voteOf } from "./people.js";
import type { Pool } from "./pools.js";

/** As in the product: below this a question is not worth a tap. */
const MINIMUM_DOUBT = 0.15;
/** Somebody of whom nothing is in doubt any more is asked no more. */
const MOST_MESSAGES = 120;

export interface ReplayParts {
  readonly pool: Pool;
  readonly model: BaseRewardModel;
  readonly gains: AxisGains;
  readonly arm: Arm;
  readonly compliance: number;
  readonly utilities: Utilities;
  readonly asked: readonly number[];
  readonly heldOut: readonly number[];
  readonly checkpoints: readonly number[];
  /** What the generator has been seen to do with directives; goes on from person to person. */
  readonly seen: { table: DoseTable };
  readonly random: RandomGenerator;
}

export interface Checkpoint {
  /** True utility of what is sent, in standard deviations; 0 is any text, `best` the pool's best. */
  readonly utility: number;
  readonly best: number;
  readonly auc: number;
  /** Ballots cast by then: fewer than the checkpoint where the doubt ran out. */
  readonly ballots: number;
  readonly cost: Cost;
}

/** The figures at each of `checkpoints`, in order. */
export function replayPerson(parts: ReplayParts): Checkpoint[] {
  const { checkpoints, model, asked, random } = parts;
  const ballots = new Ballots(parts.pool, checkpoints.at(-1) ?? 0);
  let userWeights = priorUserWeights(model);
  const results: Checkpoint[] = [];
  let messages = 0;
  for (const checkpoint of checkpoints) {
    while (ballots.count < checkpoint && messages < MOST_MESSAGES) {
      messages++;
      const prompt = asked[Math.floor(random() * asked.length)]!;
      const candidates = write(parts, prompt, userWeights, ballots, true);
      if (!ask(parts, candidates, userWeights, ballots)) continue;
      userWeights = estimateUserWeights(model, ballots.comparisons());
    }
    results.push(measure(parts, userWeights, ballots));
  }
  return results;
}

interface Candidates {
  readonly rows: readonly number[];
  readonly slots: readonly Slot[];
  readonly examples: readonly number[];
  readonly scored: CandidateScores;
}

function write(
  parts: ReplayParts,
  prompt: number,
  userWeights: UserWeights,
  ballots: Ballots,
  mayAsk = false,
): Candidates {
  const { arm, compliance, gains, model, pool, random } = parts;
  const stance = { gains, userWeights, prior: model.prior, personalShare: 1 };
  const without = unmovedAxes(parts.seen.table);
  const proven = provenAxes(parts.seen.table);
  const options = { votes: ballots.count, lengths: ballots.lengths, without, proven };
  const manners = mayAsk ? (arm.ballotSlots ?? arm.slots) : arm.slots;
  const slots = manners({ stance, options, random });
  const examples = arm.withExamples ? examplesOf(pool, model, userWeights, ballots) : [];
  const taken = new Map<number, Slot>();
  for (const slot of slots) {
    const wish = { directives: slot.directives, examples };
    const row = writeText(pool, prompt, wish, compliance, taken, random);
    if (row !== undefined) taken.set(row, slot);
  }
  noteResponses(parts, taken);
  const rows = [...taken.keys()];
  return {
    rows,
    slots,
    examples,
    scored: scoreFeatures(model, userWeights, featuresOf(pool, rows)),
  };
}

/** How far each candidate stands from the plain one: what its directives did. */
function noteResponses({ pool, seen }: ReplayParts, taken: ReadonlyMap<number, Slot>): void {
  const plain = [...taken].find(([, { directives }]) => directives.length === 0)?.[0];
  if (plain === undefined) return;
  for (const [row, { directives }] of taken) {
    const response = Float64Array.from(
      { length: AXIS_COUNT },
      (_, axis) => pool.axes[row * AXIS_COUNT + axis]! - pool.axes[plain * AXIS_COUNT + axis]!,
    );
    seen.table = withCandidate(seen.table, directives, response);
  }
}

function featuresOf({ dimensions, features }: Pool, rows: readonly number[]): Float32Array {
  const picked = new Float32Array(rows.length * dimensions);
  rows.forEach((row, to) => {
    picked.set(features.subarray(row * dimensions, (row + 1) * dimensions), to * dimensions);
  });
  return picked;
}

/** Puts a ballot where the choice is in doubt. Returns whether one was cast. */
function ask(
  { model, utilities, random }: ReplayParts,
  { rows, scored }: Candidates,
  userWeights: UserWeights,
  ballots: Ballots,
): boolean {
  if (rows.length < 2 || scored.doubt < MINIMUM_DOUBT) return false;
  const { differenceVariances } = model;
  const rewards = scored.baseRewards.slice();
  const pair = selectPair(rewards, rows.length, userWeights, DEFAULT_ACQUISITION, {
    differenceVariances,
  });
  if (pair === null) return false;
  const [a, b] = random() < 0.5 ? [pair.a, pair.b] : [pair.b, pair.a];
  ballots.cast(rows[a]!, rows[b]!, voteOf(utilities, rows[a]!, rows[b]!, random));
  return true;
}

/** Sends one answer to each held-out prompt, and scores every pair of texts there. */
function measure(parts: ReplayParts, userWeights: UserWeights, ballots: Ballots): Checkpoint {
  const { heldOut, pool, utilities } = parts;
  let [utility, best] = [0, 0];
  const costs: Cost[] = [];
  for (const prompt of heldOut) {
    const candidates = write(parts, prompt, userWeights, ballots);
    utility += utilities[sent(parts, candidates, userWeights)]! / heldOut.length;
    best += Math.max(...pool.rowsOf[prompt]!.map((row) => utilities[row]!)) / heldOut.length;
    costs.push(costOf(pool, candidates));
  }
  const mean = (figure: (cost: Cost) => number) =>
    costs.reduce((sum, cost) => sum + figure(cost), 0) / costs.length;
  return {
    utility,
    best,
    auc: aucOf(parts, userWeights),
    ballots: ballots.count,
    cost: { requests: mean(({ requests }) => requests), tokens: mean(({ tokens }) => tokens) },
  };
}

function sent(
  { arm, model, pool }: ReplayParts,
  { rows, scored }: Candidates,
  userWeights: UserWeights,
): number {
  if (arm.chooses === "first") return rows[0]!;
  const { baseRewards, rewards } = scored;
  if (arm.chooses === "by member") return rows[chooseCandidate(baseRewards, rewards, userWeights)]!;
  const everybody = priorUserWeights(model);
  const common = scoreFeatures(model, everybody, featuresOf(pool, rows));
  return rows[chooseCandidate(common.baseRewards, common.rewards, everybody)]!;
}

function aucOf({ heldOut, model, pool, utilities }: ReplayParts, userWeights: UserWeights): number {
  const scores: number[] = [];
  const outcomes: number[] = [];
  for (const prompt of heldOut) {
    const rows = pool.rowsOf[prompt]!;
    const { rewards } = scoreFeatures(model, userWeights, featuresOf(pool, rows));
    for (let first = 0; first < rows.length; first++) {
      for (let second = first + 1; second < rows.length; second++) {
        // Which comes first is no matter of taste.
        const sign = (first + second) % 2 === 0 ? 1 : -1;
        scores.push(sign * (rewards[first]! - rewards[second]!));
        const advantage = sign * (utilities[rows[first]!]! - utilities[rows[second]!]!);
        outcomes.push(advantage > 0 ? 1 : 0);
      }
    }
  }
  return rocAuc(Float64Array.from(scores), outcomes) ?? 0.5;
}

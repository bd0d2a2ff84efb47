/**
 * Members whose taste changes completely, simulated on the deck with the code that a ballot uses:
 * what a half-life of votes brings then, and what it costs a member whose taste stays.
 */

import { DEFAULT_ACQUISITION } from "../../../models/acquisition/scores.js";
import { selectPair } from "../../../models/acquisition/search.js";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import {
  createRandomGenerator,
  type RandomGenerator,
  shuffled,
} from "../../../models/algebra/random.js";
import { encodeResponses } from "../../../models/encoder/encoder.js";
import { type BaseRewardModel, computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import {
  fitUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../../models/rewards/user-weights.js";
import { sigmoid } from "../../../models/rewards/user-weights-objective.js";
import { decayWeights } from "../../../models/rewards/vote-decay.js";
import type { Deck } from "../../shared/deck/deck.js";
import { rocAuc } from "../evaluate/metrics.js";

/** What becomes of the taste λ: it stays, turns to −λ, or to another draw from the population. */
export type TasteChange = "none" | "reversed" | "redrawn";

export interface DriftOptions {
  readonly deck: Deck;
  readonly members: number;
  readonly change: TasteChange;
  /** After this many votes. */
  readonly changeAfter: number;
  /** In votes; infinite for none. */
  readonly halfLife: number;
  /** Numbers of votes after which the area under the curve is taken, ascending. */
  readonly stops: readonly number[];
  readonly seed: number;
}

/** φ of the answers to one prompt. */
interface PromptRewards {
  readonly answers: number;
  /** [n, J] row-major. */
  readonly baseRewards: Float64Array;
}

/** z = φ(a) − φ(b), [J], and the vote. */
interface Vote {
  readonly difference: Float64Array;
  readonly outcome: 0 | 1;
}

const CANDIDATES = 4;
const TEST_PROMPTS = 20;
const TEST_PAIRS = 300;

/**
 * The mean ROC AUC over members at each of the stops, on prompts that the member is not asked
 * about, for the taste that the member has then. Tastes are λ ~ N(0, I) over the starter axes;
 * members vote by Bradley-Terry, and each question is the best by information gain among four
 * candidates.
 */
export function simulateDrift(options: DriftOptions): number[] {
  const model = createStarterModel();
  const prompts = options.deck.prompts.map(({ answers }) => ({
    answers: answers.length,
    baseRewards: computeBaseRewards(model, encodeResponses(answers.map(({ text }) => text))),
  }));
  const means = options.stops.map(() => 0);
  for (let member = 0; member < options.members; member++) {
    const random = createRandomGenerator(options.seed + member);
    const areas = simulateMember(model, shuffled(prompts, random), options, random);
    areas.forEach((area, at) => {
      means[at]! += area / options.members;
    });
  }
  return means;
}

function simulateMember(
  model: BaseRewardModel,
  prompts: readonly PromptRewards[],
  { change, changeAfter, halfLife, stops }: DriftOptions,
  random: RandomGenerator,
): number[] {
  const { rank } = model;
  const first = drawTaste(rank, random);
  const second = changedTaste(first, change, random);
  const asked = prompts.slice(TEST_PROMPTS);
  const votes: Vote[] = [];
  const areas: number[] = [];
  let known = priorUserWeights(model);
  while (votes.length < stops.at(-1)!) {
    const taste = votes.length < changeAfter ? first : second;
    const difference = question(pick(asked, random), known, random);
    votes.push({ difference, outcome: voteBy(taste, difference, random) });
    known = estimate(model, votes, halfLife);
    if (!stops.includes(votes.length)) continue;
    const tests = testVotes(prompts.slice(0, TEST_PROMPTS), rank, taste, random);
    areas.push(areaOf(known, tests));
  }
  return areas;
}

/** The difference that the best question among a few answers to `prompt` is about. */
function question(
  { answers, baseRewards }: PromptRewards,
  known: UserWeights,
  random: RandomGenerator,
): Float64Array {
  const rank = known.weights.length;
  const rows = shuffled([...Array(answers).keys()], random).slice(0, CANDIDATES);
  const candidates = new Float64Array(rows.length * rank);
  rows.forEach((row, to) => {
    candidates.set(baseRewards.subarray(row * rank, (row + 1) * rank), to * rank);
  });
  const pair = selectPair(candidates, rows.length, known, DEFAULT_ACQUISITION);
  return differenceOf(candidates, rank, pair?.a ?? 0, pair?.b ?? 1);
}

/** λ̂ and H of the votes so far, the old ones decayed. */
function estimate(model: BaseRewardModel, votes: readonly Vote[], halfLife: number): UserWeights {
  const { prior, rank, version } = model;
  const differences = new Float64Array(votes.length * rank);
  votes.forEach(({ difference }, row) => {
    differences.set(difference, row * rank);
  });
  const fitted = fitUserWeights({
    count: votes.length,
    rank,
    differences,
    outcomes: votes.map(({ outcome }) => outcome),
    weights: decayWeights(new Float32Array(votes.length).fill(1), halfLife),
    positions: new Float64Array(votes.length),
    positionBias: 0,
    prior,
  });
  return { ...fitted, votes: votes.length, modelVersion: version };
}

function testVotes(
  prompts: readonly PromptRewards[],
  rank: number,
  taste: Float64Array,
  random: RandomGenerator,
): Vote[] {
  return Array.from({ length: TEST_PAIRS }, () => {
    const { answers, baseRewards } = pick(prompts, random);
    const [a, b] = shuffled([...Array(answers).keys()], random);
    const difference = differenceOf(baseRewards, rank, a!, b!);
    return { difference, outcome: voteBy(taste, difference, random) };
  });
}

function areaOf({ weights }: UserWeights, tests: readonly Vote[]): number {
  const scores = Float64Array.from(tests, ({ difference }) => product(weights, difference));
  const outcomes = tests.map(({ outcome }) => outcome);
  return rocAuc(scores, outcomes) ?? 0.5;
}

function drawTaste(rank: number, random: RandomGenerator): Float64Array {
  return Float64Array.from({ length: rank }, () => drawStandardNormal(random));
}

function changedTaste(
  taste: Float64Array,
  change: TasteChange,
  random: RandomGenerator,
): Float64Array {
  if (change === "none") return taste;
  return change === "reversed" ? taste.map((weight) => -weight) : drawTaste(taste.length, random);
}

function voteBy(taste: Float64Array, difference: Float64Array, random: RandomGenerator): 0 | 1 {
  return random() < sigmoid(product(taste, difference)) ? 1 : 0;
}

function differenceOf(rows: Float64Array, rank: number, a: number, b: number): Float64Array {
  return Float64Array.from(
    { length: rank },
    (_, axis) => rows[a * rank + axis]! - rows[b * rank + axis]!,
  );
}

function product(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, at) => sum + value * second[at]!, 0);
}

function pick<Item>(items: readonly Item[], random: RandomGenerator): Item {
  return items[Math.floor(random() * items.length)]!;
}

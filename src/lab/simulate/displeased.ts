/**
 * What "Another answer" is worth: simulated members press it the likelier the more an answer displeases
 * them. Their votes are read as ballots, with the caution of a version that knows none, or as a training has
 * learned to read them. No store, no threads.
 */
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator, type RandomGenerator } from "../../../models/algebra/random.js";
import type { AnotherAnswer, BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { Comparisons, PooledComparisons } from "../../../models/rewards/comparison.js";
import { estimateUserWeights } from "../../../models/rewards/user-weights.js";
import { sigmoid } from "../../../models/rewards/user-weights-objective.js";
import { learnAnotherAnswer } from "../../../models/training/another-votes.js";
import type { Estimate } from "./ablation.js";

/** After how many votes by "another answer" the choice is measured. */
export const PRESSES = [0, 1, 2, 5, 10, 20] as const;
/** How such votes are read. */
export const READINGS = ["as ballots", "with caution", "as learned"] as const;
export type Reading = (typeof READINGS)[number];

/** What displeases members: how an answer is said, or whether it happens to be right for them. */
export const REASONS = ["manner", "content"] as const;
export type Reason = (typeof REASONS)[number];

const RANK = 4;
/** Of a member's taste in each base reward, in logits. */
const STRENGTH = 0.8;
/** Of what makes one answer better or worse than another apart from its manner, in logits. */
const CHANCE: Readonly<Record<Reason, number>> = { manner: 1, content: 3 };
/** How displeased somebody has to be, in logits, to press as often as not. */
const PATIENCE = 2;
const CANDIDATES = 4;
const BALLOTS = 12;
const TESTS = 30;
/** Members from whom a training learns how to read the votes, each with as many as are measured. */
const TEACHERS = 80;
const MOST_ANSWERS = 1_000;

export interface Displeased {
  readonly reason: Reason;
  /** By how much, in logits, what is sent is worse than the best candidate; by reading and votes. */
  readonly regret: Readonly<Record<Reading, Readonly<Record<number, Estimate>>>>;
  readonly learned: AnotherAnswer;
  /** How many answers there are to one press. */
  readonly answersToPress: number;
}

interface Voter {
  readonly reason: Reason;
  readonly taste: Float64Array;
  readonly random: RandomGenerator;
}

interface Vote {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly outcome: 0 | 1;
  readonly another: boolean;
}

/** The same seed gives the same figures. */
export function simulateDispleased(reason: Reason, members: number, seed: number): Displeased {
  const random = createRandomGenerator(seed);
  const draw = (at: number): Voter => ({
    reason,
    taste: drawVector(random, STRENGTH),
    random: createRandomGenerator(100_003 * (seed + 1) + at),
  });
  const teachers = Array.from({ length: TEACHERS }, (_, at) => draw(at));
  const model = plainModel(reason);
  const learned = learnFrom(
    teachers.map((voter) => chat(voter, model, () => undefined).votes),
    model,
  );
  const readings: Record<Reading, BaseRewardModel> = {
    "as ballots": { ...model, anotherAnswer: { positionBias: 0, scale: 1 } },
    "with caution": model,
    "as learned": { ...model, anotherAnswer: learned },
  };
  const regrets = new Map<string, number[]>();
  let [answers, presses] = [0, 0];
  for (let member = 0; member < members; member++) {
    const { taste } = draw(member);
    for (const reading of READINGS) {
      // The same member, answered out of the same things.
      const own = createRandomGenerator(1_000_003 * (seed + 1) + member);
      const voter = { reason, taste, random: own };
      const told = chat(voter, readings[reading], (votes, weights) => {
        const key = `${reading}:${votes}`;
        const regret = regretOf(voter.taste, weights, seed + member);
        regrets.set(key, [...(regrets.get(key) ?? []), regret]);
      });
      answers += told.answers;
      presses += told.votes.length - BALLOTS;
    }
  }
  return { reason, regret: summarise(regrets), learned, answersToPress: answers / presses };
}

/** Ballots first, then answers until there are votes enough; hands out the weights at each milestone. */
function chat(
  voter: Voter,
  model: BaseRewardModel,
  onWeights: (presses: number, weights: Float64Array) => void,
): { readonly votes: readonly Vote[]; readonly answers: number } {
  const votes: Vote[] = Array.from({ length: BALLOTS }, () => {
    const [a, b] = [drawVector(voter.random, 1), drawVector(voter.random, 1)];
    const outcome = decide(worthOf(voter, a) - worthOf(voter, b), voter);
    return { a, b, outcome, another: false };
  });
  const weightsNow = () => estimateUserWeights(model, comparisonsOf(votes)).weights;
  let weights = weightsNow();
  onWeights(0, weights);
  let [answers, presses] = [0, 0];
  for (; presses < Math.max(...PRESSES) && answers < MOST_ANSWERS; answers++) {
    const vote = answer(voter, weights);
    if (vote === undefined) continue;
    votes.push(vote);
    presses++;
    weights = weightsNow();
    if (PRESSES.some((one) => one === presses)) onWeights(presses, weights);
  }
  return { votes, answers };
}

/** What follows from one answer; undefined if the member is content with it. */
function answer(voter: Voter, weights: Float64Array): Vote | undefined {
  const { random, reason, taste } = voter;
  const candidates = Array.from({ length: CANDIDATES }, () => drawVector(random, 1));
  const [a, b] = candidates.sort((one, other) => dot(weights, other) - dot(weights, one));
  const [first, second] = [worthOf(voter, a!), worthOf(voter, b!)];
  // Whoever cares for the content alone does not press because of the manner.
  const felt = reason === "content" ? first - dot(taste, a!) : first;
  if (random() > sigmoid(-felt - PATIENCE)) return undefined;
  return { a: a!, b: b!, outcome: decide(first - second, voter), another: true };
}

/** What an answer is worth to somebody: its manner, and whether it happens to be right for them. */
function worthOf({ random, reason, taste }: Voter, manner: Float64Array): number {
  return dot(taste, manner) + CHANCE[reason] * drawStandardNormal(random);
}

function decide(advantage: number, { random }: Voter): 0 | 1 {
  return random() < sigmoid(advantage) ? 1 : 0;
}

/** By how much what the weights choose is worse than the best, over the same new prompts for all. */
function regretOf(taste: Float64Array, weights: Float64Array, seed: number): number {
  const random = createRandomGenerator(seed);
  let sum = 0;
  for (let test = 0; test < TESTS; test++) {
    const candidates = Array.from({ length: CANDIDATES }, () => drawVector(random, 1));
    const [sent] = candidates.toSorted((one, other) => dot(weights, other) - dot(weights, one));
    const best = Math.max(...candidates.map((one) => dot(taste, one)));
    sum += best - dot(taste, sent!);
  }
  return sum / TESTS;
}

function learnFrom(voters: readonly (readonly Vote[])[], model: BaseRewardModel): AnotherAnswer {
  const pool = (another: boolean): PooledComparisons => {
    const rows = voters.map((votes) => votes.filter((vote) => vote.another === another));
    const memberOf = Int32Array.from(rows.flatMap((own, member) => own.map(() => member)));
    return { ...comparisonsOf(rows.flat()), members: voters.length, memberOf };
  };
  return learnAnotherAnswer(model, pool(false), pool(true));
}

/** φ is the manner itself. A ballot's chance makes logits smaller, which the prior has in it. */
function plainModel(reason: Reason): BaseRewardModel {
  const identity = (size: number) =>
    Float32Array.from({ length: RANK ** 2 }, (_, at) => (at % (RANK + 1) === 0 ? size : 0));
  // MacKay: with a variance of 2 CHANCE² a logit is √(1 + π 2 CHANCE² / 8) times smaller on average.
  const shrunk = STRENGTH / Math.sqrt(1 + (Math.PI * 2 * CHANCE[reason] ** 2) / 8);
  return {
    version: "simulated",
    encoderId: "simulated",
    rank: RANK,
    dimensions: RANK,
    weights: identity(1),
    prior: {
      mean: new Float64Array(RANK),
      precision: Float64Array.from(identity(1 / shrunk ** 2)),
    },
    positionBias: 0,
    axes: [],
  };
}

function comparisonsOf(votes: readonly Vote[]): Comparisons {
  const ones = new Float32Array(votes.length).fill(1);
  return {
    count: votes.length,
    featuresA: Float32Array.from(votes.flatMap(({ a }) => [...a])),
    featuresB: Float32Array.from(votes.flatMap(({ b }) => [...b])),
    outcomes: Float32Array.from(votes, ({ outcome }) => outcome),
    positions: ones,
    weights: ones.slice(),
    another: Uint8Array.from(votes, ({ another }) => (another ? 1 : 0)),
  };
}

function drawVector(random: RandomGenerator, deviation: number): Float64Array {
  return Float64Array.from({ length: RANK }, () => deviation * drawStandardNormal(random));
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, at) => sum + value * other[at]!, 0);
}

function summarise(regrets: ReadonlyMap<string, readonly number[]>): Displeased["regret"] {
  const of = (reading: Reading) =>
    Object.fromEntries(
      PRESSES.map((presses) => [presses, estimate(regrets.get(`${reading}:${presses}`) ?? [])]),
    );
  return {
    "as ballots": of("as ballots"),
    "with caution": of("with caution"),
    "as learned": of("as learned"),
  };
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = squares / Math.max(1, values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}

/**
 * Accounts that vote together to spoil what is learned from everybody: they vote on real pairs like
 * members, but not for what they like. Knows no defence.
 */
import { type RandomGenerator, shuffled } from "../../../models/algebra/random.js";
import { populationAfter } from "../../../models/training/choose/choose-settings.js";
import { flatPopulation } from "../../../models/training/estimate/implied-population.js";
import {
  differenceScales,
  prepareTrainingData,
} from "../../../models/training/estimate/training-data.js";
import type { Items, TrainingPairs } from "../evaluate/dataset.js";
import { poolComparisons } from "../evaluate/train-model.js";

/** Votes of one account: indices of honest comparisons whose pairs are taken, and what is voted. */
interface AccountVotes {
  readonly rows: ArrayLike<number>;
  readonly outcomes: ArrayLike<number>;
}

export interface Target {
  readonly items: Items;
  readonly training: TrainingPairs;
}

type Strategy = (target: Target, accounts: number, random: RandomGenerator) => AccountVotes[];

/** How many votes for each vote of an honest member those have who flood. */
const FLOOD = 5;
/** How the honest members' average is estimated. */
const POPULATION = { rounds: 4, shrinkage: 90, target: "independent" } as const;

/** The attacks that are simulated; in each, all accounts are in it together. */
export const STRATEGIES = {
  /** Every account takes an honest member's pairs and votes the opposite. */
  mirror: ({ training }, accounts, random) =>
    drawMembers(training, accounts, random).map((rows) => ({
      rows,
      outcomes: rows.map((row) => 1 - training.outcomes[row]!),
    })),
  /** Always against what the average honest member prefers, with as many votes as a member. */
  contrary: (target, accounts, random) => {
    const wanted = rewards(target, -1);
    return drawMembers(target.training, accounts, random).map((rows) =>
      ballots(target, drawPairs(target.training, rows.length, random), wanted),
    );
  },
  /** The same with many votes each. */
  "contrary flood": (target, accounts, random) => {
    const wanted = rewards(target, -1);
    return drawMembers(target.training, accounts, random).map((rows) =>
      ballots(target, drawPairs(target.training, FLOOD * rows.length, random), wanted),
    );
  },
  /** All for one taste that nobody has, drawn once, with many votes each. */
  "one direction": (target, accounts, random) => {
    const { dimensions, features } = target.items;
    const direction = Float64Array.from({ length: dimensions }, () => random() - 0.5);
    const wanted = Float64Array.from({ length: target.items.count }, (_, item) =>
      direction.reduce((sum, value, at) => sum + value * features[item * dimensions + at]!, 0),
    );
    return drawMembers(target.training, accounts, random).map((rows) =>
      ballots(target, drawPairs(target.training, FLOOD * rows.length, random), wanted),
    );
  },
  /** By coins: votes that contradict each other. */
  coins: ({ training }, accounts, random) =>
    drawMembers(training, accounts, random).map((rows) => ({
      rows,
      outcomes: rows.map(() => (random() < 0.5 ? 1 : 0)),
    })),
} satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;

/** `target.training` with so many accounts more that they are `share` of all, 0 ≤ share < 1. */
export function withColluders(
  target: Target,
  strategy: StrategyName,
  share: number,
  random: RandomGenerator,
): TrainingPairs {
  const { training } = target;
  const accounts = Math.round((share / (1 - share)) * training.members);
  const votes = STRATEGIES[strategy](target, accounts, random);
  const rows = votes.flatMap((own) => Array.from(own.rows));
  const pick = (values: Int32Array) =>
    Int32Array.from([...values, ...rows.map((row) => values[row]!)]);
  return {
    count: training.count + rows.length,
    members: training.members + accounts,
    a: pick(training.a),
    b: pick(training.b),
    outcomes: Float32Array.from([
      ...training.outcomes,
      ...votes.flatMap((own) => Array.from(own.outcomes)),
    ]),
    memberOf: Int32Array.from([
      ...training.memberOf,
      ...votes.flatMap((own, account) =>
        new Array<number>(own.rows.length).fill(training.members + account),
      ),
    ]),
  };
}

/** The comparisons of `count` honest members; nobody twice before everybody once. */
function drawMembers({ memberOf, members }: TrainingPairs, count: number, random: RandomGenerator) {
  const rowsOf = Array.from({ length: members }, (): number[] => []);
  memberOf.forEach((member, row) => {
    rowsOf[member]!.push(row);
  });
  const order: number[] = [];
  while (order.length < count) order.push(...shuffled([...rowsOf.keys()], random));
  return order.slice(0, count).map((member) => rowsOf[member]!);
}

function drawPairs({ count }: TrainingPairs, wanted: number, random: RandomGenerator) {
  return Array.from({ length: wanted }, () => Math.floor(random() * count));
}

/** Votes for the response with the higher reward, without a doubt. */
function ballots({ training }: Target, rows: readonly number[], wanted: Float64Array) {
  const outcomes = rows.map((row) =>
    wanted[training.a[row]!]! >= wanted[training.b[row]!]! ? 1 : 0,
  );
  return { rows, outcomes };
}

/**
 * The average honest member's reward for each item, times `sign`. It is estimated here, as training
 * drops an average that foretells nobody's votes.
 */
function rewards({ items, training }: Target, sign: number): Float64Array {
  const { count, dimensions, features } = items;
  const pooled = poolComparisons(items, training);
  const scales = differenceScales(pooled, dimensions);
  const data = prepareTrainingData(pooled, dimensions, scales);
  const members = [...Array(data.members).keys()];
  const { mean } = populationAfter(data, members, POPULATION, flatPopulation(dimensions));
  return Float64Array.from({ length: count }, (_, item) =>
    mean.reduce((sum, weight, at) => {
      return sum + sign * weight * scales[at]! * features[item * dimensions + at]!;
    }, 0),
  );
}

/**
 * Data sets of members whose tastes are known, of several kinds that trust must not mistake for an
 * attack. Knows no attack and no training.
 */
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { type RandomGenerator, shuffled } from "../../../models/algebra/random.js";
import type { Dataset, LabelledPairs, NewUser, TrainingPairs } from "./dataset.js";

/** A weight for every feature, in logits. */
type Taste = Float64Array;
type Kind = (random: RandomGenerator) => () => Taste;

/** D. */
const DIMENSIONS = 16;
const ITEMS = 400;
/** New users are tested on these items alone. */
const TESTED = 100;
/** How large the standard deviation of a reward's difference is about. */
const STRENGTH = 2.5;
const POOL_PAIRS = 60;
const TEST_PAIRS = 100;

/** How tastes are distributed: each draws a population, and that draws members. */
const KINDS = {
  /** Normal in 3 to 8 directions, about an average of any strength. */
  normal: (random) => {
    const rank = 3 + Math.floor(6 * random());
    const directions = Array.from({ length: rank }, () => drawDirection(random));
    const average = combine(directions, () => drawStandardNormal(random));
    const lean = random();
    return () =>
      scaled(
        combine([...directions, average], (at) =>
          at < rank ? drawStandardNormal(random) / Math.sqrt(rank) : lean / Math.sqrt(rank),
        ),
        STRENGTH,
      );
  },
  /** All differ in one direction, and hardly in any other. */
  "one direction": (random) => {
    const direction = drawDirection(random);
    const lean = random();
    return () =>
      scaled(
        combine([direction, drawDirection(random)], (at) =>
          at === 0 ? lean + drawStandardNormal(random) : 0.2,
        ),
        STRENGTH,
      );
  },
  /** Each cares about two of seven things, either way. */
  sparse: (random) => {
    const directions = Array.from({ length: 7 }, () => drawDirection(random));
    return () => {
      const own = shuffled(directions, random).slice(0, 2);
      return scaled(
        combine(own, () => (random() < 0.5 ? 1 : -1)),
        STRENGTH / 2,
      );
    };
  },
  /** A sixth want the opposite of what the others want. */
  minority: (random) => {
    const direction = drawDirection(random);
    return () => {
      const side = random() < 1 / 6 ? -1 : 1;
      return scaled(
        combine([direction, drawDirection(random)], (at) => (at === 0 ? side : 0.5)),
        STRENGTH,
      );
    };
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

export interface PlantOptions {
  /** 30 to 200, drawn, if not given. */
  readonly members?: number;
  readonly newUsers: number;
}

export interface PlantedDataset extends Dataset {
  /** The members of the training as users who vote anew. */
  readonly membersAnew: readonly NewUser[];
}

/** Members with 10 to 60 votes each, and others of the same kind. */
export function plantDataset(
  kind: KindName,
  options: PlantOptions,
  random: RandomGenerator,
): PlantedDataset {
  const drawTaste = KINDS[kind](random);
  const drawn = Math.round(30 * (200 / 30) ** random());
  const { members = drawn, newUsers } = options;
  const features = Float32Array.from({ length: ITEMS * DIMENSIONS }, () =>
    drawStandardNormal(random),
  );
  const ask = (taste: Taste, from: number, to: number, count: number) =>
    vote(taste, features, drawPairs(from, to, count, random), random);
  const user = (taste: Taste, at: number): NewUser => ({
    id: `user-${at}`,
    pool: ask(taste, TESTED, ITEMS, POOL_PAIRS),
    test: ask(taste, 0, TESTED, TEST_PAIRS),
  });
  const tastes = Array.from({ length: members }, drawTaste);
  const votes = tastes.map((taste) => ask(taste, TESTED, ITEMS, 10 + Math.floor(51 * random())));
  return {
    name: kind,
    items: {
      count: ITEMS,
      dimensions: DIMENSIONS,
      features,
      encoderId: "planted",
      promptOf: Int32Array.from({ length: ITEMS }, (_, item) => item),
    },
    training: concatenate(votes),
    newUsers: Array.from({ length: newUsers }, drawTaste).map(user),
    membersAnew: tastes.map(user),
    warnings: [],
  };
}

/** Uniform, of such a length that a reward's difference has a standard deviation of 1. */
function drawDirection(random: RandomGenerator): Taste {
  const direction = Float64Array.from({ length: DIMENSIONS }, () => drawStandardNormal(random));
  return scaled(direction, Math.SQRT1_2 / Math.hypot(...direction));
}

function combine(directions: readonly Taste[], weight: (at: number) => number): Taste {
  const sum = new Float64Array(DIMENSIONS);
  directions.forEach((direction, at) => {
    const own = weight(at);
    for (let i = 0; i < DIMENSIONS; i++) sum[i]! += own * direction[i]!;
  });
  return sum;
}

function scaled(taste: Taste, by: number): Taste {
  return taste.map((weight) => by * weight);
}

function drawPairs(from: number, to: number, count: number, random: RandomGenerator) {
  const draw = (below: number) => Math.floor(random() * below);
  return Array.from({ length: count }, () => {
    const a = draw(to - from);
    return [from + a, from + ((a + 1 + draw(to - from - 1)) % (to - from))] as const;
  });
}

/** Votes by Bradley-Terry. */
function vote(
  taste: Taste,
  features: Float32Array,
  pairs: readonly (readonly [a: number, b: number])[],
  random: RandomGenerator,
): LabelledPairs {
  const reward = (item: number) =>
    taste.reduce((sum, weight, at) => sum + weight * features[item * DIMENSIONS + at]!, 0);
  return {
    count: pairs.length,
    a: Int32Array.from(pairs, ([a]) => a),
    b: Int32Array.from(pairs, ([, b]) => b),
    outcomes: Float32Array.from(pairs, ([a, b]) =>
      random() < 1 / (1 + Math.exp(reward(b) - reward(a))) ? 1 : 0,
    ),
  };
}

function concatenate(votes: readonly LabelledPairs[]): TrainingPairs {
  return {
    members: votes.length,
    count: votes.reduce((sum, { count }) => sum + count, 0),
    memberOf: Int32Array.from(votes.flatMap(({ a }, member) => Array.from(a, () => member))),
    a: Int32Array.from(votes.flatMap(({ a }) => [...a])),
    b: Int32Array.from(votes.flatMap(({ b }) => [...b])),
    outcomes: Float32Array.from(votes.flatMap(({ outcomes }) => [...outcomes])),
  };
}

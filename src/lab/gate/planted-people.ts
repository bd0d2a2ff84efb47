/** People whose tastes are known, and how they vote: a world to measure the gate in. Reads nothing. */
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import type { RandomGenerator } from "../../../models/algebra/random.js";

/** D, the number of features of an answer. */
export const DIMENSIONS = 32;
/** Directions that tastes differ in. */
const DIRECTIONS = 3;
/** Standard deviation of what one direction adds to the logit of a pair, for a taste of size 1. */
const STRENGTH = 2;
/** Standard deviation of how far the average person leans along a direction. */
const LEANING = 0.5;

/** The directions [J, D] along which people differ, and how far the average one leans along each. */
export interface World {
  readonly directions: readonly Float64Array[];
  readonly leanings: readonly number[];
}

/** What one feature more is worth to a person, in logits, [D]. */
export type Taste = Float64Array;

/** One vote on two answers that nobody else has seen. */
export interface PlantedVote {
  /** [D] each. */
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** How probable it was that a is preferred. */
  readonly probability: number;
  readonly outcome: 0 | 1;
}

export function drawWorld(random: RandomGenerator): World {
  // Features of answers are N(0, 1), so those of two answers differ by N(0, 2).
  const scale = STRENGTH / Math.sqrt(2 * DIMENSIONS);
  const directions = Array.from({ length: DIRECTIONS }, () =>
    Float64Array.from({ length: DIMENSIONS }, () => scale * drawStandardNormal(random)),
  );
  return { directions, leanings: directions.map(() => LEANING * drawStandardNormal(random)) };
}

export function drawTaste({ directions, leanings }: World, random: RandomGenerator): Taste {
  const taste = new Float64Array(DIMENSIONS);
  directions.forEach((direction, at) => {
    const weight = leanings[at]! + drawStandardNormal(random);
    for (let i = 0; i < DIMENSIONS; i++) taste[i]! += weight * direction[i]!;
  });
  return taste;
}

/** As many votes by Bradley-Terry; by coin if there is no taste. */
export function drawVotes(
  taste: Taste | undefined,
  count: number,
  random: RandomGenerator,
): PlantedVote[] {
  const features = () =>
    Float32Array.from({ length: DIMENSIONS }, () => drawStandardNormal(random));
  return Array.from({ length: count }, () => {
    const [a, b] = [features(), features()];
    const logit = taste?.reduce((sum, weight, i) => sum + weight * (a[i]! - b[i]!), 0) ?? 0;
    const probability = 1 / (1 + Math.exp(-logit));
    return { a, b, probability, outcome: random() < probability ? 1 : 0 };
  });
}

/** People with planted tastes over the traits of a pool. Knows no engine. */
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { type RandomGenerator, shuffled } from "../../../models/algebra/random.js";
import type { Pool } from "./pools.js";

/** In logits between two texts of one prompt: one label in ten is then against the taste. */
const STRENGTH = 2;
/** How many shared directions tastes differ in, which is what reward factorisation assumes. */
const DIRECTIONS = 3;
/** How many traits a direction is made of. */
const TRAITS_EACH = 2;

/** One person's true utility of every text of the pool, in logits, centred by prompt. */
export type Utilities = Float64Array;

/** Draws people who share the directions in which they differ. */
export function createPeople(pool: Pool, random: RandomGenerator): () => Utilities {
  const order = shuffled([...Array(pool.traitCount).keys()], random);
  const directions = Array.from({ length: DIRECTIONS }, (_, at) =>
    order
      .slice(at * TRAITS_EACH, (at + 1) * TRAITS_EACH)
      .map((trait) => ({ trait, sign: random() < 0.5 ? -1 : 1 })),
  );
  return () => {
    const own = directions.map(() => drawStandardNormal(random));
    const utilities = new Float64Array(pool.promptOf.length);
    directions.forEach((traits, at) => {
      for (const { trait, sign } of traits) {
        for (let row = 0; row < utilities.length; row++) {
          utilities[row]! += own[at]! * sign * pool.traits[row * pool.traitCount + trait]!;
        }
      }
    });
    return centredAndScaled(utilities, pool);
  };
}

function centredAndScaled(utilities: Utilities, { rowsOf }: Pool): Utilities {
  let squares = 0;
  for (const rows of rowsOf) {
    const mean = rows.reduce((sum, row) => sum + utilities[row]!, 0) / rows.length;
    for (const row of rows) {
      utilities[row]! -= mean;
      squares += utilities[row]! ** 2;
    }
  }
  const deviation = Math.sqrt(squares / utilities.length) || 1;
  return utilities.map((value) => (STRENGTH * value) / deviation);
}

/** 1 where the person prefers `a`, by Bradley-Terry; 0.5 where both are the same to them. */
export function voteOf(utilities: Utilities, a: number, b: number, random: RandomGenerator) {
  const advantage = utilities[a]! - utilities[b]!;
  if (Math.abs(advantage) < 1e-9) return 0.5;
  return random() < 1 / (1 + Math.exp(-advantage)) ? 1 : 0;
}

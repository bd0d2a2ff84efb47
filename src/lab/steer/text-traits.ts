/**
 * What tastes are made of on a data set: the directions in which answers to one prompt differ most, by
 * the data's own features or, without any, by their runs of three characters.
 */
import { addGram, mirrorLower } from "../../../models/algebra/products.js";
import { symmetricEigen } from "../../../models/algebra/symmetric-eigen.js";
import { EMPTY_HASH, hashUnit, spread } from "../../../models/encoder/text-hash.js";
import { centredByPrompt } from "../../../models/steering/axis-gains.js";
import type { Items } from "../evaluate/dataset.js";
import type { ItemEncoder } from "../evaluate/item-encoders.js";

const BUCKETS = 192;
const TRAITS = 8;
const MOST_CHARACTERS = 20_000;

/** How often runs of three characters occur, by hash, as shares under a root. */
export const TRIGRAM_ENCODER: ItemEncoder = {
  id: "trigrams",
  dimensions: BUCKETS,
  encode: (_prompt, response) => {
    const counts = new Float32Array(BUCKETS);
    const end = Math.min(response.length, MOST_CHARACTERS);
    for (let at = 0; at + 3 <= end; at++) {
      let hash = EMPTY_HASH;
      for (let unit = at; unit < at + 3; unit++) hash = hashUnit(hash, response.charCodeAt(unit));
      counts[(spread(hash) >>> 1) % BUCKETS]! += 1;
    }
    return counts.map((count) => Math.sqrt(count / Math.max(1, end)));
  },
};

/** Items with the leading directions between answers to one prompt as their features, [n, 8]. */
export function leadingDirections(items: Items): Items {
  const { count, dimensions, features, promptOf } = items;
  const centred = centredByPrompt(Float64Array.from(features), dimensions, promptOf);
  const moment = new Float64Array(dimensions * dimensions);
  addGram(centred, count, dimensions, 1, moment);
  mirrorLower(moment, dimensions);
  const { vectors } = symmetricEigen(moment, dimensions);
  const traits = new Float32Array(count * TRAITS);
  for (let row = 0; row < count; row++) {
    for (let trait = 0; trait < TRAITS; trait++) {
      let sum = 0;
      for (let at = 0; at < dimensions; at++) {
        sum += vectors[trait * dimensions + at]! * centred[row * dimensions + at]!;
      }
      traits[row * TRAITS + trait] = sum;
    }
  }
  return { ...items, dimensions: TRAITS, features: traits };
}

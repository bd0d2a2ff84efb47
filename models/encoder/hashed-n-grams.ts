/**
 * Words, word pairs and character trigrams of a text hashed into a fixed number of buckets with a
 * sign each, so that what collides cancels out on average. No vocabulary, any language.
 */
import { bounded } from "./style-statistics.js";
import { EMPTY_HASH, hashPair, hashUnit, spread } from "./text-hash.js";
import type { Tokens } from "./tokens.js";

const WORD_WEIGHT = 1;
const PAIR_WEIGHT = 0.7;
/** Character trigrams are many and say little each. */
const TRIGRAM_WEIGHT = 0.4;
const TRIGRAM_SEED = hashUnit(EMPTY_HASH, 3);

/** Writes the n-grams of `tokens` to features[from .. from + buckets), scaled to unit mean square. */
export function writeHashedNGrams(
  { hashes, words, units, starts }: Tokens,
  features: Float32Array,
  from: number,
  buckets: number,
): void {
  const counts = new Float32Array(buckets);
  for (let word = 0; word < words; word++) {
    const hash = hashes[word]!;
    count(counts, hash, WORD_WEIGHT);
    if (word > 0) count(counts, hashPair(hashes[word - 1]!, hash), PAIR_WEIGHT);
  }
  const end = starts[words]!;
  for (let at = 0; at + 3 <= end; at++) {
    const hash = hashUnit(hashUnit(TRIGRAM_SEED, units[at]!), units[at + 1]!);
    count(counts, hashUnit(hash, units[at + 2]!), TRIGRAM_WEIGHT);
  }
  let squares = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const value = counts[bucket]!;
    counts[bucket] = Math.sign(value) * Math.sqrt(Math.abs(value));
    squares += Math.abs(value);
  }
  const scale = squares > 0 ? Math.sqrt(buckets / squares) : 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    features[from + bucket] = bounded(counts[bucket]! * scale);
  }
}

function count(counts: Float32Array, hash: number, weight: number): void {
  const mixed = spread(hash);
  counts[(mixed >>> 1) % counts.length]! += mixed & 1 ? weight : -weight;
}

/**
 * Words, word pairs and character trigrams of a text hashed into a fixed number of buckets with a
 * sign each, so that what collides cancels out on average. No vocabulary, any language.
 */
import { bounded } from "./style-statistics.js";

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
/** Character trigrams are many and say little each. */
const TRIGRAM_WEIGHT = 0.4;
const PAIR_WEIGHT = 0.7;

/** Writes the n-grams of `words` to features[from .. from + buckets), scaled to unit mean square. */
export function writeHashedNGrams(
  words: readonly string[],
  features: Float32Array,
  from: number,
  buckets: number,
): void {
  const counts = new Float32Array(buckets);
  let previous = 0;
  for (const word of words) {
    const hash = hashText(word, 0, word.length, FNV_OFFSET);
    count(counts, hash, 1);
    if (previous !== 0) count(counts, Math.imul(previous ^ hash, FNV_PRIME), PAIR_WEIGHT);
    const padded = ` ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) {
      count(counts, hashText(padded, at, at + 3, ~FNV_OFFSET), TRIGRAM_WEIGHT);
    }
    previous = hash;
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

function hashText(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  return hash ^ (hash >>> 15);
}

function count(counts: Float32Array, hash: number, weight: number): void {
  const mixed = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0;
  counts[(mixed >>> 1) % counts.length]! += mixed & 1 ? weight : -weight;
}

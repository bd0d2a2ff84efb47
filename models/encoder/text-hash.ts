/** 32-bit FNV-1a hashes of words and of neighbours. Collisions are rare and harmless. */

export const EMPTY_HASH = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** The hash of what was read so far and one more UTF-16 unit. */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME);
}

/** The hash of a word, lower case. */
export function hashWord(word: string): number {
  let hash = EMPTY_HASH;
  for (let at = 0; at < word.length; at++) hash = hashUnit(hash, word.charCodeAt(at));
  return hash;
}

/** The hash of two neighbouring words; the order counts. */
export function hashPair(first: number, second: number): number {
  return Math.imul(Math.imul(first, 0x5bd1e995) ^ (second >>> 15) ^ second, PRIME);
}

/** Spreads a hash over all 32 bits, unsigned. */
export function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

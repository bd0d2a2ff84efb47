/**
 * Parts one member's comparisons into those that are answered and those that are predicted, so that
 * no response is in both: what a member said about a response tells about the others, and a chat
 * never shows the same one again. Knows responses by number.
 */

export interface SplitComparisons {
  /** Rows that fit the user weights, in their order. */
  readonly answered: readonly number[];
  /** Rows that are predicted. */
  readonly predicted: readonly number[];
}

type Side = "answered" | "predicted";

/**
 * Splits `rows`; `responses` [n, 2] numbers the two responses of every row. A pair whose responses
 * are both new goes to the smaller side, one with a known response follows it, and one that would
 * join both sides is left out.
 */
export function splitByResponse(rows: readonly number[], responses: Int32Array): SplitComparisons {
  const sides = new Map<number, Side>();
  const split: Record<Side, number[]> = { answered: [], predicted: [] };
  for (const row of rows) {
    const a = responses[2 * row]!;
    const b = responses[2 * row + 1]!;
    const smaller: Side =
      split.answered.length <= split.predicted.length ? "answered" : "predicted";
    const side = sides.get(a) ?? sides.get(b) ?? smaller;
    if ((sides.get(b) ?? side) !== side) continue;
    sides.set(a, side).set(b, side);
    split[side].push(row);
  }
  return split;
}

/**
 * [n, 2], a number for each distinct response, given the features [n, D] of both sides. Responses
 * with the same features are the same.
 */
export function numberResponses(
  featuresA: Float32Array,
  featuresB: Float32Array,
  dimensions: number,
): Int32Array {
  const count = featuresA.length / dimensions;
  const numbers = new Map<number, number>();
  const responses = new Int32Array(2 * count);
  const sides = [featuresA, featuresB].map(
    (side) => new Int32Array(side.buffer, side.byteOffset, side.length),
  );
  for (let row = 0; row < count; row++) {
    sides.forEach((bits, side) => {
      const key = fingerprint(bits, row * dimensions, dimensions);
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      responses[2 * row + side] = known;
    });
  }
  return responses;
}

/** 53 bits of two hashes: among a million responses the odds of a collision are one in 10⁴. */
function fingerprint(bits: Int32Array, start: number, length: number): number {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (let at = start; at < start + length; at++) {
    const value = bits[at]!;
    first = Math.imul(first ^ value, 0x01000193);
    first ^= first >>> 15;
    second = Math.imul(second ^ value, 0x85ebca6b);
    second ^= second >>> 13;
  }
  return (first >>> 0) * 2 ** 21 + (second >>> 11);
}

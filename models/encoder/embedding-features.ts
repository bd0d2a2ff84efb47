/**
 * Features whose second block is an embedding that a model elsewhere has made. Knows no network:
 * embeddings come in as numbers.
 */
import { encodeResponses, FEATURE_COUNT, STYLE_FEATURE_COUNT } from "./encoder.js";
import { needsEmbeddings, needsRubric } from "./encoding.js";
import { bounded } from "./style-statistics.js";

/** Features were asked for that the encoding of the base rewards does not have. */
export class EncodingMismatchError extends Error {
  override readonly name = "EncodingMismatchError";
}

/**
 * The first `dimensions` numbers of `vector`, scaled to unit mean square as the hashed n-grams are
 * and bounded as every feature is. Zeros stay zeros. Throws {@link EncodingMismatchError} if
 * there are fewer numbers, or one is not finite.
 */
export function scaleEmbedding(vector: ArrayLike<number>, dimensions: number): Float32Array {
  if (vector.length < dimensions) {
    throw new EncodingMismatchError(
      `The embedding model gives ${vector.length} numbers a text, fewer than ${dimensions}: lower EMBEDDING_DIMENSIONS.`,
    );
  }
  const used = Float64Array.from({ length: dimensions }, (_, at) => vector[at]!);
  const largest = used.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) {
    throw new EncodingMismatchError("The embedding model gives numbers that are not finite.");
  }
  if (largest === 0) return new Float32Array(dimensions);
  // By the largest number first: the root of numbers near the smallest double has no digits left.
  const shares = used.map((value) => value / largest);
  const root = Math.hypot(...shares) / Math.sqrt(dimensions);
  return Float32Array.from(shares, (share) => bounded(share / root));
}

/** What was made elsewhere, each row by row: [n, E] and [n, R]. */
export interface ForeignFeatures {
  readonly embeddings?: Float32Array | undefined;
  readonly rubric?: Float32Array | undefined;
}

/**
 * f of each response under the encoding `encoderId`, [n, D] row-major, with what it takes from
 * elsewhere. Throws {@link EncodingMismatchError} if it takes something that is not there, or the other
 * way round.
 */
export function encodeFor(
  encoderId: string,
  responses: readonly string[],
  { embeddings, rubric }: ForeignFeatures,
): Float32Array {
  check(encoderId, "embeddings", needsEmbeddings(encoderId), embeddings);
  check(encoderId, "scores of the rubric", needsRubric(encoderId), rubric);
  const features = encodeResponses(responses);
  const own = embeddings === undefined ? features : withEmbeddings(features, embeddings);
  return rubric === undefined ? own : joined(own, rubric, responses.length);
}

function check(
  encoderId: string,
  what: string,
  isWanted: boolean,
  given: Float32Array | undefined,
): void {
  if (isWanted === (given !== undefined)) return;
  throw new EncodingMismatchError(
    `The base rewards want features of ${encoderId}: ${what} ${isWanted ? "are missing" : "don't belong to them"}.`,
  );
}

/** The style block of each row, and its embedding behind it. */
function withEmbeddings(features: Float32Array, embeddings: Float32Array): Float32Array {
  const rows = features.length / FEATURE_COUNT;
  const style = new Float32Array(rows * STYLE_FEATURE_COUNT);
  for (let row = 0; row < rows; row++) {
    const start = row * FEATURE_COUNT;
    style.set(features.subarray(start, start + STYLE_FEATURE_COUNT), row * STYLE_FEATURE_COUNT);
  }
  return joined(style, embeddings, rows);
}

/** Each row of `first` with that of `second` behind it. */
function joined(first: Float32Array, second: Float32Array, rows: number): Float32Array {
  if (rows === 0) return new Float32Array();
  const [left, right] = [first.length / rows, second.length / rows];
  const both = new Float32Array(first.length + second.length);
  for (let row = 0; row < rows; row++) {
    both.set(first.subarray(row * left, (row + 1) * left), row * (left + right));
    both.set(second.subarray(row * right, (row + 1) * right), row * (left + right) + left);
  }
  return both;
}

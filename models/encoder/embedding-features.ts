/**
 * Features whose second block is an embedding that a model elsewhere has made. Knows no network:
 * embeddings come in as numbers.
 */
import { encodeResponses, FEATURE_COUNT, STYLE_FEATURE_COUNT } from "./encoder.js";
import { needsEmbeddings } from "./encoding.js";
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

/**
 * f of each response under the encoding `encoderId`, [n, D] row-major, with `embeddings` [n, E]
 * row-major if it takes them. Throws {@link EncodingMismatchError} if it takes them and there
 * are none, or the other way round.
 */
export function encodeFor(
  encoderId: string,
  responses: readonly string[],
  embeddings: Float32Array | undefined,
): Float32Array {
  if (needsEmbeddings(encoderId) !== (embeddings !== undefined)) {
    throw new EncodingMismatchError(
      `The base rewards want features of ${encoderId}: ${embeddings === undefined ? "embeddings are missing" : "embeddings don't belong to them"}.`,
    );
  }
  const features = encodeResponses(responses);
  return embeddings === undefined ? features : withEmbeddings(features, embeddings);
}

/** The style block of each row, and its embedding behind it. */
function withEmbeddings(features: Float32Array, embeddings: Float32Array): Float32Array {
  const rows = features.length / FEATURE_COUNT;
  const own = rows > 0 ? embeddings.length / rows : 0;
  const size = STYLE_FEATURE_COUNT + own;
  const joined = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const start = row * FEATURE_COUNT;
    joined.set(features.subarray(start, start + STYLE_FEATURE_COUNT), row * size);
    const embedding = embeddings.subarray(row * own, (row + 1) * own);
    joined.set(embedding, row * size + STYLE_FEATURE_COUNT);
  }
  return joined;
}

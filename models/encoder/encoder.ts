/**
 * The frozen encoding of a response: style statistics and hashed n-grams. It reads the bot's own
 * words only; what a member writes never becomes a feature.
 */
import { writeHashedNGrams } from "./hashed-n-grams.js";
import { STYLE_STATISTICS, writeStyleStatistics } from "./style-statistics.js";
import { tokenise } from "./tokenise.js";

/** Names the encoding; features of different encoders never mix. Changes whenever a feature does. */
export const ENCODER_ID = "attune-text-3";

/** The first block. */
export const STYLE_FEATURE_COUNT = STYLE_STATISTICS.length;

/** Few: each is noise to be learned about, and where there are word lists they add little. */
const N_GRAM_BUCKETS = 32;

/** D. */
export const FEATURE_COUNT = STYLE_FEATURE_COUNT + N_GRAM_BUCKETS;

/** f(y), [D], every feature within ±4. Any string is a response; only its first 20,000 characters count. */
export function encodeResponse(text: string): Float32Array {
  const features = new Float32Array(FEATURE_COUNT);
  const tokens = tokenise(text);
  writeStyleStatistics(text, tokens, features);
  writeHashedNGrams(tokens, features, STYLE_FEATURE_COUNT, N_GRAM_BUCKETS);
  return features;
}

/** f of each text, [n, D] row-major. */
export function encodeResponses(texts: readonly string[]): Float32Array {
  const features = new Float32Array(texts.length * FEATURE_COUNT);
  for (let row = 0; row < texts.length; row++) {
    features.set(encodeResponse(texts[row]!), row * FEATURE_COUNT);
  }
  return features;
}

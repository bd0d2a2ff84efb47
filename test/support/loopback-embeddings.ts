/** The embedding model of the loopback server: which words a text has, each as a direction of its own. */
import { createHash } from "node:crypto";

export interface EmbeddingRequest {
  readonly model: string;
  readonly input: readonly string[];
  readonly dimensions?: number;
  readonly encoding_format?: string;
}

/** The length of the vectors, whatever is asked for: as with servers that know no shorter ones. */
export const EMBEDDING_LENGTH = 256;

/** A bag of words in random directions, of length 1; texts that share words are near to each other. */
export function embed(text: string): number[] {
  const vector = Array.from({ length: EMBEDDING_LENGTH }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const bits = createHash("sha256").update(word).digest();
    vector.forEach((value, at) => {
      vector[at] = value + ((bits[at >> 3]! >> (at & 7)) & 1 ? 1 : -1);
    });
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** The body that answers `request`. */
export function embeddingAnswer({ model, input }: EmbeddingRequest) {
  const data = input.map((text, index) => ({ object: "embedding", index, embedding: embed(text) }));
  return { object: "list", model, data, usage: { prompt_tokens: 0, total_tokens: 0 } };
}

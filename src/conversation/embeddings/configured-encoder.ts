/** The encoder that the configuration names: the built-in one, or an embedding model. */
import {
  BUILT_IN_ENCODING,
  type Encoding,
  embeddingEncoding,
} from "../../../models/encoder/encoding.js";
import type { Compute } from "../../../workers/compute.js";
import type { Config } from "../../config.js";
import { Embeddings, type EmbeddingsParts } from "./embeddings.js";

type EncoderConfig = Pick<Config, "embedding" | "openai">;

/** The encoding of every feature from now on. */
export function configuredEncoding({ embedding }: Pick<Config, "embedding">): Encoding {
  return embedding === undefined
    ? BUILT_IN_ENCODING
    : embeddingEncoding(embedding.model, embedding.dimensions);
}

/**
 * `compute`, whose `scoreCandidates` fetches the embeddings first where an embedding model is
 * configured; it then also throws `EmbeddingFailedError`. Threads do no network I/O.
 */
export function withConfiguredEncoder(
  compute: Compute,
  config: EncoderConfig,
  parts: EmbeddingsParts = {},
): Compute {
  if (config.embedding === undefined || config.openai === undefined) return compute;
  const embeddings = new Embeddings(config.embedding, config.openai, parts);
  return {
    ...compute,
    scoreCandidates: async (request) =>
      compute.scoreCandidates({
        ...request,
        embeddings: await embeddings.embed(request.responses),
      }),
  };
}

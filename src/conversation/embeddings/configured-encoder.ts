/** The encoder that the configuration names: the built-in one, or an embedding model; and perhaps the rubric. */
import {
  BUILT_IN_ENCODING,
  type Encoding,
  embeddingEncoding,
  needsRubric,
  withRubric,
} from "../../../models/encoder/encoding.js";
import type { Compute } from "../../../workers/compute.js";
import type { Config } from "../../config.js";
import type { Rubric } from "../rubric/rubric.js";
import { Embeddings, type EmbeddingsParts } from "./embeddings.js";

type EncoderConfig = Pick<Config, "embedding" | "openai">;

/** The encoding of every feature from now on. */
export function configuredEncoding({
  embedding,
  rubric,
}: Pick<Config, "embedding" | "rubric">): Encoding {
  const encoding =
    embedding === undefined
      ? BUILT_IN_ENCODING
      : embeddingEncoding(embedding.model, embedding.dimensions);
  return rubric ? withRubric(encoding) : encoding;
}

export interface ForeignParts extends EmbeddingsParts {
  /** Undefined where no rubric is configured. */
  readonly rubric?: Rubric | undefined;
}

/**
 * `compute`, whose `scoreCandidates` fetches first what the configured encoding takes from elsewhere: then
 * it also throws `EmbeddingFailedError`. Threads do no network I/O.
 */
export function withConfiguredEncoder(
  compute: Compute,
  config: EncoderConfig,
  parts: ForeignParts = {},
): Compute {
  const { embedding, openai } = config;
  const { rubric } = parts;
  const embeddings =
    embedding === undefined || openai === undefined
      ? undefined
      : new Embeddings(embedding, openai, parts);
  if (embeddings === undefined && rubric === undefined) return compute;
  return {
    ...compute,
    scoreCandidates: async (request) => {
      const { model, responses } = request;
      const [embedded, scored] = await Promise.all([
        embeddings?.embed(responses),
        needsRubric(model.encoderId) ? rubric?.featuresOf(responses) : undefined,
      ]);
      return compute.scoreCandidates({
        ...request,
        ...(embedded && { embeddings: embedded }),
        ...(scored && { rubric: scored }),
      });
    },
  };
}

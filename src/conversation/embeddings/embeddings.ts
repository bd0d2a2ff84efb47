/**
 * Embeddings of the bot's own responses, from any server that speaks OpenAI's embeddings. Knows no
 * members: what they write never comes here.
 */
import type OpenAI from "openai";
import { z } from "zod";
import {
  EncodingMismatchError,
  scaleEmbedding,
} from "../../../models/encoder/embedding-features.js";
import { type Encoding, embeddingEncoding } from "../../../models/encoder/encoding.js";
import type { EmbeddingConfig, OpenAIConfig } from "../../config.js";
import { holdNothing, type TokenHold } from "../../limits/spending.js";
import { untilAborted } from "../../shared/deadline.js";
import type { Circuit } from "../candidates/circuit.js";
import { UselessAnswerError, withoutWords } from "../candidates/generation-error.js";
import { heldTokens } from "../candidates/held-tokens.js";
import { createOpenAIClient } from "../model-server/openai-client.js";

/** A member waits for it, and an answer that is not personalised is better than none. */
const LONGEST_WAIT_MS = 10_000;
/** Embedding models read some 8,000 tokens; in no language is a token much less than a character. */
const MAXIMUM_CHARACTERS = 8_000;
const TEXTS_PER_REQUEST = 128;
/** Of so many embeddings with 3,072 numbers each, as text. */
const MOST_BYTES = 12 * 1024 * 1024;
/** Servers of one's own often don't tell; budgets should rather run out early than late. */
const CHARACTERS_PER_TOKEN = 3;

/** In no script are there more, and a model adds a few to each text. */
const MOST_TOKENS_PER_CHARACTER = 2;
const MOST_TOKENS_BESIDE = 16;

const ANSWER = z.object({
  usage: z.object({ prompt_tokens: z.number().positive() }).optional().catch(undefined),
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })),
});

/** No embeddings came; `cause` says why. */
export class EmbeddingFailedError extends Error {
  override readonly name = "EmbeddingFailedError";
}

export interface EmbeddingsParts {
  /** Of the embedding model: while it is left alone, nobody waits for it. */
  readonly circuit?: Circuit;
  /** Hears how many tokens a request took. */
  readonly onUsage?: (tokens: number) => void;
  readonly hold?: TokenHold;
}

export class Embeddings {
  readonly encoding: Encoding;
  readonly #client: OpenAI;

  constructor(
    private readonly embedding: EmbeddingConfig,
    private readonly openai: OpenAIConfig,
    private readonly parts: EmbeddingsParts = {},
  ) {
    this.encoding = embeddingEncoding(embedding.model, embedding.dimensions);
    this.#client = createOpenAIClient(openai, { mostBytes: MOST_BYTES });
  }

  /** The embedding of each text, scaled as features are, [n, E] row-major. Throws {@link EmbeddingFailedError}. */
  async embed(texts: readonly string[]): Promise<Float32Array> {
    const { dimensions } = this.embedding;
    const embeddings = new Float32Array(texts.length * dimensions);
    try {
      for (let from = 0; from < texts.length; from += TEXTS_PER_REQUEST) {
        const request = () => this.#request(texts.slice(from, from + TEXTS_PER_REQUEST));
        const vectors = await (this.parts.circuit?.run(request) ?? request());
        vectors.forEach((vector, at) => {
          embeddings.set(scaleEmbedding(vector, dimensions), (from + at) * dimensions);
        });
      }
      return embeddings;
    } catch (cause) {
      throw new EmbeddingFailedError(
        `The embedding model ${this.embedding.model} gave no embeddings: check EMBEDDING_MODEL and the server of OPENAI_BASE_URL.`,
        { cause: cause instanceof EncodingMismatchError ? cause : withoutWords(cause) },
      );
    }
  }

  /** One vector for each text, in order. All numbers come: many servers know no shorter ones. */
  async #request(texts: readonly string[]): Promise<readonly number[][]> {
    const input = texts.map((text) => text.slice(0, MAXIMUM_CHARACTERS));
    const characters = input.reduce((sum, { length }) => sum + length, 0);
    const most = characters * MOST_TOKENS_PER_CHARACTER + input.length * MOST_TOKENS_BESIDE;
    const release = await heldTokens(this.parts.hold ?? holdNothing, most, undefined);
    try {
      return await this.#embeddingsOf(input, characters, most);
    } finally {
      release();
    }
  }

  async #embeddingsOf(
    input: readonly string[],
    characters: number,
    most: number,
  ): Promise<readonly number[][]> {
    const signal = AbortSignal.timeout(Math.min(LONGEST_WAIT_MS, this.openai.timeoutMs));
    const { model } = this.embedding;
    const sent = this.#client.embeddings.create(
      { model, input: [...input], encoding_format: "float" },
      { signal },
    );
    const { data, usage } = ANSWER.parse(await untilAborted(sent, signal));
    const told = usage?.prompt_tokens ?? Math.ceil(characters / CHARACTERS_PER_TOKEN);
    // What can't be true must not use up the day's budget.
    this.parts.onUsage?.(Math.min(told, most));
    const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]));
    return input.map((_, at) => {
      const vector = byIndex.get(at);
      if (vector === undefined)
        throw new UselessAnswerError(`${input.length - byIndex.size} texts were left out.`);
      return vector;
    });
  }
}

/**
 * What is said in a recording, written down by the configured server (OpenAI's `/audio/transcriptions`).
 * Keeps no recording, and its words for an hour in memory alone. Knows no Discord.
 */
import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type OpenAI from "openai";
import { toFile } from "openai";
import { z } from "zod";
import type { OpenAIConfig } from "../../config.js";
import type { Asker } from "../../limits/limits.js";
import { holdNothing, type TokenHold, type UsageListener } from "../../limits/spending.js";
import { untilAborted } from "../../shared/deadline.js";
import { withoutWords } from "../candidates/generation-error.js";
import { heldTokens } from "../candidates/held-tokens.js";
import { type ClientBounds, createOpenAIClient } from "./openai-client.js";

const REMEMBERED = 500;
const REMEMBERED_MS = 60 * 60 * 1000;
/** Servers of one's own don't tell; budgets should rather run out early than late. */
const TOKENS_PER_SECOND = 10;
const CHARACTERS_PER_TOKEN = 3;
/** What a server says counts only as far as it can be true. */
const MOST_TOKENS_PER_SECOND = 100;
/** Nobody says more in five minutes. */
const MOST_CHARACTERS = 8_000;

const ANSWER = z.object({
  text: z.string(),
  usage: z
    .object({ input_tokens: z.number().min(0), output_tokens: z.number().min(0) })
    .optional()
    .catch(undefined),
});

/** Nothing was written down; `cause` says why, without anybody's words. */
export class TranscriptionFailedError extends Error {
  override readonly name = "TranscriptionFailedError";

  constructor(cause: unknown) {
    super(
      "A recording was not written down: check OPENAI_TRANSCRIPTION_MODEL and the server of OPENAI_BASE_URL.",
      { cause: withoutWords(cause) },
    );
  }
}

/** Something that was said. */
export interface Recording {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** By its ending servers know what it is. */
  readonly ending: string;
  readonly mediaType: string;
  readonly seconds: number;
}

export class Transcriptions {
  readonly #client: OpenAI;
  /** By the hash of the recording: an earlier message is read again with every later one. */
  readonly #heard = new LRUCache<string, string>({ max: REMEMBERED, ttl: REMEMBERED_MS });

  constructor(
    private readonly config: OpenAIConfig,
    private readonly model: string,
    private readonly onUsage: UsageListener = () => undefined,
    bounds: ClientBounds = {},
    private readonly hold: TokenHold = holdNothing,
  ) {
    this.#client = createOpenAIClient(config, bounds);
  }

  /** The words of `recording`; empty if there are none. Throws {@link TranscriptionFailedError}. */
  async wordsOf(
    recording: Recording,
    asker: Asker | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const key = createHash("sha256").update(recording.bytes).digest("base64");
    const known = this.#heard.get(key);
    if (known !== undefined) return known;
    const words = await this.#wordsOf(recording, asker, signal);
    this.#heard.set(key, words);
    return words;
  }

  async #wordsOf(
    recording: Recording,
    asker: Asker | undefined,
    signal: AbortSignal,
  ): Promise<string> {
    const most = Math.ceil(recording.seconds * MOST_TOKENS_PER_SECOND) + MOST_CHARACTERS;
    // As much of the recording, and as much of what is written down.
    const release = await heldTokens(this.hold, 2 * most, asker);
    try {
      const { text, usage } = await this.#ask(recording, signal);
      const input = usage?.input_tokens ?? Math.ceil(recording.seconds * TOKENS_PER_SECOND);
      const output = usage?.output_tokens ?? Math.ceil(text.length / CHARACTERS_PER_TOKEN);
      this.onUsage(Math.min(input, most), Math.min(output, most), asker);
      return text.trim().slice(0, MOST_CHARACTERS);
    } finally {
      release();
    }
  }

  async #ask({ bytes, ending, mediaType }: Recording, signal: AbortSignal) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.config.timeoutMs)]);
    try {
      const file = await toFile(bytes, `recording.${ending}`, { type: mediaType });
      const sent = this.#client.audio.transcriptions.create(
        { file, model: this.model },
        { signal: limit },
      );
      return ANSWER.parse(await untilAborted(sent, limit));
    } catch (error) {
      throw new TranscriptionFailedError(error);
    }
  }
}

/**
 * Candidates from any server that speaks OpenAI's chat completions: one request for all of them
 * where the server honours `n`, else one request each. Knows no members and no Discord.
 */
import type OpenAI from "openai";
import { BadRequestError, InternalServerError, UnprocessableEntityError } from "openai";
import type { ChatCompletion, ChatCompletionMessageParam } from "openai/resources/chat/completions";
import type { OpenAIConfig } from "../config.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { textOfChoice } from "./completion-text.js";
import { failureOf, GenerationFailedError, UselessAnswerError } from "./generation-error.js";
import { createOpenAIClient } from "./openai-client.js";
import { conversationMessages, systemMessage } from "./prompting.js";

const MAXIMUM_CHARACTERS = 20_000;
const TEMPERATURE = 1;

/** Hears how many tokens a request took. */
export type UsageListener = (inputTokens: number, outputTokens: number) => void;

/** What came of the requests so far. */
interface Harvest {
  readonly texts: Set<string>;
  filtered: boolean;
  /** How the last choice without a text ended, in the server's word. */
  emptyReason: string | undefined;
  error: unknown;
}

export class LanguageModelCandidates implements CandidateSource {
  readonly #client: OpenAI;
  /** Learned from the answers: many servers of one's own ignore `n` or refuse it. */
  #honoursCount = true;

  constructor(
    private readonly config: OpenAIConfig,
    private readonly onUsage: UsageListener = () => undefined,
  ) {
    this.#client = createOpenAIClient(config);
  }

  /** Uses what has arrived when OPENAI_TIMEOUT_MS is over. Throws {@link GenerationFailedError}. */
  async generate({ history, count, signal }: CandidateRequest): Promise<GeneratedCandidates> {
    const deadline = AbortSignal.timeout(this.config.timeoutMs);
    const limit = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    const turns = conversationMessages(history);
    const harvest: Harvest = {
      texts: new Set(),
      filtered: false,
      emptyReason: undefined,
      error: undefined,
    };
    if (this.#honoursCount) await this.#requestTogether(turns, count, limit, harvest);
    const refused = mayBeTheCount(harvest.error);
    const missing = count - harvest.texts.size;
    if (missing > 0 && !this.#isHopeless(harvest, limit)) {
      await this.#requestEach(turns, harvest.texts.size, missing, limit, harvest);
    }
    // What was refused with `n` and granted without it was refused because of `n`.
    if (refused && harvest.texts.size > 0) this.#honoursCount = false;
    if (harvest.texts.size === 0) throw failed(harvest, limit);
    return { texts: [...harvest.texts], failed: count - harvest.texts.size };
  }

  /** One request for all. A server that sends fewer is asked one by one from then on. */
  async #requestTogether(
    turns: ChatCompletionMessageParam[],
    count: number,
    limit: AbortSignal,
    harvest: Harvest,
  ): Promise<void> {
    try {
      const completion = await this.#complete(turns, { n: count }, limit);
      if (completion.choices.length < count) this.#honoursCount = false;
      gather(completion, harvest);
    } catch (error) {
      harvest.error = error;
    }
  }

  /** One request each, in parallel, each in another style; one that fails does not sink the others. */
  async #requestEach(
    turns: ChatCompletionMessageParam[],
    firstStyle: number,
    count: number,
    limit: AbortSignal,
    harvest: Harvest,
  ): Promise<void> {
    const requests = Array.from({ length: count }, async (_, at) => {
      try {
        gather(await this.#complete(turns, { style: firstStyle + at }, limit), harvest);
      } catch (error) {
        harvest.error ??= error;
      }
    });
    await Promise.all(requests);
  }

  /** Throws where what answers is no chat completion, as the page of a proxy. */
  async #complete(
    turns: ChatCompletionMessageParam[],
    { n, style }: { n?: number; style?: number },
    signal: AbortSignal,
  ): Promise<ChatCompletion> {
    const system = systemMessage(this.config.instruction, style);
    const completion = await this.#client.chat.completions.create(
      {
        model: this.config.model,
        messages: [{ role: "system", content: system }, ...turns],
        temperature: TEMPERATURE,
        ...(n !== undefined && { n }),
      },
      { signal },
    );
    if (!Array.isArray(completion.choices)) {
      throw new UselessAnswerError("OPENAI_BASE_URL answers, but not with chat completions.");
    }
    const { prompt_tokens: input = 0, completion_tokens: output = 0 } = completion.usage ?? {};
    this.onUsage(input, output);
    return completion;
  }

  /** Whether asking again, one by one, would fail the same way. */
  #isHopeless({ error }: Harvest, limit: AbortSignal): boolean {
    return limit.aborted || (error !== undefined && !mayBeTheCount(error));
  }
}

/** Servers that don't know `n` answer it with a bad request or an error of their own. */
function mayBeTheCount(error: unknown): boolean {
  return [BadRequestError, UnprocessableEntityError, InternalServerError].some(
    (kind) => error instanceof kind,
  );
}

function gather(completion: ChatCompletion, harvest: Harvest): void {
  for (const choice of completion.choices) {
    if (choice.finish_reason === "content_filter") {
      harvest.filtered = true;
      continue;
    }
    const text = textOfChoice(choice);
    if (text === "") harvest.emptyReason = String(choice.finish_reason);
    else harvest.texts.add(text.slice(0, MAXIMUM_CHARACTERS));
  }
}

function failed(harvest: Harvest, limit: AbortSignal): GenerationFailedError {
  if (limit.aborted) return new GenerationFailedError("timeout", harvest.error ?? limit.reason);
  if (harvest.error !== undefined) {
    return new GenerationFailedError(failureOf(harvest.error), harvest.error);
  }
  if (harvest.filtered) return new GenerationFailedError("filtered", undefined);
  const end = harvest.emptyReason ?? "no choice at all";
  const reason = `No choice holds a text; the last one ended with: ${end}.`;
  return new GenerationFailedError("empty", new UselessAnswerError(reason));
}

/**
 * Candidates from any server that speaks OpenAI's chat completions: one request for all of them
 * where the server honours `n`, else one request each. Knows no members and no Discord.
 */
import type OpenAI from "openai";
import { APIError } from "openai";
import type { ChatCompletion, ChatCompletionMessageParam } from "openai/resources/chat/completions";
import type { OpenAIConfig } from "../config.js";
import { Deadline } from "../deadline.js";
import type { Asker } from "../limits/asker.js";
import { untilAborted } from "../until-aborted.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { textOfChoice } from "./completion-text.js";
import {
  failureOf,
  GenerationFailedError,
  pauseWanted,
  UselessAnswerError,
} from "./generation-error.js";
import { type ClientBounds, createOpenAIClient } from "./openai-client.js";
import { conversationMessages, systemMessage } from "./prompting.js";
import { estimateTokens, tokensOf } from "./token-usage.js";
import { unseenNote } from "./unseen.js";

const MAXIMUM_CHARACTERS = 20_000;
const TEMPERATURE = 1;
/** What servers say that don't know `n`: a bad request, or an error of their own that is no outage. */
const REFUSALS_OF_COUNT: ReadonlySet<number | undefined> = new Set([400, 422, 500, 501]);

/** Hears how many tokens a request took, and for whom it was made. */
export type UsageListener = (
  inputTokens: number,
  outputTokens: number,
  asker: Asker | undefined,
) => void;

/** What is asked in every request for one answer. */
interface Question {
  readonly turns: readonly ChatCompletionMessageParam[];
  /** What of the conversation can't be seen. */
  readonly note: string | undefined;
  readonly asker: Asker | undefined;
  readonly limit: AbortSignal;
}

/** What came of the requests so far. */
interface Harvest {
  readonly texts: Set<string>;
  /** Those whose end is missing: better than nothing. */
  readonly truncated: Set<string>;
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
    bounds: ClientBounds = {},
  ) {
    this.#client = createOpenAIClient(config, bounds);
  }

  /** Uses what has arrived when OPENAI_TIMEOUT_MS is over. Throws {@link GenerationFailedError}. */
  async generate({
    history,
    count,
    asker,
    signal,
  }: CandidateRequest): Promise<GeneratedCandidates> {
    const deadline = new Deadline(this.config.timeoutMs, undefined, signal);
    const limit = deadline.signal;
    const turns = conversationMessages(history);
    const note = unseenNote(history);
    const harvest: Harvest = {
      ...{ texts: new Set<string>(), truncated: new Set<string>(), filtered: false },
      ...{ emptyReason: undefined, error: undefined },
    };
    try {
      await this.#fill(harvest, count, { turns, note, asker, limit });
    } finally {
      deadline.end();
    }
    const texts = harvest.texts.size > 0 ? harvest.texts : harvest.truncated;
    if (texts.size === 0) throw failed(harvest, limit, signal);
    return { texts: [...texts], failed: count - texts.size };
  }

  /** Together where that works; what is missing then, one by one. */
  async #fill(harvest: Harvest, count: number, question: Question): Promise<void> {
    if (this.#honoursCount) await this.#requestTogether(question, count, harvest);
    const refused = mayBeTheCount(harvest.error);
    if (refused) {
      // What is refused without `n` too is refused for another reason: once is enough to know.
      harvest.error = undefined;
      await this.#requestEach(question, 0, 1, harvest);
      if (sizeOf(harvest) > 0) this.#honoursCount = false;
    }
    const missing = count - sizeOf(harvest);
    if (missing > 0 && !isHopeless(harvest, question.limit)) {
      await this.#requestEach(question, sizeOf(harvest), missing, harvest);
    }
  }

  /** One request for all. A server that sends fewer is asked one by one from then on. */
  async #requestTogether(question: Question, count: number, harvest: Harvest): Promise<void> {
    try {
      const completion = await this.#complete(question, { n: count });
      if (completion.choices.length < count) this.#honoursCount = false;
      gather(completion, harvest);
    } catch (error) {
      harvest.error = error;
    }
  }

  /** One request each, in parallel, each in another style; one that fails does not sink the others. */
  async #requestEach(
    question: Question,
    firstStyle: number,
    count: number,
    harvest: Harvest,
  ): Promise<void> {
    const requests = Array.from({ length: count }, async (_, at) => {
      try {
        gather(await this.#complete(question, { style: firstStyle + at }), harvest);
      } catch (error) {
        harvest.error ??= error;
      }
    });
    await Promise.all(requests);
  }

  /** Throws where what answers is no chat completion, as the page of a proxy. */
  async #complete(
    { turns, note, asker, limit }: Question,
    { n, style }: { n?: number; style?: number },
  ): Promise<ChatCompletion> {
    const parts = [systemMessage(this.config.instruction, style), note];
    const system = parts.filter((part) => part !== undefined).join("\n\n");
    const messages: ChatCompletionMessageParam[] = [{ role: "system", content: system }, ...turns];
    const sent = this.#client.chat.completions.create(
      {
        ...{ model: this.config.model, messages, temperature: TEMPERATURE },
        ...(n !== undefined && { n }),
      },
      { signal: limit },
    );
    try {
      // The client sits out its pauses between two tries even where nobody waits any more.
      const completion = await untilAborted(sent, limit);
      if (!Array.isArray(completion?.choices)) {
        throw new UselessAnswerError("OPENAI_BASE_URL answers, but not with chat completions.");
      }
      const { input, output } = tokensOf(completion, messages);
      this.onUsage(input, output, asker);
      return completion;
    } catch (error) {
      // It may well be written to its end, and be paid for.
      if (limit.aborted) this.onUsage(estimateTokens(messages), 0, asker);
      throw error;
    }
  }
}

/** Whether asking again, one by one, would fail the same way. */
function isHopeless({ error }: Harvest, limit: AbortSignal): boolean {
  return limit.aborted || error !== undefined;
}

function sizeOf({ texts, truncated }: Harvest): number {
  return texts.size + truncated.size;
}

function mayBeTheCount(error: unknown): boolean {
  return (
    error instanceof APIError &&
    REFUSALS_OF_COUNT.has(error.status) &&
    ["refused", "unavailable"].includes(failureOf(error))
  );
}

function gather(completion: ChatCompletion, harvest: Harvest): void {
  for (const choice of completion.choices) {
    if (choice?.finish_reason === "content_filter") {
      harvest.filtered = true;
      continue;
    }
    const text = textOfChoice(choice);
    if (text === "") harvest.emptyReason = String(choice?.finish_reason);
    else if (choice.finish_reason === "length") harvest.truncated.add(`${cut(text)}…`);
    else harvest.texts.add(cut(text));
  }
}

function cut(text: string): string {
  return text.slice(0, MAXIMUM_CHARACTERS);
}

function failed(
  harvest: Harvest,
  limit: AbortSignal,
  signal: AbortSignal | undefined,
): GenerationFailedError {
  if (signal?.aborted) return new GenerationFailedError("abandoned", signal.reason);
  if (limit.aborted) return new GenerationFailedError("timeout", harvest.error ?? limit.reason);
  const { error } = harvest;
  if (error !== undefined) {
    const now = Date.now();
    const pause = pauseWanted(error, now);
    const retryAt = pause === undefined ? undefined : now + pause;
    return new GenerationFailedError(failureOf(error), error, retryAt);
  }
  if (harvest.filtered) return new GenerationFailedError("filtered", undefined);
  const end = harvest.emptyReason ?? "no choice at all";
  const reason = `No choice holds a text; the last one ended with: ${end}.`;
  return new GenerationFailedError("empty", new UselessAnswerError(reason));
}

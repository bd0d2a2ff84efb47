/**
 * Candidates from any server that speaks OpenAI's chat completions: one request for all of one manner
 * where the server honours `n`, else one request each. Knows no members and no Discord.
 */
import type { Slot } from "../../../models/steering/spread.js";
import type { OpenAIConfig } from "../../config.js";
import { Deadline } from "../../shared/deadline.js";
import type { ChatServer, ChatWait } from "../model-server/chat-server.js";
import type { ChatServers } from "../model-server/chat-servers.js";
import type { ChatTurn } from "../model-server/dialect.js";
import { failureOf, pauseWanted } from "../model-server/failure-of.js";
import { conversationTurns, systemMessage } from "../prompting.js";
import { directiveText } from "../steering/directive-text.js";
import { type MannerRequest, mannerRequests } from "../steering/manner-requests.js";
import { unseenNote, withoutPictures } from "../unseen.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { GenerationFailedError, UselessAnswerError } from "./generation-error.js";
import { emptyHarvest, firstOf, gather, type Harvest, merged, sizeOf } from "./harvest.js";
import { LimitReachedError } from "./limit-reached-error.js";

const TEMPERATURE = 1;

/** What is asked in every request for one answer. */
interface Question {
  readonly turns: readonly ChatTurn[];
  /** What of the conversation can't be seen. */
  readonly note: string | undefined;
  /** The same for a model that sees no pictures; undefined where there are none. */
  readonly blindNote: string | undefined;
  readonly persona: string | undefined;
  readonly server: ChatServer;
  readonly wait: ChatWait;
}

export class LanguageModelCandidates implements CandidateSource {
  constructor(
    private readonly config: Pick<OpenAIConfig, "timeoutMs" | "instruction">,
    private readonly servers: Pick<ChatServers, "of">,
  ) {}

  /** Uses what has arrived when OPENAI_TIMEOUT_MS is over. Throws {@link GenerationFailedError}. */
  async generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    const { history, count, asker, persona, signal } = request;
    const server = this.servers.of(request.model);
    const deadline = new Deadline(this.config.timeoutMs, undefined, signal);
    const seeing = { blind: false };
    const onBlind = () => {
      seeing.blind = true;
    };
    const { onProgress } = request;
    const isWatched = onProgress !== undefined && count === 1 && server.showsAsItWrites;
    const onText = isWatched ? (text: string) => onProgress(() => text) : undefined;
    const question = {
      turns: conversationTurns(history),
      note: unseenNote(history),
      blindNote: unseenNote(withoutPictures(history)),
      persona,
      server,
      wait: { signal: deadline.signal, asker, onBlind, onText },
    };
    const requests = mannerRequests(request.slots, count);
    try {
      const harvests = await Promise.all(requests.map((one) => this.#write(one, question)));
      const harvest = merged(harvests);
      const written = harvest.texts.size > 0 ? harvest.texts : harvest.truncated;
      if (written.size === 0) throw failed(harvest, deadline.signal, signal);
      return {
        texts: [...written.keys()],
        ...(request.slots && { slots: [...written.values()] as Slot[] }),
        writtenBy: server.model,
        failed: count - written.size,
        ...(seeing.blind && { blind: true }),
      };
    } finally {
      deadline.end();
    }
  }

  /** All of one manner: together where that works; what is missing then, one by one. */
  async #write(request: MannerRequest, question: Question): Promise<Harvest> {
    const { count } = request;
    const harvest = emptyHarvest();
    if (count > 1 && question.server.takesCount) await this.#ask(request, question, harvest);
    const missing = count - sizeOf(harvest);
    if (missing <= 0 || isHopeless(harvest, question.wait.signal)) return firstOf(harvest, count);
    // In parallel; one that fails does not sink the others.
    const one = { ...request, count: 1 };
    await Promise.all(Array.from({ length: missing }, () => this.#ask(one, question, harvest)));
    return firstOf(harvest, count);
  }

  async #ask(
    { slot, count }: MannerRequest,
    { turns, note, blindNote, persona, server, wait }: Question,
    harvest: Harvest,
  ): Promise<void> {
    const { instruction } = this.config;
    const directives = directiveText(slot);
    const asked = {
      instruction: systemMessage({ instruction, persona, note, directives }),
      blindInstruction: systemMessage({ instruction, persona, note: blindNote, directives }),
      turns,
      temperature: TEMPERATURE,
      ...(count > 1 && { count }),
      ...(wait.onText && { stream: true }),
    };
    try {
      gather(await server.complete(asked, wait), slot, harvest);
    } catch (error) {
      harvest.error ??= error;
    }
  }
}

/** Whether asking again, one by one, would fail the same way. For one there may be enough tokens left. */
function isHopeless({ error }: Harvest, limit: AbortSignal): boolean {
  return limit.aborted || (error !== undefined && !(error instanceof LimitReachedError));
}

function failed(
  harvest: Harvest,
  limit: AbortSignal,
  signal: AbortSignal | undefined,
): GenerationFailedError {
  if (signal?.aborted) return new GenerationFailedError("abandoned", signal.reason);
  if (limit.aborted) return new GenerationFailedError("timeout", harvest.error ?? limit.reason);
  const { error } = harvest;
  if (error instanceof LimitReachedError) return error;
  if (error !== undefined) {
    const now = Date.now();
    const pause = pauseWanted(error, now);
    const retryAt = pause === undefined ? undefined : now + pause;
    return new GenerationFailedError(failureOf(error), error, retryAt);
  }
  if (harvest.declined) return new GenerationFailedError("filtered", undefined);
  return new GenerationFailedError("empty", new UselessAnswerError(reasonOf(harvest)));
}

function reasonOf({ emptyReason: end = "no choice at all" }: Harvest): string {
  const reason = `No choice holds a text; the last one ended with: ${end}.`;
  if (!/length|max/i.test(end)) return reason;
  return `${reason} A model that thinks for long needs a larger MAXIMUM_OUTPUT_TOKENS.`;
}

/**
 * Candidates from any server that speaks OpenAI's chat completions: one request for all of them
 * where the server honours `n`, else one request each. Knows no members and no Discord.
 */
import type { ChatCompletion } from "openai/resources/chat/completions";
import type { OpenAIConfig } from "../../config.js";
import { Deadline } from "../../shared/deadline.js";
import { answerOfChoice } from "../answer-text/answer-text.js";
import type { ChatServer, ChatWait } from "../model-server/chat-server.js";
import type { ChatTurn } from "../model-server/dialect.js";
import { failureOf, pauseWanted } from "../model-server/failure-of.js";
import { conversationTurns, systemMessage } from "../prompting.js";
import { unseenNote } from "../unseen.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { GenerationFailedError, UselessAnswerError } from "./generation-error.js";

const MAXIMUM_CHARACTERS = 20_000;
const TEMPERATURE = 1;

/** What is asked in every request for one answer. */
interface Question {
  readonly turns: readonly ChatTurn[];
  /** What of the conversation can't be seen. */
  readonly note: string | undefined;
  readonly wait: ChatWait;
}

/** What came of the requests so far. */
interface Harvest {
  readonly texts: Set<string>;
  /** Those whose end is missing: better than nothing. */
  readonly truncated: Set<string>;
  declined: boolean;
  /** How the last choice without a text ended, in the server's word. */
  emptyReason: string | undefined;
  error: unknown;
}

export class LanguageModelCandidates implements CandidateSource {
  constructor(
    private readonly config: Pick<OpenAIConfig, "timeoutMs" | "instruction">,
    private readonly server: ChatServer,
  ) {}

  /** Uses what has arrived when OPENAI_TIMEOUT_MS is over. Throws {@link GenerationFailedError}. */
  async generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    const { history, count, asker, signal } = request;
    const deadline = new Deadline(this.config.timeoutMs, undefined, signal);
    const wait = { signal: deadline.signal, asker };
    const turns = conversationTurns(history);
    const harvest = emptyHarvest();
    try {
      await this.#fill(harvest, count, { turns, note: unseenNote(history), wait });
    } finally {
      deadline.end();
    }
    const texts = harvest.texts.size > 0 ? harvest.texts : harvest.truncated;
    if (texts.size === 0) throw failed(harvest, wait.signal, signal);
    // Some servers send more than they were asked for, and all of it would be scored.
    const wanted = [...texts].slice(0, count);
    return { texts: wanted, failed: count - wanted.length };
  }

  /** Together where that works; what is missing then, one by one. */
  async #fill(harvest: Harvest, count: number, question: Question): Promise<void> {
    if (this.server.takesCount) await this.#request(question, harvest, { count });
    const missing = count - sizeOf(harvest);
    if (missing > 0 && !isHopeless(harvest, question.wait.signal)) {
      await this.#requestEach(question, sizeOf(harvest), missing, harvest);
    }
  }

  /** One request each, in parallel, each in another style; one that fails does not sink the others. */
  async #requestEach(
    question: Question,
    firstStyle: number,
    count: number,
    harvest: Harvest,
  ): Promise<void> {
    const styles = Array.from({ length: count }, (_, at) => firstStyle + at);
    await Promise.all(styles.map((style) => this.#request(question, harvest, { style })));
  }

  async #request(
    { turns, note, wait }: Question,
    harvest: Harvest,
    { count, style }: { count?: number; style?: number },
  ): Promise<void> {
    const parts = [systemMessage(this.config.instruction, style), note];
    const instruction = parts.filter((part) => part !== undefined).join("\n\n");
    const asked = { instruction, turns, temperature: TEMPERATURE, ...(count && { count }) };
    try {
      gather(await this.server.complete(asked, wait), harvest);
    } catch (error) {
      harvest.error ??= error;
    }
  }
}

function emptyHarvest(): Harvest {
  return {
    texts: new Set(),
    truncated: new Set(),
    declined: false,
    emptyReason: undefined,
    error: undefined,
  };
}

/** Whether asking again, one by one, would fail the same way. */
function isHopeless({ error }: Harvest, limit: AbortSignal): boolean {
  return limit.aborted || error !== undefined;
}

function sizeOf({ texts, truncated }: Harvest): number {
  return texts.size + truncated.size;
}

function gather(completion: ChatCompletion, harvest: Harvest): void {
  for (const choice of completion.choices) {
    const answer = answerOfChoice(choice);
    if (answer.kind === "declined") harvest.declined = true;
    else if (answer.kind === "none") harvest.emptyReason = answer.end;
    else if (answer.isCut) harvest.truncated.add(`${cut(answer.text)}…`);
    else harvest.texts.add(cut(answer.text));
  }
}

/** Not within a character. */
function cut(text: string): string {
  return text.slice(0, MAXIMUM_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
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
  if (harvest.declined) return new GenerationFailedError("filtered", undefined);
  return new GenerationFailedError("empty", new UselessAnswerError(reasonOf(harvest)));
}

function reasonOf({ emptyReason: end = "no choice at all" }: Harvest): string {
  const reason = `No choice holds a text; the last one ended with: ${end}.`;
  if (!/length|max/i.test(end)) return reason;
  return `${reason} A model that thinks for long needs a larger MAXIMUM_OUTPUT_TOKENS.`;
}

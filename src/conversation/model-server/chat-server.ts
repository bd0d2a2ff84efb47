/**
 * The configured language model's server: one question, one chat completion, in whichever dialect the
 * server speaks. Everything that asks it shares what is learned. Knows no members.
 */
import type OpenAI from "openai";
import type { ChatCompletion } from "openai/resources/chat/completions";
import type { OpenAIConfig } from "../../config.js";
import type { Asker } from "../../limits/limits.js";
import { holdNothing, type TokenHold, type UsageListener } from "../../limits/spending.js";
import { Deadline, untilAborted } from "../../shared/deadline.js";
import { ThinkingHabits } from "../answer-text/thinking-habits.js";
import { UselessAnswerError } from "../candidates/generation-error.js";
import { heldTokens } from "../candidates/held-tokens.js";
import { LimitReachedError } from "../candidates/limit-reached-error.js";
import type { TextListener, WatchedInit } from "./bounded-fetch.js";
import {
  blind,
  type ChatQuestion,
  type ChatTurn,
  type Dialect,
  firstDialect,
  hasPictures,
  outputOf,
  requestIn,
} from "./dialect.js";
import { failureOf, serverErrorOf } from "./failure-of.js";
import { LearnedDialect, PLAIN_QUESTION } from "./learned-dialect.js";
import { createOpenAIClient } from "./openai-client.js";
import { fieldsNamed, isAboutThesePictures } from "./refusal-fields.js";
import { estimateTokens, mostTokens, tokensOf } from "./token-usage.js";

/** A member may wait for the harmless question. */
const LONGEST_PLAIN_MS = 10_000;
/** Some answers in other dialects, each without one thing more. */
const MOST_TRIES = 8;
/** Where a server wants room for the whole output bound beside the conversation. */
const OUTPUT_WORDS = /completion|max_\w{0,20}tokens|output/i;
/** The client's own call for it would want to read a stream itself; here that is read already. */
const PATH = "/chat/completions";
const LESS_OUTPUT = 1_024;
const LEAST_OUTPUT = 256;

/** For whom it is asked, and how long somebody waits. */
export interface ChatWait {
  readonly signal: AbortSignal;
  readonly asker?: Asker | undefined;
  /** Called if the answer was written without a look at the question's pictures. */
  readonly onBlind?: () => void;
  /** Called with what has come of a streamed answer so far, and with "" when it begins anew. */
  readonly onText?: TextListener | undefined;
}

export class ChatServer {
  readonly #dialect: LearnedDialect;
  readonly #habits = new ThinkingHabits();
  #plain: Promise<boolean> | undefined;

  constructor(
    private readonly config: OpenAIConfig,
    private readonly onUsage: UsageListener = () => undefined,
    private readonly client: OpenAI = createOpenAIClient(config),
    private readonly hold: TokenHold = holdNothing,
  ) {
    const first = firstDialect(config.baseUrl === undefined, config.maximumOutputTokens);
    this.#dialect = new LearnedDialect(first, (question, dialect) =>
      this.#inTime((signal) => this.#send(question, dialect, { signal }, 0)),
    );
  }

  /** The language model's name. */
  get model(): string {
    return this.config.model;
  }

  /** What has been learned of the server so far. */
  get dialect(): Dialect {
    return this.#dialect.current;
  }

  /** Whether one request may bring more than one answer. */
  get takesCount(): boolean {
    return this.#dialect.current.takesCount;
  }

  /** Whether pictures are worth sending, as far as is known. */
  get takesPictures(): boolean {
    return this.#dialect.current.takesPictures;
  }

  /** Whether an answer can be shown while it is being written, as far as is known. */
  get showsAsItWrites(): boolean {
    return this.#dialect.current.takesStream && this.#habits.areOpen;
  }

  /**
   * The answer to `question`, asked again in another way, with fewer turns or without its pictures where
   * the server wants that. Throws as the openai client does, `UselessAnswerError` for what is no chat
   * completion, and `LimitReachedError` if the day's tokens are not enough for it.
   */
  async complete(question: ChatQuestion, wait: ChatWait): Promise<ChatCompletion> {
    let asked = question;
    for (;;) {
      try {
        const { completion, dialect } = await this.#completeInDialect(asked, wait);
        const saw = dialect.takesPictures && hasPictures(asked);
        if (hasPictures(question) && !saw) wait.onBlind?.();
        return completion;
      } catch (error) {
        const easier = easierThan(asked, error);
        if (easier === undefined || wait.signal.aborted) throw error;
        asked = easier;
      }
    }
  }

  /** Whether a question that nobody could take amiss is answered. Never throws; asked once at a time. */
  isWell(): Promise<boolean> {
    this.#plain ??= this.#inTime((signal) =>
      this.#send(PLAIN_QUESTION, this.#dialect.current, { signal }, 0),
    )
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.#plain = undefined;
      });
    return this.#plain;
  }

  async #completeInDialect(
    question: ChatQuestion,
    wait: ChatWait,
  ): Promise<{ readonly completion: ChatCompletion; readonly dialect: Dialect }> {
    let dialect = this.#dialect.current;
    for (let tries = 1; ; tries++) {
      try {
        const completion = await this.#send(question, dialect, wait);
        this.#dialect.proves(question, dialect);
        const { length } = completion.choices;
        // None at all is about the message.
        const isShort = length > 0 && length < (question.count ?? 1);
        if (isShort && dialect.takesCount) this.#dialect.ignoresCount();
        return { completion, dialect };
      } catch (error) {
        if (error instanceof LimitReachedError) throw error;
        if (isAboutItsPictures(error, question, dialect)) throw error;
        if (wait.signal.aborted || tries >= MOST_TRIES) throw error;
        const next = await untilAborted(this.#dialect.after(error, question, dialect), wait.signal);
        if (next === undefined) throw error;
        dialect = next;
      }
    }
  }

  async #send(
    question: ChatQuestion,
    dialect: Dialect,
    { signal, asker, onText }: ChatWait,
    maxRetries?: number,
  ): Promise<ChatCompletion> {
    const request = requestIn(dialect, question, this.config.model);
    const watched: WatchedInit = { ...(onText && { onText }) };
    const mostOutput = outputOf(dialect, question) * (request.n ?? 1);
    const options = {
      signal,
      fetchOptions: watched as object,
      ...(maxRetries !== undefined && { maxRetries }),
    };
    const most = mostTokens(request.messages) + mostOutput;
    const release = await heldTokens(this.hold, most, asker);
    try {
      // The client sits out its pauses between two tries even where nobody waits any more.
      const sent = this.client.post<ChatCompletion>(PATH, { body: request, ...options });
      const completion = await untilAborted(sent, signal);
      if (!Array.isArray(completion?.choices)) {
        throw new UselessAnswerError("OPENAI_BASE_URL answers, but not with chat completions.");
      }
      const { input, output } = tokensOf(completion, request.messages, mostOutput);
      this.onUsage(input, output, asker);
      this.#habits.saw(completion);
      return completion;
    } catch (error) {
      // It may well be written to its end, and be paid for.
      if (signal.aborted) this.onUsage(estimateTokens(request.messages), mostOutput, asker);
      throw error;
    } finally {
      release();
    }
  }

  async #inTime<Result>(ask: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const deadline = new Deadline(Math.min(LONGEST_PLAIN_MS, this.config.timeoutMs));
    try {
      return await ask(deadline.signal);
    } finally {
      deadline.end();
    }
  }
}

/** Whether the server takes pictures, and could do nothing with these. */
function isAboutItsPictures(error: unknown, question: ChatQuestion, dialect: Dialect): boolean {
  const told = dialect.takesPictures && hasPictures(question) ? serverErrorOf(error) : undefined;
  if (told === undefined || failureOf(error) !== "refused") return false;
  return isAboutThesePictures(told) && fieldsNamed(told)[0] !== "pictures";
}

/** What to ask instead after `error`; undefined where nothing else would help. */
function easierThan(question: ChatQuestion, error: unknown): ChatQuestion | undefined {
  const told = serverErrorOf(error);
  const isTooLong = failureOf(error) === "tooLong";
  // Of what is too large for a server as a whole, pictures take most.
  const areTooLarge = told?.status === 413 || (told !== undefined && isAboutThesePictures(told));
  if (hasPictures(question) && areTooLarge) return blind(question);
  const shorter = isTooLong ? shortened(question, error) : undefined;
  return isTooLong && shorter === undefined && hasPictures(question) ? blind(question) : shorter;
}

/** `question` with less room for the answer where the server counts that in, else with half of its turns. */
function shortened(question: ChatQuestion, error: unknown): ChatQuestion | undefined {
  const { turns, mostOutput } = question;
  const countsOutput = OUTPUT_WORDS.test(serverErrorOf(error)?.message ?? "");
  if (countsOutput && mostOutput === undefined) return { ...question, mostOutput: LESS_OUTPUT };
  if (turns.length > 1) return { ...question, turns: newest(turns, Math.floor(turns.length / 2)) };
  const isLeast = !countsOutput || mostOutput === LEAST_OUTPUT;
  return isLeast ? undefined : { ...question, mostOutput: LEAST_OUTPUT };
}

/** At most `count` turns; the first one is a member's. */
function newest(turns: readonly ChatTurn[], count: number): ChatTurn[] {
  const kept = turns.slice(-count);
  return kept[0]?.role === "assistant" ? kept.slice(1) : kept;
}

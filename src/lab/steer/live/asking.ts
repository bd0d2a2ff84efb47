/**
 * Puts requests to a language model's server, as many at once as it may, and notes each answer before it
 * counts. What stumbles is put again; what can't work ends the run, which may then go on later.
 */
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import { answerOfChoice } from "../../../conversation/answer-text/answer-text.js";
import type { GenerationFailure } from "../../../conversation/candidates/failure-sentences.js";
import { withoutWords } from "../../../conversation/candidates/generation-error.js";
import type { ChatServer } from "../../../conversation/model-server/chat-server.js";
import type { ChatQuestion } from "../../../conversation/model-server/dialect.js";
import { failureOf, pauseWanted } from "../../../conversation/model-server/failure-of.js";
import { tokensOf } from "../../../conversation/model-server/token-usage.js";
import { Deadline } from "../../../shared/deadline.js";
import type { Journal, JournalEntry } from "./journal.js";

/** Something that is to be written. */
export interface Job {
  /** The same in every run with the same options. */
  readonly key: string;
  readonly question: Omit<ChatQuestion, "count">;
  readonly count: number;
}

/** They are about this one request; another one may well be answered. */
const OWN_FAULT: ReadonlySet<GenerationFailure> = new Set([
  "filtered",
  "forbidden",
  "refused",
  "tooLong",
  "tooLarge",
  "empty",
]);
/** They pass by themselves. */
const PASSING: ReadonlySet<GenerationFailure> = new Set(["rateLimited", "unavailable", "timeout"]);
const MOST_TRIES = 6;
/** Before the second try; twice as long before each one after it. */
const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 90_000;

/** The server does not answer any more; what it has answered is in the journal. */
export class LiveStoppedError extends Error {
  override readonly name = "LiveStoppedError";

  constructor(kind: GenerationFailure, cause: unknown) {
    super(
      `The run stopped: the server fails (${kind}; ${(withoutWords(cause) as Error | undefined)?.message ?? "no more is known"}). What it has answered is in the journal; the same command goes on from there.`,
      { cause },
    );
  }
}

export interface AskingParts {
  readonly server: ChatServer;
  readonly journal: Journal;
  readonly timeoutMs: number;
  readonly atOnce: number;
  /** Before a second try; for tests. */
  readonly pauseMs?: number;
}

export class Asking {
  constructor(private readonly parts: AskingParts) {}

  /** Puts whatever of `jobs` has no answer yet. Throws {@link LiveStoppedError}. */
  async all(jobs: readonly Job[], onDone: (done: number) => void = () => {}): Promise<void> {
    const queue = new PQueue({ concurrency: this.parts.atOnce });
    let stopped: unknown;
    let done = 0;
    for (const job of jobs) {
      void queue.add(async () => {
        // What runs when one fails comes to its end, and is noted.
        if (stopped !== undefined) return;
        try {
          await this.#complete(job);
          onDone(++done / jobs.length);
        } catch (error) {
          stopped ??= error;
        }
      });
    }
    await queue.onIdle();
    if (stopped !== undefined) throw stopped;
  }

  /** Together where the server does that; what is missing then, one by one. */
  async #complete({ key, question, count }: Job): Promise<void> {
    const { journal, server } = this.parts;
    for (;;) {
      const known = journal.of(key);
      const missing = count - known.reduce((sum, { texts }) => sum + texts.length, 0);
      if (missing <= 0) return;
      const batch = (known.at(-1)?.batch ?? -1) + 1;
      const isTogether = missing > 1 && server.takesCount;
      const wanted = isTogether ? [missing] : Array<number>(missing).fill(1);
      const outcomes = await Promise.allSettled(
        wanted.map(async (one) => journal.add(await this.#ask(key, batch, question, one))),
      );
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    }
  }

  async #ask(
    key: string,
    batch: number,
    question: Omit<ChatQuestion, "count">,
    count: number,
  ): Promise<JournalEntry> {
    const asked = { ...question, ...(count > 1 && { count }) };
    const { pauseMs = PAUSE_MS } = this.parts;
    for (let tries = 1; ; tries++) {
      try {
        return { key, batch, ...(await this.#once(asked, count)) };
      } catch (error) {
        const kind = failureOf(error);
        if (OWN_FAULT.has(kind)) return { key, batch, ...nothing(count), failed: kind };
        if (!PASSING.has(kind) || tries >= MOST_TRIES) throw new LiveStoppedError(kind, error);
        const wanted = pauseWanted(error, Date.now()) ?? pauseMs * 2 ** (tries - 1);
        if (wanted > LONGEST_PAUSE_MS) throw new LiveStoppedError(kind, error);
        await sleep(wanted);
      }
    }
  }

  async #once(question: ChatQuestion, count: number): Promise<Omit<JournalEntry, "key" | "batch">> {
    const deadline = new Deadline(this.parts.timeoutMs);
    const begun = performance.now();
    try {
      const completion = await this.parts.server.complete(question, { signal: deadline.signal });
      const milliseconds = performance.now() - begun;
      const texts = completion.choices.slice(0, count).map((choice) => {
        const answer = answerOfChoice(choice);
        return answer.kind === "text" ? answer.text : null;
      });
      const system = { role: "system" as const, content: question.instruction };
      const usage = tokensOf(completion, [system, ...question.turns], Number.POSITIVE_INFINITY);
      return { texts: texts.length > 0 ? texts : [null], ...usage, milliseconds };
    } finally {
      deadline.end();
    }
  }
}

function nothing(count: number) {
  return { texts: Array<null>(count).fill(null), input: 0, output: 0, milliseconds: 0 };
}

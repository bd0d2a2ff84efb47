/**
 * The circuit breaker before a server: after repeated faults, or one that only an admin can mend, it
 * is left alone for a while, and then one request tries whether it is well again. Knows the kinds of
 * failures; no members. Time is that of the library, `Date.now()`.
 */
import {
  BrokenCircuitError,
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type IBackoff,
  type IHalfOpenAfterBackoffContext,
} from "cockatiel";
import type { Log } from "../../shared/log.js";
import { failureOf, pauseWanted } from "../model-server/failure-of.js";
import type { GenerationFailure } from "./failure-sentences.js";
import { GenerationFailedError } from "./generation-error.js";

/** Faults of the server that may pass within seconds. What a member can provoke is not among them. */
const FAULTS: ReadonlySet<GenerationFailure> = new Set(["unavailable", "timeout", "rateLimited"]);
/** One more is enough to know that nothing will come for a while. */
const STANDING: ReadonlySet<GenerationFailure> = new Set([
  "badKey",
  "noAccess",
  "badAddress",
  "unknownModel",
  "quota",
]);

/** Failures that say something about the server; the others are about one message. */
export const FAILURES_OF_SERVERS: ReadonlySet<GenerationFailure> = new Set([
  ...FAULTS,
  ...STANDING,
]);

/** So many answers in a row that failed are no accident. */
const FAULTS_IN_A_ROW = 4;
const FIRST_PAUSE_MS = 30_000;
const STANDING_PAUSE_MS = 5 * 60_000;
/** Whatever a server asks for, and however often it has failed. */
const LONGEST_PAUSE_MS = 60 * 60_000;
const LONGEST_FAULT_PAUSE_MS = 10 * 60_000;

/** What an admin can do about what lasts. */
export const HINTS: Partial<Record<GenerationFailure, string>> = {
  badKey: "The server refuses the key: check OPENAI_API_KEY.",
  noAccess:
    "The provider does not serve this account or this place: check the account of OPENAI_API_KEY.",
  badAddress:
    "No chat completions are at the address: check OPENAI_BASE_URL and its path, which mostly ends with /v1 (/chat/completions is added to it).",
  unknownModel:
    "The server does not know the model: check OPENAI_MODEL (or EMBEDDING_MODEL) and OPENAI_BASE_URL.",
  quota: "The account's quota is used up: top it up, or wait for it to be renewed.",
};

interface Opening {
  readonly kind: GenerationFailure;
  readonly until: number;
}

/** Nothing was asked: the server is left alone after an earlier failure, of which the log knows. */
export class ServerPausedError extends GenerationFailedError {
  override readonly name = "ServerPausedError";
}

/** One message failed, and the server is well: `cause` is what its sender is to be told. */
class ProvokedError extends Error {
  override readonly name = "ProvokedError";

  constructor(cause: unknown) {
    super("One message failed; the server is well.", { cause });
  }
}

export class Circuit {
  readonly #policy: CircuitBreakerPolicy;
  #lastFailure: unknown;
  #opening: Opening | undefined;
  /** What the log has said since the server last answered well. */
  #logged: GenerationFailure | undefined;
  readonly #breaker = new ConsecutiveBreaker(FAULTS_IN_A_ROW);
  #faults = 0;

  /**
   * `server` is the name by which the log knows it. `isWell` asks it something that nobody could
   * take amiss: while that is answered, what failed was one message and not the server.
   */
  constructor(
    private readonly server: string,
    private readonly log: Log,
    private readonly isWell: () => Promise<boolean> = async () => false,
  ) {
    const breaker = this.#breaker;
    this.#policy = circuitBreaker(
      handleWhen((error) => this.#counts(error)),
      {
        breaker: {
          state: 0,
          success: () => breaker.success(),
          failure: () => breaker.failure() || isStanding(this.#lastFailure),
        },
        halfOpenAfter: { next: (context) => this.#open(context) },
      },
    );
    this.#policy.onReset(() => this.#close());
  }

  /** What `action` returns. Throws what it throws, or {@link ServerPausedError}. */
  async run<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#policy.execute(() => this.#watch(action));
    } catch (error) {
      if (error instanceof ProvokedError) throw error.cause;
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new ServerPausedError(
        this.#opening?.kind ?? "unavailable",
        undefined,
        this.#opening?.until,
      );
    }
  }

  /** Throws {@link ProvokedError} where the circuit would open for what is no fault of the server. */
  async #watch<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      const result = await action();
      this.#faults = 0;
      return result;
    } catch (error) {
      if (!isFault(error)) throw error;
      this.#faults++;
      const wouldOpen = isStanding(error) || this.#faults >= FAULTS_IN_A_ROW || this.#isTrial();
      // What the server itself asks for is no matter of the message.
      if (!wouldOpen || pauseWanted(error, Date.now()) !== undefined) throw error;
      if (!(await this.isWell())) throw error;
      this.#faults = 0;
      this.#breaker.success();
      throw new ProvokedError(error);
    }
  }

  #isTrial(): boolean {
    return this.#opening !== undefined;
  }

  /** Whether a failure says anything about the server. */
  #counts(error: unknown): boolean {
    if (error instanceof ProvokedError) return false;
    this.#lastFailure = error;
    return isFault(error);
  }

  #open({ attempt, result }: IHalfOpenAfterBackoffContext): IBackoff<IHalfOpenAfterBackoffContext> {
    const error = "error" in result ? result.error : undefined;
    const kind = failureOf(error);
    const duration = pauseAfter(error, attempt);
    this.#opening = { kind, until: Date.now() + duration };
    // A probe that fails again is no news.
    if (this.#logged !== kind) {
      this.#logged = kind;
      const facts = { server: this.server, kind, pauseSeconds: Math.ceil(duration / 1000) };
      const hint = HINTS[kind] ?? "It is tried again after the pause.";
      this.log.error({ event: "language-model.paused", ...facts, hint });
    }
    return { duration, next: (context) => this.#open(context) };
  }

  #close(): void {
    this.#opening = undefined;
    this.#logged = undefined;
    this.log.info({ event: "language-model.recovered", server: this.server });
  }
}

/** A limit of the bot's own is no fault of the server, though it says until when. */
function isFault(error: unknown): boolean {
  const kind = failureOf(error);
  return kind !== "limit" && (FAULTS.has(kind) || isStanding(error));
}

function isStanding(error: unknown): boolean {
  return STANDING.has(failureOf(error)) || pauseWanted(error, Date.now()) !== undefined;
}

/** As long as the server asks for, else longer from time to time. Milliseconds. */
function pauseAfter(error: unknown, attempt: number): number {
  const wanted = pauseWanted(error, Date.now());
  if (wanted !== undefined) return Math.min(Math.max(wanted, 0), LONGEST_PAUSE_MS);
  if (STANDING.has(failureOf(error))) return STANDING_PAUSE_MS;
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_FAULT_PAUSE_MS);
}

/**
 * Candidates within the limits: fewer where a budget runs low, none where it is used up, and never
 * more requests at once than the language model is meant to bear. Who waits does so in turns.
 */
import PQueue from "p-queue";
import { FairQueue, type FairQueueOptions } from "../../limits/fair-queue.js";
import type { Limits } from "../../limits/limits.js";
import { type Place, turnOf, whoGivesWay } from "../../limits/waiting-line.js";
import { Deadline } from "../../shared/deadline.js";
import type { LimitConfig } from "../../shared/environment/limit-variables.js";
import { withinBudget } from "../steering/manner-requests.js";
import type { CandidateRequest, CandidateSource, GeneratedCandidates } from "./candidate-source.js";
import { GenerationFailedError } from "./generation-error.js";
import { LimitReachedError } from "./limit-reached-error.js";

/** Of one member; who writes faster than this is told to wait. */
const MOST_WAITING = 3;
const LONGEST_WAIT_MS = 60_000;

interface WaitingPlace extends Place {
  giveWay(): void;
}

export interface LimitedCandidatesParts {
  readonly candidates: CandidateSource;
  readonly limits: Limits;
  readonly config: Pick<LimitConfig, "requestsAtOnce" | "queueLength">;
}

export class LimitedCandidates implements CandidateSource {
  readonly #queue: PQueue<FairQueue, FairQueueOptions>;
  /** In the order of their coming. */
  readonly #waiting = new Set<WaitingPlace>();

  constructor(private readonly parts: LimitedCandidatesParts) {
    const concurrency = parts.config.requestsAtOnce;
    this.#queue = new PQueue({ concurrency, queueClass: FairQueue });
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Throws {@link LimitReachedError} beside what the source throws. */
  async generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    const { asker, signal } = request;
    if (asker === undefined) return this.#generate(request);
    const tooLong = () => new LimitReachedError(this.parts.limits.queueFull(asker));
    const patience = new Deadline(LONGEST_WAIT_MS, tooLong, signal);
    const place = { asker, giveWay: () => patience.endWith(tooLong()) };
    const turn = () => {
      this.#waiting.delete(place);
      patience.lift();
      return this.#generate(request);
    };
    try {
      this.#enter(place);
      return await this.#queue.add(turn, { ...turnOf(asker), signal: patience.signal });
    } catch (error) {
      if (signal?.aborted) throw new GenerationFailedError("abandoned", error);
      throw error;
    } finally {
      this.#waiting.delete(place);
      patience.end();
    }
  }

  /** Takes a place, from somebody who has more of them where all are taken. Throws where there is none. */
  #enter(place: WaitingPlace): void {
    const { limits, config } = this.parts;
    const { asker } = place;
    // A place that is free needs no waiting.
    if (this.#queue.pending < config.requestsAtOnce) return;
    const own = [...this.#waiting].filter((one) => one.asker.memberId === asker.memberId);
    if (own.length >= MOST_WAITING) throw new LimitReachedError(limits.queueFull(asker));
    if (this.#waiting.size >= config.queueLength) {
      const last = whoGivesWay([...this.#waiting, place]);
      if (last === place) throw new LimitReachedError(limits.queueFull(asker));
      this.#waiting.delete(last);
      last.giveWay();
    }
    this.#waiting.add(place);
  }

  /** What is left is looked up when the request's turn comes: others have spent meanwhile. */
  #generate(request: CandidateRequest): Promise<GeneratedCandidates> {
    const { candidates, limits } = this.parts;
    const refusal = limits.outOfTokens(request.asker);
    if (refusal !== undefined) throw new LimitReachedError(refusal);
    const count = limits.candidates(request.asker, request.count);
    const slots = request.slots && withinBudget(request.slots, count);
    return candidates.generate({ ...request, count, ...(slots && { slots }) });
  }
}

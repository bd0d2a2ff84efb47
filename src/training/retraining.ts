/**
 * The retraining job: all feedback to the training worker, the held-out gate, the swap, and every
 * profile refitted. The schedule and `/retrain` both call it; two runs never overlap.
 */
import { ulid } from "ulid";
import type { Compute } from "../../workers/compute.js";
import type { RetrainProgress, RetrainResult } from "../../workers/requests.js";
import type { Clock } from "../clock.js";
import type { Log } from "../log.js";
import type { Profiles } from "../profiles/profiles.js";
import { memberOfKey } from "../storage/keys.js";
import type { HeldOutRecord } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import { collectFeedback, type MayPool, type TrainingScope } from "./feedback.js";
import type { ModelLibrary } from "./model-library.js";

/** Pooled training waits for this many people, so that nobody's taste can be read out of it. */
export const MINIMUM_MEMBERS = 5;

/** A second retraining was asked for while one was running. */
export class RetrainingInProgressError extends Error {
  override readonly name = "RetrainingInProgressError";

  constructor() {
    super("A retraining is already running; try again when it is done.");
  }
}

/** Too few people have voted for pooled training. */
export class TooFewMembersError extends Error {
  override readonly name = "TooFewMembersError";

  constructor(readonly members: number) {
    super(
      `Retraining needs votes of at least ${MINIMUM_MEMBERS} members who agreed to pooled training; so far there ${members === 1 ? "is" : "are"} ${members}. Until then everybody is answered with the present base rewards.`,
    );
  }
}

export interface RetrainingReport {
  readonly adopted: boolean;
  /** Why, in one sentence. */
  readonly reason: string;
  readonly before: HeldOutRecord;
  readonly after: HeldOutRecord;
  readonly members: number;
  readonly comparisons: number;
  readonly rank: number;
  readonly axes: readonly string[];
  readonly version: string;
  readonly backend: string;
  readonly seconds: number;
}

export interface RetrainingParts {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: ModelLibrary;
  readonly profiles: Profiles;
  readonly scope: TrainingScope;
  readonly mayPool: MayPool;
  readonly seed: number;
  readonly clock: Clock;
  readonly log: Log;
}

export class Retraining {
  #running = false;
  #progress: RetrainProgress | undefined;
  #lastReport: RetrainingReport | undefined;

  constructor(private readonly parts: RetrainingParts) {}

  /** How far the training is that runs now; undefined where none does. */
  get progress(): RetrainProgress | undefined {
    return this.#progress;
  }

  /** What came of the last training since the start. */
  get lastReport(): RetrainingReport | undefined {
    return this.#lastReport;
  }

  /**
   * Trains on all feedback of the scope. Throws {@link RetrainingInProgressError},
   * {@link TooFewMembersError}, the model's `NotEnoughFeedbackError`, or `ComputeError`; the
   * current base rewards then stay as they are.
   */
  async run(onProgress: (progress: RetrainProgress) => void): Promise<RetrainingReport> {
    if (this.#running) throw new RetrainingInProgressError();
    this.#running = true;
    try {
      this.#lastReport = await this.#train((progress) => {
        this.#progress = progress;
        onProgress(progress);
      });
      return this.#lastReport;
    } finally {
      this.#running = false;
      this.#progress = undefined;
    }
  }

  async #train(onProgress: (progress: RetrainProgress) => void): Promise<RetrainingReport> {
    const { clock, compute, log, models } = this.parts;
    const startedAt = clock();
    const current = models.current;
    onProgress({ done: 0, stage: "reading the votes" });
    const { comparisons, people } = await collectFeedback(
      this.parts.store.comparisons,
      this.parts.scope,
      this.parts.mayPool,
      current.encoderId,
      current.dimensions,
    );
    if (people < MINIMUM_MEMBERS) throw new TooFewMembersError(people);
    const facts = { members: comparisons.members, comparisons: comparisons.count };
    log.info({ event: "retraining.started", scope: this.parts.scope.name, ...facts });
    const result = await compute.retrain(
      { model: current, comparisons, seed: this.parts.seed, minimumMembers: MINIMUM_MEMBERS },
      onProgress,
    );
    if (result.adopted) await this.#adopt(result, onProgress);
    const seconds = (clock() - startedAt) / 1000;
    const report = reportOf(result, facts, models.current.version, seconds);
    log.info({ event: "retraining.finished", scope: this.parts.scope.name, ...report });
    return report;
  }

  async #adopt(
    result: RetrainResult,
    onProgress: (progress: RetrainProgress) => void,
  ): Promise<void> {
    const at = this.parts.clock();
    const heldOut = { before: result.current, after: result.candidate };
    await this.parts.models.adopt({ ...result.model, version: ulid(at) }, heldOut, at);
    onProgress({ done: 1, stage: "refitting the profiles" });
    for await (const [key] of this.parts.store.profiles.entries()) {
      const member = memberOfKey(key);
      if (this.parts.scope.accepts(member.guildId)) await this.parts.profiles.refit(member);
    }
  }
}

function reportOf(
  result: RetrainResult,
  facts: Pick<RetrainingReport, "members" | "comparisons">,
  version: string,
  seconds: number,
): RetrainingReport {
  return {
    adopted: result.adopted,
    reason: result.reason,
    before: result.current,
    after: result.candidate,
    ...facts,
    rank: result.model.rank,
    axes: result.model.axes.map((axis) => axis.name),
    version,
    backend: result.backend,
    seconds,
  };
}

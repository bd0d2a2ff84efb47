/**
 * The retraining job: all feedback to the training worker, the held-out gate, the swap, and every
 * profile refitted. The schedule and `/retrain` both call it; two runs never overlap.
 */

import { ulid } from "ulid";
import { createRandomGenerator } from "../../models/algebra/random.js";
import type { Axis, BaseRewardModel } from "../../models/rewards/base-rewards.js";
import type { Grounds } from "../../models/training/validate/gate.js";
import type { Compute } from "../../workers/compute.js";
import type { RetrainProgress, RetrainResult } from "../../workers/requests.js";
import type { MayPool } from "../members/may-pool.js";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import { allOf, type Condition } from "../store/condition.js";
import type { GainRecord, HeldOutRecord, TrainingRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { AxisWords } from "./axis-words.js";
import { Contributors, VotesTakenBackError } from "./contributors.js";
import { collectFeedback, type TrainingScope, withRepeatable } from "./feedback.js";
import { BaseRewardsChangedError } from "./model-errors.js";
import type { ModelLibrary } from "./model-library.js";
import type { Feedback } from "./pool.js";
import type { PlanRefits } from "./refits.js";
import { type TrainingClaim, TrainingTakenOverError } from "./training-claim.js";

/** Pooled training waits for this many people with two votes or more, so that nobody's taste can be read out of it. */
export const MINIMUM_MEMBERS = 5;

/** A training is repeated so often at most when members take their votes back while it runs. */
const MOST_REPEATS = 2;

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
      `Retraining needs two votes or more of at least ${MINIMUM_MEMBERS} members who agreed to pooled training; so far there ${members === 1 ? "is" : "are"} ${members}. Until then everybody is answered with the present base rewards.`,
    );
  }
}

/** Errors that come from the training thread have their names, and no longer their classes. */
const REFUSALS_OF_THE_TRAINING = new Set(["NotEnoughFeedbackError", "TooFewHeldOutError"]);

/** Whether people can understand the reason: nothing is wrong, and the present base rewards stay. */
export function isRefusal(error: unknown): error is Error {
  return (
    error instanceof RetrainingInProgressError ||
    error instanceof TooFewMembersError ||
    error instanceof BaseRewardsChangedError ||
    error instanceof TrainingTakenOverError ||
    error instanceof VotesTakenBackError ||
    (error instanceof Error && REFUSALS_OF_THE_TRAINING.has(error.name))
  );
}

export interface RetrainingReport extends TrainingRecord {
  readonly scope: string;
  readonly adopted: boolean;
  /** Why, in one sentence. */
  readonly grounds: Grounds;
  readonly reason: string;
  readonly before: HeldOutRecord;
  readonly after: HeldOutRecord;
  readonly gain: GainRecord;
  /** Accounts whose votes took no part, since they vote together and not like members. */
  readonly leftOut: number;
  /** Profiles that could not be refitted at once: each is when it is next used. */
  readonly refitLeft: number;
  /** J, of the new base rewards. */
  readonly rank: number;
  readonly axes: readonly Axis[];
  /** The version that answers now, and the one that did before. */
  readonly version: string;
  readonly previous: string;
}

export interface RetrainingParts {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: ModelLibrary;
  readonly planRefits: PlanRefits;
  readonly scope: TrainingScope;
  readonly mayPool: MayPool;
  /** What a retraining reads at most: the newest of each member. */
  readonly mostComparisons: number;
  /** Whether accounts that seem to vote with one will train nothing. */
  readonly leaveOutColluders: boolean;
  /** Undefined if no language model is set up: the words found offline stay. */
  readonly axisWords: AxisWords | undefined;
  readonly seed: number;
  readonly clock: Clock;
  /** Called with how every run ended and how long it took. */
  readonly onEnd?: (verdict: RetrainingVerdict, seconds: number) => void;
  readonly log: Log;
}

/** Of the gate, or of what came before it. */
export type RetrainingVerdict = "adopted" | "kept" | "refused" | "failed";

export class Retraining {
  #running = false;
  #claim: TrainingClaim | undefined;
  #progress: RetrainProgress | undefined;
  #lastReport: RetrainingReport | undefined;

  constructor(private readonly parts: RetrainingParts) {}

  /** How far the training is that runs now; undefined if none does. */
  get progress(): RetrainProgress | undefined {
    return this.#progress;
  }

  /** What came of the last training since the start. */
  get lastReport(): RetrainingReport | undefined {
    return this.#lastReport;
  }

  /**
   * Trains on all feedback of the scope. Throws {@link RetrainingInProgressError},
   * {@link TooFewMembersError}, the model's `NotEnoughFeedbackError` and `TooFewHeldOutError`,
   * `VotesTakenBackError`, `BaseRewardsChangedError` or `ComputeError`; the current base rewards
   * then stay as they are. Once new ones answer, nothing is thrown any more. Given a `claim`, it also
   * throws `TrainingTakenOverError`, soon after another process has taken it, and adopts nothing.
   */
  async run(
    onProgress: (progress: RetrainProgress) => void,
    claim?: TrainingClaim,
  ): Promise<RetrainingReport> {
    if (this.#running) throw new RetrainingInProgressError();
    this.#running = true;
    this.#claim = claim;
    const { clock, onEnd } = this.parts;
    const startedAt = clock();
    let verdict: RetrainingVerdict = "failed";
    try {
      const note = (progress: RetrainProgress) => {
        this.#progress = progress;
        onProgress(progress);
      };
      this.#lastReport = await (claim === undefined
        ? this.#trainWithWhoStays(note)
        : claim.whileHeld((taken) => this.#trainWithWhoStays(note, taken)));
      verdict = this.#lastReport.adopted ? "adopted" : "kept";
      return this.#lastReport;
    } catch (error) {
      if (isRefusal(error)) verdict = "refused";
      throw error;
    } finally {
      this.#running = false;
      this.#progress = undefined;
      onEnd?.(verdict, (clock() - startedAt) / 1000);
    }
  }

  /** Once more without them if somebody has taken their votes back meanwhile. */
  async #trainWithWhoStays(
    onProgress: (progress: RetrainProgress) => void,
    taken?: AbortSignal,
  ): Promise<RetrainingReport> {
    for (let left = MOST_REPEATS; ; left--) {
      try {
        return await this.#train(onProgress, taken);
      } catch (error) {
        if (!(error instanceof VotesTakenBackError) || left === 0) throw error;
        this.parts.log.info({ event: "retraining.repeated" });
      }
    }
  }

  async #train(
    onProgress: (progress: RetrainProgress) => void,
    taken: AbortSignal | undefined,
  ): Promise<RetrainingReport> {
    const { clock, compute, log, models, scope } = this.parts;
    const startedAt = clock();
    const current = models.current;
    onProgress({ done: 0, stage: "reading the votes" });
    const contributors = new Contributors(this.parts.mayPool, this.parts.store.tombstones);
    const { comparisons, people } = await this.#readVotes(current, startedAt, contributors.mayPool);
    const readingSeconds = (clock() - startedAt) / 1000;
    if (people < MINIMUM_MEMBERS) throw new TooFewMembersError(people);
    const facts = { members: comparisons.members, comparisons: comparisons.count };
    log.info({ event: "retraining.started", scope: scope.name, ...facts, readingSeconds });
    const trained = await compute.retrain(
      {
        model: current,
        comparisons,
        seed: this.parts.seed,
        minimumMembers: MINIMUM_MEMBERS,
        leaveOutColluders: this.parts.leaveOutColluders,
      },
      onProgress,
      taken,
    );
    const { backend, waitedSeconds } = trained;
    log.info({ event: "training.backend", backend, waitedSeconds });
    const seconds = (clock() - startedAt) / 1000;
    const training = { ...facts, votesUntil: startedAt, seconds, backend };
    const result = trained.adopted ? await this.#withWords(trained, onProgress) : trained;
    let refitLeft = 0;
    if (result.adopted) {
      if (!(await contributors.stillAllow())) throw new VotesTakenBackError();
      const refit = await this.parts.planRefits();
      await this.#adopt(result, current.version, training, contributors.condition);
      onProgress({ done: 1, stage: "refitting the profiles" });
      refitLeft = await refit();
    }
    const versions = { version: models.current.version, previous: current.version };
    const outcome = { ...reportOf(result, training), refitLeft };
    const report = { scope: scope.name, ...versions, ...outcome };
    log.info({ event: "retraining.finished", ...report });
    return report;
  }

  /** Everybody's votes, with a mark at those that trained `current`. */
  async #readVotes(current: BaseRewardModel, now: number, mayRead: MayPool): Promise<Feedback> {
    const { mayPool, mostComparisons, scope, store } = this.parts;
    const known = await store.models.get(current.version);
    const trainedUntil = known && (known.training?.votesUntil ?? known.at);
    const feedback = await collectFeedback(
      store.comparisons,
      scope,
      mayPool,
      current.encoderId,
      current.dimensions,
      {
        most: mostComparisons,
        random: createRandomGenerator(now),
        mayRead,
        ...(trainedUntil !== undefined && { trainedUntil }),
      },
    );
    return withRepeatable(feedback, known?.training?.comparisons ?? 0);
  }

  async #adopt(
    result: RetrainResult,
    parent: string,
    training: TrainingRecord,
    condition: Condition,
  ): Promise<void> {
    const at = this.parts.clock();
    const heldOut = { before: result.current, after: result.candidate, gain: result.difference };
    const model = { ...result.model, version: ulid(at) };
    const facts = { parent, heldOut, training, at };
    const claim = this.#claim;
    const conditions = claim === undefined ? condition : allOf(condition, claim.condition);
    if (await this.parts.models.adopt(model, facts, conditions)) return;
    throw (await claim?.isHeld()) === false
      ? new TrainingTakenOverError()
      : new VotesTakenBackError();
  }

  /** The same with its axes in the language model's words, if there is one. */
  async #withWords(
    result: RetrainResult,
    onProgress: (progress: RetrainProgress) => void,
  ): Promise<RetrainResult> {
    const { axisWords } = this.parts;
    if (axisWords === undefined) return result;
    onProgress({ done: 1, stage: "naming the base rewards" });
    const { model } = result;
    return { ...result, model: { ...model, axes: await axisWords.describe(model) } };
  }
}

function reportOf(
  result: RetrainResult,
  training: TrainingRecord,
): Omit<RetrainingReport, "scope" | "version" | "previous" | "refitLeft"> {
  return {
    adopted: result.adopted,
    grounds: result.grounds,
    reason: result.reason,
    before: result.current,
    after: result.candidate,
    gain: result.difference,
    leftOut: result.leftOut,
    ...training,
    rank: result.model.rank,
    axes: result.model.axes,
  };
}

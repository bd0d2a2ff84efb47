/**
 * Whose training counts: where several processes may train, one that was taken for dead and comes back
 * must not have its result adopted beside its successor's.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Condition, recordIn } from "../store/condition.js";
import type { TrainingRunRecord } from "../store/records.js";
import type { Store } from "../store/store.js";

/** How often a training looks whether it still counts. */
const LOOK_MS = 1_000;

/** The clocks of the database and of this machine differ by less. */
const CLOCKS_DIFFER_MS = 60 * 60_000;

/** Another process has taken the training over. */
export class TrainingTakenOverError extends Error {
  override readonly name = "TrainingTakenOverError";

  constructor() {
    super(
      "Another process has taken this training over, since this one was not heard of for too long: what came of it here is not used.",
    );
  }
}

/** One try at a job: a later job, or a later try at the same one, takes the claim of an earlier. */
export interface TrainingRun {
  readonly job: string;
  /** When the job was made, by the queue's clock. */
  readonly madeAt: number;
  /** How often it had been tried before. */
  readonly attempt: number;
}

type ClaimStore = Pick<Store, "trainingRuns" | "writeTogether">;

export class TrainingClaim {
  private constructor(
    private readonly store: ClaimStore,
    private readonly scope: string,
    private readonly run: TrainingRun,
  ) {}

  /**
   * Takes it from every earlier run, `now` by this machine's clock. Throws {@link TrainingTakenOverError} if a
   * later one has it.
   */
  static async take(
    store: ClaimStore,
    scope: string,
    run: TrainingRun,
    now: number,
  ): Promise<TrainingClaim> {
    const claim = new TrainingClaim(store, scope, run);
    await claim.#write({ done: 0, stage: "" }, (record) => !isLater(record, run, now));
    return claim;
  }

  /** That this run still has it, at the moment of a write. */
  get condition(): Condition {
    return this.#when((record) => isSame(record, this.run));
  }

  /** Throws {@link TrainingTakenOverError}. */
  note(progress: Pick<TrainingRunRecord, "done" | "stage">): Promise<void> {
    return this.#write(progress, (record) => isSame(record, this.run));
  }

  async isHeld(): Promise<boolean> {
    return isSame(await this.store.trainingRuns.get(this.scope), this.run);
  }

  /**
   * What `action` resolves to. Its signal is aborted, with {@link TrainingTakenOverError}, within a second or so
   * of a later run taking the claim; while the store can not tell, the run goes on.
   */
  async whileHeld<Result>(action: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const taken = new AbortController();
    const ended = new AbortController();
    void this.#watch(taken, ended.signal);
    try {
      return await action(taken.signal);
    } finally {
      ended.abort();
    }
  }

  async #watch(taken: AbortController, ended: AbortSignal): Promise<void> {
    const pause = { signal: ended, ref: false };
    while (!ended.aborted && !taken.signal.aborted) {
      await sleep(LOOK_MS, undefined, pause).catch(() => undefined);
      if (ended.aborted) return;
      const isHeld = await this.isHeld().catch(() => true);
      if (!isHeld) taken.abort(new TrainingTakenOverError());
    }
  }

  async #write(
    progress: Pick<TrainingRunRecord, "done" | "stage">,
    may: (record: TrainingRunRecord | undefined) => boolean,
  ): Promise<void> {
    const { trainingRuns, writeTogether } = this.store;
    const putting = trainingRuns.putting(this.scope, { ...this.run, ...progress });
    const written = await writeTogether([putting], this.#when(may));
    if (!written) throw new TrainingTakenOverError();
  }

  #when(may: (record: TrainingRunRecord | undefined) => boolean): Condition {
    const { key } = this.store.trainingRuns.removing(this.scope);
    return { keys: [key], holds: (textOf) => may(recordIn<"training-run">(key, textOf(key))) };
  }
}

function isSame(record: TrainingRunRecord | undefined, { job, attempt }: TrainingRun): boolean {
  return record?.job === job && record.attempt === attempt;
}

/**
 * Jobs of the queue exclude each other: one that was made later was tried later. One of the future was made
 * while the database's clock was wrong, and keeps nobody from training until then.
 */
function isLater(record: TrainingRunRecord | undefined, run: TrainingRun, now: number): boolean {
  if (record === undefined) return false;
  if (record.job === run.job) return record.attempt > run.attempt;
  return record.madeAt > run.madeAt && record.madeAt <= now + CLOCKS_DIFFER_MS;
}

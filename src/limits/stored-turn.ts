/** What may be done once in a while, by whichever process: the store knows when it was done last. */
import type { Clock } from "../shared/time.js";
import { changeRecord } from "../store/change-record.js";
import type { Store } from "../store/store.js";

export interface StoredTurnParts {
  readonly store: Pick<Store, "turns" | "writeTogether">;
  /** What it is that is done. */
  readonly key: string;
  readonly gapMs: number;
  readonly clock: Clock;
}

/** Every method throws `StoreError`. */
export class StoredTurn {
  /** When this process took the turn last. */
  #takenAt: number | undefined;

  constructor(private readonly parts: StoredTurnParts) {}

  /** Takes the turn; if it is too early, takes nothing and returns when the turn comes. */
  claim(): Promise<number | undefined> {
    const { clock, gapMs } = this.parts;
    return this.#change(async (record, write) => {
      const now = clock();
      const doneAt = Math.min(record?.at ?? Number.NEGATIVE_INFINITY, now);
      const isEarly = now < doneAt + gapMs;
      // A clock that was set back makes nobody wait for longer than the gap.
      if (!isEarly || doneAt !== record?.at) await write({ at: now });
      if (isEarly) return doneAt + gapMs;
      this.#takenAt = now;
      return undefined;
    });
  }

  /** Gives back a turn that was of no use, unless somebody has taken another one since. */
  release(): Promise<void> {
    const takenAt = this.#takenAt;
    this.#takenAt = undefined;
    return this.#change(async (record, write) => {
      if (record !== undefined && record.at === takenAt) await write(undefined);
    });
  }

  #change<Result>(
    action: Parameters<typeof changeRecord<{ readonly at: number }, Result>>[1],
  ): Promise<Result> {
    const { store, key } = this.parts;
    return changeRecord({ store, repository: store.turns, key }, action);
  }
}

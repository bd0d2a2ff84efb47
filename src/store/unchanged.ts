/**
 * That a record is still stored as it was seen. Comparing its whole text is as good as a revision.
 * Knows no engine and no feature.
 */
import type { Condition, TextOf } from "./condition.js";
import type { Write } from "./engine.js";
import { isSameText, type StoredText } from "./stored-text.js";

/** That the record under a full key is as it was seen, or that there still is none. */
export class Unchanged implements Condition {
  readonly keys: readonly string[];
  #failed = false;

  constructor(
    key: string,
    private readonly seen: StoredText,
  ) {
    this.keys = [key];
  }

  /** Whether it did not hold when it was last asked for: somebody else has written meanwhile. */
  get failed(): boolean {
    return this.#failed;
  }

  readonly holds = (textOf: TextOf): boolean => {
    this.#failed = !isSameText(textOf(this.keys[0]!), this.seen);
    return !this.#failed;
  };
}

/** That the record is as `write` leaves it. */
export function stillAs({ key, text }: Write): Unchanged {
  return new Unchanged(key, text ?? undefined);
}

/** A record as it was read. */
export interface Seen<Value> {
  readonly value: Value | undefined;
  /** To be a condition of the write that follows from it. */
  readonly unchanged: Unchanged;
}

/** Thrown within `untilUnchanged` when somebody else has written what was read: it is read again. */
export class OvertakenError extends Error {
  override readonly name = "OvertakenError";
}

/**
 * Compare-and-set, for stores that several processes write to: what was read is written under the
 * condition that it is still stored as it was seen, and if not all is read again. Knows no feature.
 */
import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { allOf, type Condition } from "./condition.js";
import type { Write, WriteOptions } from "./engine.js";
import type { Repository } from "./repository.js";
import type { Store } from "./store.js";
import { StoreError } from "./store-error.js";
import { OvertakenError, type Unchanged } from "./unchanged.js";

/** With so many processes on one record that one of them fails this often, something else is wrong. */
const MOST_TRIES = 100;
const LONGEST_PAUSE_MS = 50;

/**
 * What `attempt` resolves to, which is tried again as long as it throws {@link OvertakenError}. Throws
 * {@link StoreError} if that does not end.
 */
export async function untilUnchanged<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof OvertakenError)) throw error;
      if (tries >= MOST_TRIES) {
        throw new StoreError(
          `A record was changed by another process each of ${MOST_TRIES} times that it was read, so nothing was written: try again; if this goes on, see which processes use this store.`,
          { cause: error },
        );
      }
      // So that two do not overtake each other in step.
      if (tries > 1) await wait(randomInt(Math.min(2 ** tries, LONGEST_PAUSE_MS)));
    }
  }
}

/**
 * Does all of `writes` or none of them; false, and none, if `permit` does not hold. Throws
 * {@link OvertakenError} if what was seen is not as it was.
 */
export async function writeUnchanged(
  { writeTogether }: Pick<Store, "writeTogether">,
  writes: readonly Write[],
  unchanged: Unchanged,
  permit?: Condition,
  options?: WriteOptions,
): Promise<boolean> {
  const condition = permit === undefined ? unchanged : allOf(permit, unchanged);
  const done = await writeTogether(writes, condition, options);
  if (!done && unchanged.failed) throw new OvertakenError();
  return done;
}

export interface RecordChange<Value> extends WriteOptions {
  readonly store: Pick<Store, "writeTogether">;
  readonly repository: Repository<Value>;
  readonly key: string;
  /** What has to be true beside; nothing if left out. */
  readonly permit?: Condition;
}

/** Stores a record in the place of what was read, or removes that; false if it is not permitted. */
export type Writer<Value> = (value: Value | undefined, permit?: Condition) => Promise<boolean>;

/**
 * Reads a record and lets `action` write what becomes of it, once. If another process has written it
 * meanwhile, `action` ends with that write, and runs again with what is stored by then.
 */
export function changeRecord<Value, Result>(
  { store, repository, key, permit: standing, ...options }: RecordChange<Value>,
  action: (record: Value | undefined, write: Writer<Value>, seen: Unchanged) => Promise<Result>,
): Promise<Result> {
  return untilUnchanged(async () => {
    const { value: record, unchanged } = await repository.read(key);
    const write: Writer<Value> = (value, permit = standing) => {
      const change =
        value === undefined ? repository.removing(key) : repository.putting(key, value);
      return writeUnchanged(store, [change], unchanged, permit, options);
    };
    return action(record, write, unchanged);
  });
}

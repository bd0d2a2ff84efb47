/** What the store needs of an engine to delete for good. Knows no records and no feature. */
import type { Engine, Write } from "./engine.js";
import type { MemberKey } from "./records.js";
import type { TombstoneKind } from "./tombstones.js";

/** What is deleted: a person, a member of a guild, a guild, or a member's votes. */
export type Subject = readonly [kind: TombstoneKind, id: MemberKey | string];

/** What can be done while a deletion is under way. */
export interface Removing extends Pick<Engine, "rows" | "keys"> {
  /** Removes the rows of these full keys, from caches as well. */
  remove(keys: readonly string[]): Promise<void>;
  /** Writes together with the removals; left out where these are not all or nothing. */
  write?(writes: readonly Write[]): Promise<void>;
}

/** Every method throws {@link StoreError}. */
export interface Deleter {
  /** The latest time of anything deleted or taken back about `member`; 0 if there is none. */
  lastTime(member: MemberKey): Promise<number>;
  /** When everything about `member` there was deleted last; 0 if it never was. */
  deletedAt(member: MemberKey): Promise<number>;
  /**
   * Notes what is deleted, and does `action`, while nothing about it is written: what was begun before
   * is stored, or will never be, and so is what is begun meanwhile.
   */
  during<Result>(
    subjects: readonly Subject[],
    at: number,
    action: (removing: Removing) => Promise<Result>,
  ): Promise<Result>;
  /** Notes that something was taken back, so that a restored backup does not bring it back. */
  note(kind: "refused" | "unpooled", member: MemberKey, at: number): Promise<void>;
  /**
   * Destroys the bytes of what was removed, which has `traces` in it, as far as the engine can, however
   * long that takes. What it leaves undone is done after the next start.
   */
  erase(traces: readonly string[]): Promise<void>;
  /** Marks the rows as gone of all that was noted by this process, none of which is under way any more. */
  settle(): Promise<void>;
}

/** What a deleter needs of the store around it. */
export interface DeleterParts {
  /** Removes the rows of these full keys, from caches as well. */
  readonly remove: (keys: readonly string[]) => Promise<void>;
  /** The error to throw for `cause`, of files that can't be written. */
  readonly failed: (cause: unknown) => Error;
  /** The error to throw for `cause`, of the engine, which came while trying to do `what`. */
  readonly failure: (what: string, cause: unknown) => Error;
  /** Called with errors that no caller waits for. */
  readonly onError: (error: unknown) => void;
}

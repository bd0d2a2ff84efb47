/**
 * What a vote needs to know about its member: whether anything may be learned, and where to store the
 * comparison with the weights that follow from it. The members' room
 * implements both; it is above this one.
 */

import type { Condition, Needs } from "../store/condition.js";
import type { Write } from "../store/engine.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";

/** One of a member's comparisons, added or replaced; taken away if there is no record. */
export interface ComparisonChange {
  readonly comparisonId: string;
  readonly record?: ComparisonRecord;
}

/** What a member allows. */
export interface Allowance {
  /** Whether a vote of this member may be stored now. Whoever stores it asks with {@link permit}. */
  mayLearn(member: MemberKey): Promise<boolean>;
  /** The condition under which something about `member` may be written that begins now. */
  permit(member: MemberKey, needs: Needs): Condition;
}

/** Stores a member's comparisons with the weights that follow from them. */
export interface ComparisonStore {
  /** All or nothing; false if `permit` does not hold any more. Throws `StoreError`. */
  changeComparison(
    member: MemberKey,
    change: ComparisonChange,
    permit: Condition,
    together?: readonly Write[],
  ): Promise<boolean>;
}

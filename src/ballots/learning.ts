/**
 * What a vote needs of the member it is about: whether anything may be learned, and the weights that
 * follow from it. The members' room implements both, and stands above this one.
 */
import type { Write } from "../store/batched-sqlite.js";
import type { Condition, Needs } from "../store/condition.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";

/** One of a member's comparisons, added or replaced; taken away where there is no record. */
export interface ComparisonChange {
  readonly comparisonId: string;
  readonly record?: ComparisonRecord;
}

/** Says what a member has allowed. */
export interface Allowance {
  /** Whether a vote of this member may be stored now. Whoever stores it asks with {@link permit}. */
  mayLearn(member: MemberKey): Promise<boolean>;
  /** The condition under which something about `member` may be written that begins now. */
  permit(member: MemberKey, needs: Needs): Condition;
}

/** Stores a member's comparisons with the weights that follow from them. */
export interface ComparisonStore {
  /** All or nothing; false where `permit` does not hold any more. Throws `StoreError`. */
  changeComparison(
    member: MemberKey,
    change: ComparisonChange,
    permit: Condition,
    together?: readonly Write[],
  ): Promise<boolean>;
}

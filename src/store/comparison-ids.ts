/**
 * Ids of comparisons. A member's comparisons are kept, aged and trained on in the order of these
 * ids, so that order is made here. Knows no store.
 */
import { monotonicFactory } from "ulid";
import type { Clock } from "../shared/clock.js";

/** A new id, a ULID. */
export type ComparisonIds = () => string;

/** Each id sorts after the one before, also within a millisecond and where the clock goes back. */
export function createComparisonIds(clock: Clock): ComparisonIds {
  const next = monotonicFactory();
  return () => next(clock());
}

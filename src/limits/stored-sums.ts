/** Adds to several stored counts at once, on top of what other processes have added. Knows no days. */
import { untilUnchanged } from "../store/change-record.js";
import { allOf } from "../store/condition.js";
import type { DayCountRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { OvertakenError } from "../store/unchanged.js";
import { type DayCount, NOTHING } from "./day-pages.js";

export interface Sum {
  readonly name: string;
  readonly key: string;
  readonly count: DayCount;
  /** What is added. */
  readonly change: DayCountRecord;
  /** Tokens at most, afterwards, if any are added. */
  readonly most?: number;
}

/**
 * Adds all or nothing, and tells each count what is stored then. Returns the name of the first that would
 * be too large, and adds nothing then. Throws `StoreError`.
 */
export function addUp(
  store: Pick<Store, "dayCounts" | "writeTogether">,
  sums: readonly Sum[],
): Promise<string | undefined> {
  if (sums.length === 0) return Promise.resolve(undefined);
  return untilUnchanged(async () => {
    const seen = await Promise.all(sums.map(({ key }) => store.dayCounts.read(key)));
    const after = sums.map(({ change }, at) => added(seen[at]!.value ?? NOTHING, change));
    const refused = sums.findIndex(
      ({ change, most }, at) => most !== undefined && change.tokens > 0 && after[at]!.tokens > most,
    );
    if (refused >= 0) return sums[refused]!.name;
    const writes = sums.map(({ key }, at) => store.dayCounts.putting(key, after[at]!));
    const unchanged = allOf(...seen.map((one) => one.unchanged));
    if (!(await store.writeTogether(writes, unchanged))) throw new OvertakenError();
    for (const [at, { count, change }] of sums.entries()) count.wrote(change, after[at]!);
    return undefined;
  });
}

function added(before: DayCountRecord, change: DayCountRecord): DayCountRecord {
  return {
    messages: Math.max(0, before.messages + change.messages),
    ballots: Math.max(0, before.ballots + change.ballots),
    tokens: Math.max(0, before.tokens + change.tokens),
  };
}

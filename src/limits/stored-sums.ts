/** Adds to several stored counts at once, on top of what other processes have added. Knows no days. */
import { untilUnchanged } from "../store/change-record.js";
import { allOf } from "../store/condition.js";
import type { WriteOptions } from "../store/engine.js";
import type { DayCountRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { OvertakenError, stillAs, type Unchanged } from "../store/unchanged.js";
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

type CountStore = Pick<Store, "dayCounts" | "writeTogether">;

/** What is stored, as far as is known, and that it is still so. */
interface Before {
  readonly value: DayCountRecord | undefined;
  readonly unchanged: Unchanged;
}

type BeforeOf = (sum: Sum) => Before | Promise<Before>;

/**
 * Adds all or nothing, and tells each count what is stored then. Returns the first that would be
 * too large, and adds nothing then. Throws `StoreError`.
 */
export async function addUp(
  store: CountStore,
  sums: readonly Sum[],
  options?: WriteOptions,
): Promise<Sum | undefined> {
  if (sums.length === 0) return undefined;
  const attempt = (beforeOf: BeforeOf) => tryToAdd(store, sums, beforeOf, options);
  // What was seen last is mostly still stored, and need not be read. Where it is not, nothing is added.
  const remembered = await attempt((sum) => lastSeen(store, sum));
  if (remembered === "added") return undefined;
  return untilUnchanged(async () => {
    const outcome = await attempt(({ key }) => store.dayCounts.read(key));
    if (outcome === "overtaken") throw new OvertakenError();
    return outcome === "added" ? undefined : outcome;
  });
}

async function tryToAdd(
  store: CountStore,
  sums: readonly Sum[],
  beforeOf: BeforeOf,
  options?: WriteOptions,
): Promise<"added" | "overtaken" | Sum> {
  const before = await Promise.all(sums.map(beforeOf));
  const after = sums.map(({ change }, at) => added(before[at]!.value ?? NOTHING, change));
  const refused = sums.find(
    ({ change, most }, at) => most !== undefined && change.tokens > 0 && after[at]!.tokens > most,
  );
  if (refused !== undefined) return refused;
  const writes = sums.map(({ key }, at) => store.dayCounts.putting(key, after[at]!));
  const unchanged = allOf(...before.map((one) => one.unchanged));
  if (!(await store.writeTogether(writes, unchanged, options))) return "overtaken";
  for (const [at, { count, change }] of sums.entries()) count.wrote(change, after[at]!);
  return "added";
}

/** As this process has read or written it last. */
function lastSeen({ dayCounts }: CountStore, { key, count: { stored } }: Sum): Before {
  const write = stored === undefined ? dayCounts.removing(key) : dayCounts.putting(key, stored);
  return { value: stored, unchanged: stillAs(write) };
}

function added(before: DayCountRecord, change: DayCountRecord): DayCountRecord {
  return {
    messages: Math.max(0, before.messages + change.messages),
    ballots: Math.max(0, before.ballots + change.ballots),
    tokens: Math.max(0, before.tokens + change.tokens),
  };
}

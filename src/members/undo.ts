/** Takes back the last thing that was learned: a vote on a ballot, an answer in the calibration, or a wish. */

import type { Votes } from "../ballots/votes.js";
import { allOf, permitFor, stillThere } from "../store/condition.js";
import { comparisonPrefix } from "../store/keys.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { Profiles } from "./profiles.js";

export interface UndoParts {
  readonly store: Pick<Store, "comparisons" | "ballots" | "tombstones">;
  readonly profiles: Profiles;
  readonly votes: Votes;
}

/** What was taken back, and the ballot that is open again if there is one. */
export interface Undone {
  readonly comparison: ComparisonRecord;
  readonly messageId?: string;
}

/** Undefined if there is nothing to take back. */
export async function undoLast(member: MemberKey, parts: UndoParts): Promise<Undone | undefined> {
  const { comparisons, ballots, tombstones } = parts.store;
  const permit = permitFor(tombstones, member, "record");
  let last: [key: string, record: ComparisonRecord] | undefined;
  for await (const entry of comparisons.entries(comparisonPrefix(member))) {
    if (last === undefined || entry[1].at >= last[1].at) last = entry;
  }
  if (last === undefined) return undefined;
  const [key, comparison] = last;
  const comparisonId = key.slice(comparisonPrefix(member).length);
  for await (const [messageId, ballot] of ballots.entries("", { person: member.memberId })) {
    if (ballot.comparisonId !== comparisonId) continue;
    // The ballot stores its vote too: it is taken back there, so that both still agree.
    if (await parts.votes.withdrawAll(messageId, member.memberId)) return { comparison, messageId };
  }
  // Of two who take the same one back only one has done it.
  const there = stillThere(comparisons.removing(key).key);
  const condition = allOf(permit, there);
  const undone = await parts.profiles.changeComparison(member, { comparisonId }, condition);
  return undone ? { comparison } : undefined;
}

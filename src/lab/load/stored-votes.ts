/** Compares what members voted with what is in the store, vote by vote. */

import { outcomeOfChoice } from "../../ballots/choices.js";
import { comparisonPrefix } from "../../store/keys.js";
import type { ComparisonRecord } from "../../store/records.js";
import { openStore, type Store } from "../../store/store.js";
import { memberKey } from "./places.js";
import type { SentVotes } from "./process-messages.js";

export interface StoredVotes {
  /** Ballots with a vote that stands. */
  readonly sent: number;
  /** Of these, with exactly this vote in the store. */
  readonly stored: number;
  /** Comparisons in the store that no vote stands for. */
  readonly surplus: number;
  /** Members whose profile does not count as many votes as they have comparisons. */
  readonly profilesBehind: number;
}

/** `since`: comparisons that are older were in the store before. */
export async function compareVotes(
  url: string,
  votes: readonly SentVotes[],
  since: number,
): Promise<StoredVotes> {
  const store = await openStore(url, () => undefined);
  try {
    const byMember = new Map<number, SentVotes[]>();
    for (const vote of votes) {
      const own = byMember.get(vote.member);
      if (own === undefined) byMember.set(vote.member, [vote]);
      else own.push(vote);
    }
    const result = { sent: 0, stored: 0, surplus: 0, profilesBehind: 0 };
    for (const [member, own] of byMember) await compareMember(store, member, own, since, result);
    return result;
  } finally {
    await store.close();
  }
}

async function compareMember(
  store: Store,
  member: number,
  votes: readonly SentVotes[],
  since: number,
  result: { -readonly [Count in keyof StoredVotes]: number },
): Promise<void> {
  const found = new Map<string, ComparisonRecord>();
  let all = 0;
  const prefix = comparisonPrefix(memberKey(member));
  for await (const [key, record] of store.comparisons.entries(prefix)) {
    all++;
    if (record.at >= since) found.set(key.slice(prefix.length), record);
  }
  for (const { ballotId, choice } of votes) {
    const ballot = await store.ballots.get(ballotId);
    const record = ballot && found.get(ballot.comparisonId);
    if (choice === undefined) continue;
    result.sent++;
    if (record === undefined) continue;
    const { outcome, weight } = outcomeOfChoice(choice);
    if (record.outcome === outcome && record.weight === weight) result.stored++;
  }
  const standing = votes.filter(({ choice }) => choice !== undefined).length;
  result.surplus += Math.max(0, found.size - standing);
  const profile = await store.profiles.get(prefix.slice(0, -1));
  if (profile !== undefined && !profile.stale && profile.votes !== all) result.profilesBehind++;
}

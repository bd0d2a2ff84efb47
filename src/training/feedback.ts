/** Collects all stored feedback for a training: features and outcomes, members as bare indices. */
import type { PooledComparisons } from "../../models/comparison.js";
import { toComparisons } from "../profiles/stored-comparisons.js";
import { memberOfKey, profileKey } from "../storage/keys.js";
import type { ComparisonRecord } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";

/** Whose feedback trains together. */
export interface TrainingScope {
  readonly name: string;
  accepts(guildId: string): boolean;
}

export interface Feedback {
  readonly comparisons: PooledComparisons;
  /** Distinct people; one person on two servers is one. */
  readonly people: number;
}

/** Reads the comparisons of `scope` that may train and whose features are of `encoderId`. */
export async function collectFeedback(
  comparisons: Repository<ComparisonRecord>,
  scope: TrainingScope,
  encoderId: string,
  dimensions: number,
): Promise<Feedback> {
  const records: ComparisonRecord[] = [];
  const memberOf: number[] = [];
  const members = new Map<string, number>();
  const people = new Set<string>();
  for await (const [key, record] of comparisons.entries()) {
    const member = memberOfKey(key);
    if (!record.trains || record.encoder !== encoderId || !scope.accepts(member.guildId)) continue;
    const index = members.get(profileKey(member)) ?? members.size;
    members.set(profileKey(member), index);
    people.add(member.memberId);
    records.push(record);
    memberOf.push(index);
  }
  const pooled = {
    ...toComparisons(records, encoderId, dimensions),
    members: members.size,
    memberOf: Int32Array.from(memberOf),
  };
  return { comparisons: pooled, people: people.size };
}

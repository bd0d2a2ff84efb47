/** Collects all stored feedback for a training: features and outcomes, members as bare indices. */
import type { PooledComparisons } from "../../models/comparison.js";
import { isUsable, toComparisons } from "../profiles/stored-comparisons.js";
import { memberOfKey, profileKey } from "../storage/keys.js";
import type { ComparisonRecord, MemberKey } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";
import { capShares } from "./share-cap.js";

/** Whose feedback trains together. */
export interface TrainingScope {
  readonly name: string;
  accepts(guildId: string): boolean;
}

/** Says who has agreed to pooled training: the member, and the admin of their server. */
export type MayPool = (member: MemberKey) => Promise<boolean>;

export interface Feedback {
  readonly comparisons: PooledComparisons;
  /** Distinct people; one person on two servers is one. */
  readonly people: number;
}

/**
 * Reads the comparisons of `scope` that may train and whose features are of `encoderId`. What leaves
 * here has no ids: members are numbers in the order in which they are found.
 */
export async function collectFeedback(
  comparisons: Repository<ComparisonRecord>,
  scope: TrainingScope,
  mayPool: MayPool,
  encoderId: string,
  dimensions: number,
): Promise<Feedback> {
  const records: ComparisonRecord[] = [];
  const memberOf: number[] = [];
  const personOf: number[] = [];
  const members = new Map<string, number>();
  const people = new Map<string, number>();
  const allowed = new Map<string, boolean>();
  const isAllowed = async (member: MemberKey) => {
    const key = profileKey(member);
    const known = allowed.get(key) ?? (await mayPool(member));
    allowed.set(key, known);
    return known;
  };
  for await (const [key, record] of comparisons.entries()) {
    const member = memberOfKey(key);
    if (!record.trains || !isUsable(record, encoderId, dimensions)) continue;
    if (!scope.accepts(member.guildId)) continue;
    if (!(await isAllowed(member))) continue;
    const index = members.get(profileKey(member)) ?? members.size;
    members.set(profileKey(member), index);
    const person = people.get(member.memberId) ?? people.size;
    people.set(member.memberId, person);
    records.push(record);
    memberOf.push(index);
    personOf.push(person);
  }
  const pooled = {
    ...toComparisons(records, encoderId, dimensions),
    members: members.size,
    memberOf: Int32Array.from(memberOf),
  };
  capShares(pooled.weights, Int32Array.from(personOf), people.size);
  return { comparisons: pooled, people: people.size };
}

/** Collects all stored feedback for a training: features and outcomes, members as bare indices. */
import type { RandomGenerator } from "../../models/random.js";
import { isUsable } from "../profiles/stored-comparisons.js";
import { comparisonPrefix, memberOfKey } from "../storage/keys.js";
import type { ComparisonRecord, MemberKey } from "../storage/records.js";
import type { Repository } from "../storage/repository.js";
import { type Feedback, Pool } from "./pool.js";
import { sampleSizes } from "./sample-sizes.js";

/** Whose feedback trains together. */
export interface TrainingScope {
  readonly name: string;
  accepts(guildId: string): boolean;
}

/** Says who has agreed to pooled training: the member, and the admin of their server. */
export type MayPool = (member: MemberKey) => Promise<boolean>;

/** Comparisons of one member that may be read at once. */
const LARGEST_PAGE = 500;

interface Contributor {
  readonly member: MemberKey;
  readonly stored: number;
}

/** How much is read. */
export interface FeedbackLimit {
  /** Comparisons in all, the newest of each member. */
  readonly most: number;
  /** Draws who trains where not everybody can. */
  readonly random: RandomGenerator;
}

const EVERYTHING: FeedbackLimit = { most: Number.POSITIVE_INFINITY, random: () => 0 };

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
  { most, random }: FeedbackLimit = EVERYTHING,
): Promise<Feedback> {
  const contributors = await findContributors(comparisons, scope, mayPool);
  const counts = contributors.map(({ stored }) => stored);
  const sizes = sampleSizes(counts, most, random);
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const pool = new Pool(rows, dimensions);
  for (const [at, { member }] of contributors.entries()) {
    if (sizes[at] === 0) continue;
    const mayTrain = (record: ComparisonRecord) =>
      record.trains && isUsable(record, encoderId, dimensions);
    const records = await newest(comparisons, member, sizes[at]!, mayTrain);
    if (records.length > 0) pool.add(member, records);
  }
  return pool.feedback();
}

async function findContributors(
  comparisons: Repository<ComparisonRecord>,
  scope: TrainingScope,
  mayPool: MayPool,
): Promise<Contributor[]> {
  const contributors: Contributor[] = [];
  for await (const prefix of comparisons.beginnings(2)) {
    const member = memberOfKey(prefix);
    if (!scope.accepts(member.guildId) || !(await mayPool(member))) continue;
    contributors.push({ member, stored: await comparisons.count(prefix) });
  }
  return contributors;
}

/** The newest `count` comparisons of `member` for which `which` is true, oldest first. */
async function newest(
  comparisons: Repository<ComparisonRecord>,
  member: MemberKey,
  count: number,
  which: (record: ComparisonRecord) => boolean,
): Promise<ComparisonRecord[]> {
  const records: ComparisonRecord[] = [];
  const page = Math.min(count, LARGEST_PAGE);
  for await (const [, record] of comparisons.entriesBackwards(comparisonPrefix(member), page)) {
    if (which(record)) records.push(record);
    if (records.length >= count) break;
  }
  return records.reverse();
}

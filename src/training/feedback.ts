/** Collects all stored feedback for a training: features and outcomes, members as bare indices. */
import type { RandomGenerator } from "../../models/algebra/random.js";
import { isUsable } from "../members/engine-data.js";
import type { MayPool } from "../members/may-pool.js";
import { Steps } from "../shared/pacing.js";
import { comparisonPrefix, memberOfKey } from "../store/keys.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { type Feedback, Pool } from "./pool.js";
import { sampleSizes } from "./sample-sizes.js";

/** Whose feedback trains together. */
export interface TrainingScope {
  readonly name: string;
  accepts(guildId: string): boolean;
}

/** Comparisons of one member that may be read at once. */
const LARGEST_PAGE = 500;

/** One person, on every server where they may take part. */
interface Contributor {
  readonly memberships: readonly MemberKey[];
  /** On all of these servers together. */
  readonly stored: number;
}

/** What is read, and what of it is known already. */
export interface FeedbackLimit {
  /** Comparisons in all, the newest of each person. */
  readonly most: number;
  /** Draws who trains if not everybody can. */
  readonly random: RandomGenerator;
  /** Up to when votes trained the current base rewards; none did if not given. */
  readonly trainedUntil?: number;
  /** Asked once more before somebody's votes are read, of those alone who train. */
  readonly mayRead?: MayPool;
}

const EVERYTHING: FeedbackLimit = { most: Number.POSITIVE_INFINITY, random: () => 0 };

/**
 * Reads the comparisons of `scope` that may train and whose features are of `encoderId`. The
 * comparisons have no ids: people are numbers in the order in which they are found, and somebody on
 * several servers is one.
 */
export async function collectFeedback(
  comparisons: Repository<ComparisonRecord>,
  scope: TrainingScope,
  mayPool: MayPool,
  encoderId: string,
  dimensions: number,
  limit: FeedbackLimit = EVERYTHING,
): Promise<Feedback> {
  const { most, random, mayRead = async () => true } = limit;
  const steps = new Steps();
  const people = await findContributors(comparisons, scope, mayPool, steps);
  const counts = people.map(({ stored }) => stored);
  const sizes = sampleSizes(counts, most, random);
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const pool = new Pool(rows, dimensions);
  const mayTrain = (record: ComparisonRecord) =>
    record.trains && isUsable(record, encoderId, dimensions);
  for (const [at, person] of people.entries()) {
    if (sizes[at] === 0) continue;
    const memberships = await those(person.memberships, mayRead);
    const records = await newestOfPerson(comparisons, memberships, sizes[at]!, mayTrain);
    if (records.length > 0) pool.add(records, limit.trainedUntil ?? Number.NEGATIVE_INFINITY);
    await steps.rest();
  }
  return pool.feedback();
}

async function those(members: readonly MemberKey[], may: MayPool): Promise<MemberKey[]> {
  const found: MemberKey[] = [];
  for (const member of members) if (await may(member)) found.push(member);
  return found;
}

/** Everybody who may take part, in the order in which they are found. */
async function findContributors(
  comparisons: Repository<ComparisonRecord>,
  scope: TrainingScope,
  mayPool: MayPool,
  steps: Steps,
): Promise<Contributor[]> {
  const people = new Map<string, Contributor>();
  for await (const prefix of comparisons.beginnings(2)) {
    await steps.rest();
    const member = memberOfKey(prefix);
    if (!scope.accepts(member.guildId) || !(await mayPool(member))) continue;
    const { memberships, stored } = people.get(member.memberId) ?? { memberships: [], stored: 0 };
    people.set(member.memberId, {
      memberships: [...memberships, member],
      stored: stored + (await comparisons.count(prefix)),
    });
  }
  return [...people.values()];
}

/** The newest `count` comparisons of a person on all their servers for which `which` is true, oldest first. */
async function newestOfPerson(
  comparisons: Repository<ComparisonRecord>,
  memberships: readonly MemberKey[],
  count: number,
  which: (record: ComparisonRecord) => boolean,
): Promise<ComparisonRecord[]> {
  let found: ComparisonRecord[] = [];
  for (const member of memberships) {
    found = found.concat(await newest(comparisons, member, count, which));
  }
  // On one server they are in the order of asking, which the clock might not tell.
  if (memberships.length === 1) return found;
  return found.sort((first, second) => first.at - second.at).slice(-count);
}

/** The same on one server. */
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

/** So much of what trained the current base rewards must still be there for it to be repeated. */
const REPEATABLE = 0.9;

/**
 * `feedback` without its marks if too few of the votes that trained the current base rewards are
 * still there, or are read. These are then judged as they are, on their own people, too, which is in
 * their favour.
 */
export function withRepeatable(feedback: Feedback, trainedWith: number): Feedback {
  const { trainedBefore, ...comparisons } = feedback.comparisons;
  const there = trainedBefore?.reduce((sum, one) => sum + one, 0) ?? 0;
  return there >= REPEATABLE * trainedWith ? feedback : { ...feedback, comparisons };
}

/** Collects all stored feedback for a training: features and outcomes, members as bare indices. */
import type { RandomGenerator } from "../../models/algebra/random.js";
import { isUsable } from "../members/engine-data.js";
import type { MayPool } from "../members/may-pool.js";
import { Steps } from "../shared/pacing.js";
import { comparisonPrefix } from "../store/keys.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { type Contributor, findContributors, membersWho } from "./contributing-people.js";
import { type Feedback, Pool } from "./pool.js";
import { sampleSizes } from "./sample-sizes.js";

/** Whose feedback trains together. */
export interface TrainingScope {
  readonly name: string;
  accepts(guildId: string): boolean;
}

/** Comparisons that may be read at once: the event loop takes all rows of a statement in one go. */
const LARGEST_PAGE = 100;

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
  const { accepts } = scope;
  const people = await findContributors(comparisons, { accepts, mayPool, most, random });
  const counts = people.map(({ stored }) => stored);
  const sizes = sampleSizes(counts, most, random);
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const pool = new Pool(rows, dimensions);
  const mayTrain = (record: ComparisonRecord) =>
    record.trains && isUsable(record, encoderId, dimensions);
  for (const page of pagesOf(people, sizes)) {
    const read = await Promise.all(
      page.map(async ({ memberships, size }) => ({
        memberships: await membersWho(memberships, mayRead),
        size,
      })),
    );
    const newest = await newestOf(comparisons, read);
    for (const { memberships, size } of read) {
      const records = await newestOfPerson(comparisons, memberships, size, mayTrain, newest);
      if (records.length > 0) pool.add(records, limit.trainedUntil ?? Number.NEGATIVE_INFINITY);
      await steps.rest();
    }
  }
  return pool.feedback();
}

/** Somebody who trains, with so many comparisons. */
interface Sampled {
  readonly memberships: readonly MemberKey[];
  readonly size: number;
}

/** Those who train, as many at a time as may be read at once. */
function* pagesOf(people: readonly Contributor[], sizes: readonly number[]): Generator<Sampled[]> {
  let page: Sampled[] = [];
  let room = LARGEST_PAGE;
  for (const [at, { memberships }] of people.entries()) {
    const size = sizes[at]!;
    if (size === 0) continue;
    const needed = memberships.length * size;
    if (needed > room && page.length > 0) {
      yield page;
      page = [];
      room = LARGEST_PAGE;
    }
    page.push({ memberships, size });
    room -= needed;
  }
  if (page.length > 0) yield page;
}

/** What was read of each member at once, the newest first. */
type Newest = ReadonlyMap<
  MemberKey,
  Awaited<ReturnType<Repository<ComparisonRecord>["lastEntries"]>>[number]
>;

/** In one statement; not of people of whom more than a page is read. */
async function newestOf(
  comparisons: Repository<ComparisonRecord>,
  people: readonly Sampled[],
): Promise<Newest> {
  const few = people.filter(({ size }) => size <= LARGEST_PAGE);
  const members = few.flatMap(({ memberships }) => memberships);
  if (members.length === 0) return new Map();
  const most = Math.max(...few.map(({ size }) => size));
  const found = await comparisons.lastEntries(members.map(comparisonPrefix), most);
  return new Map(members.map((member, at) => [member, found[at]!]));
}

/** The newest `count` comparisons of a person on all their servers for which `which` is true, oldest first. */
async function newestOfPerson(
  comparisons: Repository<ComparisonRecord>,
  memberships: readonly MemberKey[],
  count: number,
  which: (record: ComparisonRecord) => boolean,
  read: Newest,
): Promise<ComparisonRecord[]> {
  let found: ComparisonRecord[] = [];
  for (const member of memberships) {
    const known = knownOf(read.get(member), count, which);
    found = found.concat(known ?? (await newest(comparisons, member, count, which)));
  }
  // On one server they are in the order of asking, which the clock might not tell.
  if (memberships.length === 1) return found;
  return found.sort((first, second) => first.at - second.at).slice(-count);
}

/** The same on one server; undefined if more has to be read, as where much may not train. */
function knownOf(
  read: ReturnType<Newest["get"]>,
  count: number,
  which: (record: ComparisonRecord) => boolean,
): ComparisonRecord[] | undefined {
  if (read === undefined) return undefined;
  const records = Array.from(read.entries, ([, record]) => record).filter(which);
  if (records.length < count && !read.areAll) return undefined;
  return records.slice(0, count).reverse();
}

/** The same, page by page. */
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

/** Who may take part in a training, and how many comparisons there are of each. Reads no comparison. */
import type { RandomGenerator } from "../../models/algebra/random.js";
import type { MayPool } from "../members/may-pool.js";
import { Steps } from "../shared/pacing.js";
import { comparisonPrefix, memberOfKey } from "../store/keys.js";
import type { ComparisonRecord, MemberKey } from "../store/records.js";
import type { Repository } from "../store/repository.js";
import { DrawnOrder } from "./drawn-order.js";
import { ENOUGH } from "./sample-sizes.js";

/** People who are asked about together. */
const PAGE = 100;

/** One person, on every server where they may take part. */
export interface Contributor {
  readonly memberships: readonly MemberKey[];
  /** On all of these servers together. */
  readonly stored: number;
}

/** Somebody with comparisons, whether or not they may take part. */
interface Person {
  /** In which place they were found. */
  readonly place: number;
  readonly memberships: MemberKey[];
}

export interface ContributorsAsked {
  readonly accepts: (guildId: string) => boolean;
  readonly mayPool: MayPool;
  /** Comparisons that may be read in all. */
  readonly most: number;
  readonly random: RandomGenerator;
}

/**
 * The people who may take part, in the order of their keys: everybody, or where not everybody can train
 * with {@link ENOUGH} comparisons so many, drawn by lot, as can.
 */
export async function findContributors(
  comparisons: Repository<ComparisonRecord>,
  { accepts, mayPool, most, random }: ContributorsAsked,
): Promise<Contributor[]> {
  const steps = new Steps();
  const drawn = await drawPeople(comparisons, accepts, String(random()), steps);
  const found: (Contributor & { readonly place: number })[] = [];
  let rest = most;
  for (const page of drawn.pages(PAGE)) {
    for (const one of await contributorsAmong(page, comparisons, mayPool)) {
      if (rest <= 0) break;
      rest -= Math.min(one.stored, ENOUGH);
      found.push(one);
    }
    if (rest <= 0) break;
    await steps.rest();
  }
  return found.sort((first, second) => first.place - second.place);
}

/** Everybody with comparisons on the servers that count; somebody on several servers is one. */
async function drawPeople(
  comparisons: Repository<ComparisonRecord>,
  accepts: (guildId: string) => boolean,
  salt: string,
  steps: Steps,
): Promise<DrawnOrder<Person>> {
  const drawn = new DrawnOrder<Person>(salt);
  const people = new Map<string, Person>();
  for await (const prefix of comparisons.beginnings(2)) {
    await steps.rest();
    const member = memberOfKey(prefix);
    if (!accepts(member.guildId)) continue;
    const known = people.get(member.memberId);
    if (known !== undefined) known.memberships.push(member);
    else {
      const person = { place: people.size, memberships: [member] };
      people.set(member.memberId, person);
      drawn.add(member.memberId, person);
    }
  }
  return drawn;
}

/** Those of `people` who may take part: all are asked at once, so that the store reads in few statements. */
async function contributorsAmong(
  people: readonly Person[],
  comparisons: Repository<ComparisonRecord>,
  mayPool: MayPool,
): Promise<(Contributor & { readonly place: number })[]> {
  const allowed = await Promise.all(
    people.map(async ({ place, memberships }) => ({
      place,
      memberships: await membersWho(memberships, mayPool),
    })),
  );
  const members = allowed.flatMap(({ memberships }) => memberships);
  const counts = await comparisons.counts(members.map(comparisonPrefix));
  const countOf = new Map(members.map((member, at) => [member, counts[at]!]));
  return allowed
    .filter(({ memberships }) => memberships.length > 0)
    .map((one) => ({
      ...one,
      stored: one.memberships.reduce((sum, member) => sum + countOf.get(member)!, 0),
    }));
}

/** Those of `members` for whom `may` says yes. */
export async function membersWho(
  members: readonly MemberKey[],
  may: MayPool,
): Promise<MemberKey[]> {
  const answers = await Promise.all(members.map(may));
  return members.filter((_, at) => answers[at]);
}

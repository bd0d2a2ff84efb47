/**
 * What PostgreSQL has of some members' comparisons, in the order of their commits, read in one statement and
 * so at one moment.
 *
 * The order is that of the transactions (`xmin`) that wrote the rows. Transactions are numbered when they
 * first write, and may be committed in another order; but a member's votes exclude each other before they
 * write: each takes the lock of the member's profile first, and holds it until its commit. So the next one's
 * number is drawn after the commit of the one before, and for one member the order of numbers is that of
 * commits. It holds as long as nothing writes a comparison anew; the members here change no vote.
 */
import type { BallotRecord, ProfileRecord } from "../../../src/store/records.js";

export interface StoredLists {
  /** Comparison ids in the order of their commits, by member. */
  readonly comparisons: ReadonlyMap<string, readonly string[]>;
  /** The messages of the ballots that are open, by the id of the comparison that a vote makes. */
  readonly messages: ReadonlyMap<string, string>;
  /** How many votes the profile has, by member; none of those whose weights are yet to be computed. */
  readonly votes: ReadonlyMap<string, number>;
}

export type Query = <Found extends object>(
  sql: string,
  values?: readonly unknown[],
) => Promise<Found[]>;

interface FoundRow {
  readonly key: string;
  readonly value: string;
  readonly xid: string;
}

const ROWS = `SELECT key, value, xmin::text AS xid FROM attune
  WHERE member = ANY($1::text[])
    AND (key LIKE 'comparison:%' OR key LIKE 'ballot:%' OR key LIKE 'profile:%')`;

/** Rejects with the errors of `query`. */
export async function readStoredLists(
  query: Query,
  memberIds: readonly string[],
): Promise<StoredLists> {
  const rows = await query<FoundRow>(ROWS, [memberIds]);
  const comparisons = new Map<string, string[]>();
  const messages = new Map<string, string>();
  const votes = new Map<string, number>();
  for (const { key, value } of rows.toSorted((one, other) => Number(one.xid) - Number(other.xid))) {
    const [kind, ...rest] = key.split(":");
    if (kind === "ballot") {
      const { comparisonId, unposted } = recordIn<BallotRecord>(value);
      if (unposted !== true) messages.set(comparisonId, rest[0]!);
    } else if (kind === "comparison") {
      const [, memberId, comparisonId] = rest as [string, string, string];
      comparisons.set(memberId, [...(comparisons.get(memberId) ?? []), comparisonId]);
    } else {
      const { stale, votes: count } = recordIn<ProfileRecord>(value);
      if (!stale) votes.set(rest[1]!, count);
    }
  }
  return { comparisons, messages, votes };
}

function recordIn<Value>(text: string): Value {
  return (JSON.parse(text) as { value: Value }).value;
}

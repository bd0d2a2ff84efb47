/**
 * One transaction for several writes, each with its condition: locks, what is stored under the keys that
 * are asked for, whether the conditions hold, and one statement that writes. Knows no records.
 */
import type pg from "pg";
import type { Beginning, Condition } from "../condition.js";
import type { Write, WriteOptions } from "../engine.js";
import { isStorable } from "../storable.js";
import { livesOf, lockQuery, locksOfKeys, SINGLE_LOCKS } from "./locks.js";
import { TABLE, TOMBSTONES } from "./schema.js";
import { tellingOf } from "./switches.js";
import { NEWEST, type TombstoneTable } from "./tombstone-table.js";
import { type Mark, transact } from "./transaction.js";
import { writingOf } from "./write-rows.js";

/**
 * More are not locked one by one, but all there are: a server has room for some thousand locks. Not by a lock
 * on the table: that would wait for a vacuum, and all who write for it.
 */
export const MOST_LOCKS = 500;

/** COMMIT does not wait for the disk, nor for a standby. */
const WITHOUT_WAITING = "SET LOCAL synchronous_commit = off;";

export interface Group extends WriteOptions {
  readonly writes: readonly Write[];
  readonly condition?: Condition | undefined;
}

export interface WriteParts {
  readonly pool: pg.Pool;
  readonly tombstones: TombstoneTable;
  readonly mark: Mark;
}

interface AskedRow {
  /** Null in the row that has the newest tombstone's number. */
  readonly key: string | null;
  readonly value: string | null;
  readonly bytes: Buffer | null;
  readonly newest: number | null;
}

/** What is known in the transaction. */
interface Known {
  /** By full key; what earlier groups have written, too. */
  readonly texts: Map<string, string | undefined>;
  readonly ended: ReadonlySet<Beginning>;
}

const ASK_ALL = `WITH asked AS (
    SELECT key, value, bytes FROM ${TABLE} WHERE key = ANY($1::text[]) ORDER BY key FOR UPDATE
  ) SELECT key, value, bytes, NULL::float8 AS newest FROM asked
  UNION ALL SELECT NULL, NULL, NULL, ${NEWEST}`;

/** What is stored under `keys`, and the newest tombstone's number; the rows stay as they are until the end. */
function askQuery(keys: readonly string[]): pg.QueryConfig {
  return { name: "attune-ask", text: ASK_ALL, values: [keys] };
}

export function keysOfGroup({ writes, condition }: Group): string[] {
  return [...writes.map(({ key }) => key), ...(condition?.keys ?? [])];
}

/** For each group whether its condition held, and all of it was done. Rejects with `pg`'s own errors. */
export function writeGroups(parts: WriteParts, groups: readonly Group[]): Promise<boolean[]> {
  const isConditional = groups.some(({ condition }) => condition !== undefined);
  const isForgettable = groups.every(({ durable }) => durable === false);
  const { tables, rest } = locksOf(groups);
  return transact({
    pool: parts.pool,
    mark: parts.mark,
    begin: `${isForgettable ? WITHOUT_WAITING : ""} ${tables}`,
    // After the locks, so that it sees what was committed while they were waited for.
    ask: [rest, ...(isConditional ? [askQuery(askedKeys(groups))] : [])],
    body: async (client, found) => {
      const known = isConditional
        ? await knownFrom(found as AskedRow[], client, parts.tombstones, groups)
        : undefined;
      const result = groups.map((group) => known === undefined || doesHold(group, known));
      const writes = groups.flatMap((group, at) => (result[at] ? group.writes : []));
      const last = [writingOf(writes, parts.mark), ...tellingOf(writes)];
      return { result, commit: writes.length > 0, last };
    },
  });
}

/** Tables, all keys, lives, then single keys: in this order everywhere, so that nobody waits in a circle. */
function locksOf(groups: readonly Group[]): { tables: string; rest: pg.QueryConfig } {
  const members = groups.flatMap(({ condition }) => condition?.since ?? []);
  const lives = livesOf(members.map(({ member }) => member));
  const keys = locksOfKeys(groups.flatMap(keysOfGroup));
  const areFew = keys.length <= MOST_LOCKS;
  const areFewLives = lives.length <= MOST_LOCKS;
  return {
    tables: [
      `LOCK TABLE ${TABLE} IN ROW EXCLUSIVE MODE;`,
      areFewLives ? "" : `LOCK TABLE ${TOMBSTONES} IN SHARE MODE;`,
    ].join("\n"),
    rest: lockQuery([
      { name: "single", numbers: [SINGLE_LOCKS.keys], shared: areFew },
      { name: "life", numbers: areFewLives ? lives : [], shared: true },
      { name: "key", numbers: areFew ? keys : [] },
    ]),
  };
}

function askedKeys(groups: readonly Group[]): string[] {
  const asked = groups.flatMap(({ condition }) => condition?.keys ?? []);
  return [...new Set(asked)].filter(isStorable);
}

async function knownFrom(
  rows: readonly AskedRow[],
  client: pg.ClientBase,
  tombstones: TombstoneTable,
  groups: readonly Group[],
): Promise<Known> {
  const since = groups.flatMap(({ condition }) => condition?.since ?? []);
  const texts = new Map<string, string | undefined>();
  let newest = 0;
  for (const row of rows) {
    if (row.key === null) newest = row.newest ?? 0;
    else texts.set(row.key, row.value ?? (row.bytes as never) ?? undefined);
  }
  tombstones.hear(newest, Math.max(0, ...since.map(({ life }) => life)));
  const older = since.filter(({ life }) => life < newest);
  const ended =
    older.length === 0 ? new Set<Beginning>() : await tombstones.endedSince(client, older);
  // A number that the database does not know was before it forgot some: nobody can tell what went since.
  for (const one of since) if (!(one.life <= newest)) ended.add(one);
  return { texts, ended };
}

/** Notes what the group writes, for those that come after it. */
function doesHold({ writes, condition }: Group, { texts, ended }: Known): boolean {
  if (condition !== undefined) {
    const { since = [], holds } = condition;
    if (since.some((one) => ended.has(one)) || !holds((key) => texts.get(key))) return false;
  }
  for (const { key, text } of writes) texts.set(key, text ?? undefined);
  return true;
}

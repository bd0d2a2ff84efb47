/**
 * Advisory locks: what they are about, in numbers, and the order in which they are taken. Two that are
 * about different things may have one number, and then wait for each other.
 */
import { createHash } from "node:crypto";
import type pg from "pg";
import type { Subject } from "../deleter.js";
import type { MemberKey } from "../records.js";

/** The first half of a lock's number; no other program in the database should use it. */
export const LOCK_CLASSES = {
  /** What may be done by one process at a time: see {@link SINGLE_LOCKS}. */
  single: 1_096_111_201,
  /** The lives of persons and guilds: shared by those who write about them, alone for a deletion. */
  life: 1_096_111_202,
  /** Records by their keys, whether they exist or not. */
  key: 1_096_111_203,
  /** What a process holds for as long as its session lasts, as a shard. */
  session: 1_096_111_204,
  /** One who does a transaction, for as long as it is under way at the server. */
  writer: 1_096_111_205,
} as const;

/** The second half of a lock of the class `single`. */
export const SINGLE_LOCKS = {
  migration: 1,
  /** The next tombstone's number, and how many are done. */
  tombstones: 2,
  /** Shared by each process that uses the store, alone for a move. */
  use: 3,
  vacuum: 4,
  /** All keys: shared by those who lock theirs one by one, alone for a write of too many. */
  keys: 5,
} as const;

/** A 32-bit number for `name`. */
export function lockNumber(name: string): number {
  return createHash("sha256").update(name).digest().readInt32BE(0);
}

/** The locks of those whom `members` are: each person, each guild. */
export function livesOf(members: readonly MemberKey[]): number[] {
  return numbersOf(
    members.flatMap(({ guildId, memberId }) => [`person ${memberId}`, `guild ${guildId}`]),
  );
}

/** The locks of what a deletion is about. */
export function livesOfSubjects(subjects: readonly Subject[]): number[] {
  return numbersOf(
    subjects.map(([kind, id]) => {
      if (typeof id !== "string") return `person ${id.memberId}`;
      return kind === "guild" ? `guild ${id}` : `person ${id}`;
    }),
  );
}

export function locksOfKeys(keys: Iterable<string>): number[] {
  return numbersOf([...keys].map((key) => `key ${key}`));
}

/** Each once, in the one order in which all take them, so that nobody waits in a circle. */
function numbersOf(names: readonly string[]): number[] {
  return [...new Set(names.map(lockNumber))].sort((a, b) => a - b);
}

export interface LocksOfClass {
  readonly name: keyof typeof LOCK_CLASSES;
  readonly numbers: readonly number[];
  readonly shared?: boolean;
}

const LOCK_ALL = `SELECT count(CASE WHEN shared THEN pg_advisory_xact_lock_shared(class, number)
    ELSE pg_advisory_xact_lock(class, number) END)
  FROM unnest($1::int[], $2::int[], $3::bool[]) AS wanted (class, number, shared)`;

/** Takes the locks `numbers` of a class until the transaction ends. */
export function lockSql(
  name: keyof typeof LOCK_CLASSES,
  numbers: readonly number[],
  shared = false,
): string {
  if (numbers.length === 0) return "";
  const take = `pg_advisory_xact_lock${shared ? "_shared" : ""}`;
  return `SELECT count(${take}(${LOCK_CLASSES[name]}, number)) FROM unnest('{${numbers.join(",")}}'::int[]) number;`;
}

/** What {@link lockSql} would take one after the other, in the order of `classes`, planned once for a connection. */
export function lockQuery(classes: readonly LocksOfClass[]): pg.QueryConfig {
  const all = classes.flatMap(({ name, numbers, shared = false }) =>
    numbers.map((number) => ({ class: LOCK_CLASSES[name], number, shared })),
  );
  return {
    name: "attune-lock",
    text: LOCK_ALL,
    values: [
      all.map((one) => one.class),
      all.map(({ number }) => number),
      all.map(({ shared }) => shared),
    ],
  };
}

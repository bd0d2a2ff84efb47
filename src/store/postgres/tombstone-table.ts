/**
 * The tombstones of a store in PostgreSQL, and what this process knows of them: the number of the newest
 * one, which may be too old but never too new. A permit remembers it; a write under the permit is refused
 * if anything of its member was deleted under a higher one, or if the database has forgotten the number since,
 * as after a failover to a standby that was behind: it is given once more then. Knows no records.
 */
import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { Beginning } from "../condition.js";
import type { Subject } from "../deleter.js";
import type { MemberKey } from "../records.js";
import {
  deletionsOf,
  endingsOf,
  hashesOf,
  hashOf,
  type Lives,
  TOMBSTONE_KEY_BYTES,
  TombstoneIndex,
} from "../tombstones.js";
import { lockSql, SINGLE_LOCKS } from "./locks.js";
import { FACTS, TOMBSTONES } from "./schema.js";

/** Told to all processes, with the number, when a deletion is done. */
export const CHANNEL = "attune_tombstones";
export const NEWEST = `(SELECT coalesce(max(number), 0)::float8 FROM ${TOMBSTONES})`;

type Queryable = Pick<pg.ClientBase, "query">;

export class TombstoneTable implements Lives {
  #newest = 0;

  private constructor(readonly key: Buffer) {}

  /** Makes the key of the hashes if there is none yet. */
  static async open(client: Queryable): Promise<TombstoneTable> {
    const made = randomBytes(TOMBSTONE_KEY_BYTES).toString("base64");
    await client.query(
      `INSERT INTO ${FACTS} VALUES ('tombstone-key', $1) ON CONFLICT (name) DO NOTHING`,
      [made],
    );
    const { rows } = await client.query<{ value: string }>(
      `SELECT value FROM ${FACTS} WHERE name = 'tombstone-key'`,
    );
    const table = new TombstoneTable(Buffer.from(rows[0]!.value, "base64"));
    await table.refresh(client);
    return table;
  }

  /** The same for all members: no deletion has a higher number that this process knows of. */
  lifeOf(_member: MemberKey): number {
    return this.#newest;
  }

  /** To be called with a number only once its transaction is committed. */
  learn(newest: number): void {
    if (newest > this.#newest) this.#newest = newest;
  }

  async refresh(client: Queryable): Promise<void> {
    const known = this.#newest;
    const { rows } = await client.query<{ newest: number }>(`SELECT ${NEWEST} AS newest`);
    this.hear(rows[0]!.newest, known);
  }

  /** The database says that `newest` is the newest; `known` was, before it was asked. */
  hear(newest: number, known: number): void {
    if (newest < known) this.#newest = newest;
    else this.learn(newest);
  }

  /** Those of `since` after which something was deleted. Only while their lives are locked. */
  async endedSince(client: Queryable, since: readonly Beginning[]): Promise<Set<Beginning>> {
    const hashes = new Map<string, Beginning[]>();
    for (const one of since) {
      for (const hash of endingsOf(this.key, one.member)) {
        hashes.set(hash, [...(hashes.get(hash) ?? []), one]);
      }
    }
    const { rows } = await client.query<{ hash: string; number: number }>(
      `SELECT hash, number::float8 AS number FROM ${TOMBSTONES} WHERE hash = ANY($1::text[])`,
      [[...hashes.keys()]],
    );
    const ended = rows.flatMap(({ hash, number }) =>
      hashes.get(hash)!.filter(({ life }) => number > life),
    );
    return new Set(ended);
  }

  lastTime(client: Queryable, member: MemberKey): Promise<number> {
    return latestOf(client, hashesOf(this.key, member));
  }

  deletedAt(client: Queryable, member: MemberKey): Promise<number> {
    return latestOf(client, deletionsOf(this.key, member));
  }

  /**
   * Notes `subjects` within a transaction, and takes the lock for it, which is the last that any
   * transaction takes: so numbers are committed in their order. Returns the highest.
   */
  async note(
    client: Queryable,
    subjects: readonly Subject[],
    at: number,
    done: boolean,
  ): Promise<number> {
    await client.query(lockSql("single", [SINGLE_LOCKS.tombstones]));
    const hashes = subjects.map(([kind, id]) => hashOf(this.key, kind, id));
    const { rows } = await client.query<{ newest: number }>(
      `WITH noted AS (
        INSERT INTO ${TOMBSTONES} (hash, number, at, done)
        SELECT hash, ${NEWEST} + place, $2, $3
        FROM unnest($1::text[]) WITH ORDINALITY AS named (hash, place)
        ON CONFLICT (hash) DO UPDATE
        SET number = excluded.number, at = excluded.at, done = excluded.done
        RETURNING number
      ) SELECT max(number)::float8 AS newest FROM noted`,
      [hashes, at, done],
    );
    return rows[0]!.newest;
  }

  /** All of them. */
  async index(client: Queryable): Promise<TombstoneIndex> {
    const { rows } = await client.query<{ hash: string; number: number; at: number }>(
      `SELECT hash, number::float8 AS number, at FROM ${TOMBSTONES} ORDER BY number`,
    );
    const index = new TombstoneIndex(this.key);
    for (const { hash, number, at } of rows) index.add(hash, { number, at });
    return index;
  }
}

/** The latest time among the tombstones of `hashes`; 0 if there is none. */
async function latestOf(client: Queryable, hashes: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ at: number }>(
    `SELECT coalesce(max(at), 0) AS at FROM ${TOMBSTONES} WHERE hash = ANY($1::text[])`,
    [hashes],
  );
  return rows[0]!.at;
}

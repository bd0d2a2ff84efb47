/** How a store in PostgreSQL deletes: tombstones and rows in one transaction, which locks the lives. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { deletionsDone } from "../apply-tombstones.js";
import type { Deleter, DeleterParts, Removing, Subject } from "../deleter.js";
import type { Write } from "../engine.js";
import type { MemberKey } from "../records.js";
import { livesOfSubjects, lockSql, SINGLE_LOCKS } from "./locks.js";
import { type PostgresEngine, rowsOf } from "./postgres-engine.js";
import { TABLE, TOMBSTONES } from "./schema.js";
import { selectRows } from "./select.js";
import { CHANNEL, NEWEST, type TombstoneTable } from "./tombstone-table.js";
import { type Mark, markSql, transact } from "./transaction.js";
import type { Vacuum } from "./vacuum.js";
import { writeRows } from "./write-rows.js";

export class TableDeleter implements Deleter {
  /** Noted here, and not yet done. */
  #open: number[] = [];

  constructor(
    private readonly engine: PostgresEngine,
    private readonly tombstones: TombstoneTable,
    private readonly vacuum: Vacuum,
    private readonly parts: Pick<DeleterParts, "failure">,
  ) {}

  lastTime(member: MemberKey): Promise<number> {
    return this.#try(() => this.tombstones.lastTime(this.engine.pool, member));
  }

  deletedAt(member: MemberKey): Promise<number> {
    return this.#try(() => this.tombstones.deletedAt(this.engine.pool, member));
  }

  async during<Result>(
    subjects: readonly Subject[],
    at: number,
    action: (removing: Removing) => Promise<Result>,
  ): Promise<Result> {
    const { tombstones } = this;
    const begin = [
      `LOCK TABLE ${TABLE}, ${TOMBSTONES} IN ROW EXCLUSIVE MODE;`,
      lockSql("life", livesOfSubjects(subjects)),
    ].join("\n");
    const { result, newest } = await this.#transact(begin, async (client, mark) => {
      const write = (writes: readonly Write[]) => writeRows(client, writes, mark);
      const result = await action({ ...removingBy(client), write });
      const newest = await tombstones.note(client, subjects, at, true);
      await setDone(client);
      await client.query("SELECT pg_notify($1, $2)", [CHANNEL, String(newest)]);
      return { result, newest };
    });
    tombstones.learn(newest);
    return result;
  }

  async note(kind: "refused" | "unpooled", member: MemberKey, at: number): Promise<void> {
    const number = await this.#transact("", (client) =>
      this.tombstones.note(client, [[kind, member]], at, false),
    );
    this.#open.push(number);
  }

  /** Rows that are gone leave their bytes in the table's pages: those are tidied in the background. */
  async erase(): Promise<void> {
    this.vacuum.ask();
  }

  async settle(): Promise<void> {
    const done = this.#open;
    if (done.length === 0) return;
    this.#open = [];
    await this.#transact(lockSql("single", [SINGLE_LOCKS.tombstones]), async (client) => {
      await client.query(`UPDATE ${TOMBSTONES} SET done = true WHERE number = ANY($1::bigint[])`, [
        done,
      ]);
      await setDone(client);
    });
  }

  #transact<Result>(
    begin: string,
    action: (client: pg.PoolClient, mark: Mark) => Promise<Result>,
  ): Promise<Result> {
    const mark = { writer: randomUUID() as string, token: "done" };
    return this.#try(() =>
      transact({
        pool: this.engine.pool,
        mark,
        begin,
        body: async (client) => {
          const result = await action(client, mark);
          await setMark(client, mark);
          return { result, commit: true };
        },
      }),
    );
  }

  async #try<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      throw this.parts.failure("delete from the store", error);
    }
  }
}

export async function setMark(client: pg.ClientBase, mark: Mark): Promise<void> {
  await client.query(markSql(1), [mark.writer, mark.token]);
}

/** Notes how many tombstones the store reflects, while nobody else notes any. */
export async function setDone(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT coalesce(min(number) - 1, ${NEWEST})::float8 AS count FROM ${TOMBSTONES} WHERE NOT done`,
  );
  const { key, text } = deletionsDone(rows[0]!.count);
  await client.query(
    `INSERT INTO ${TABLE} (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [key, text],
  );
}

/** The same questions as the engine answers, within the transaction of `client`. */
export function removingBy(client: pg.ClientBase): Removing {
  const select = async (...asked: Parameters<typeof selectRows>) => {
    const { text, values } = selectRows(...asked);
    return (await client.query({ text, values: [...values] })).rows;
  };
  return {
    rows: async (question, page = {}) => rowsOf(await select(question, page, "key, value, bytes")),
    keys: async (question, page = {}) =>
      (await select(question, page, "key")).map(({ key }) => key as string),
    remove: async (keys) =>
      void (await client.query(`DELETE FROM ${TABLE} WHERE key = ANY($1::text[])`, [keys])),
  };
}

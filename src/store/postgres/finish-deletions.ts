/** Repeats deletions that a store in PostgreSQL does not reflect, as after an older dump was restored. */
import { randomUUID } from "node:crypto";
import type pg from "pg";
import { DELETIONS_DONE, deletionsDone, writesOfPerson } from "../apply-tombstones.js";
import { distinctValues } from "../distinct.js";
import { UNKNOWN_PERSON } from "../engine.js";
import type { TombstoneIndex } from "../tombstones.js";
import { livesOfSubjects, lockSql, SINGLE_LOCKS } from "./locks.js";
import type { PostgresEngine } from "./postgres-engine.js";
import { TOMBSTONES } from "./schema.js";
import { removingBy, setDone, setMark } from "./table-deleter.js";
import type { TombstoneTable } from "./tombstone-table.js";
import { transact } from "./transaction.js";
import { writeRows } from "./write-rows.js";

/** Others may write meanwhile. Rejects with `pg`'s own errors. */
export async function finishDeletions(
  pool: pg.Pool,
  engine: PostgresEngine,
  tombstones: TombstoneTable,
): Promise<void> {
  const index = await tombstones.index(pool);
  const done = deletionsDone(index.count);
  if (index.count === 0 || (await engine.get(DELETIONS_DONE)) === done.text) return;
  for await (const person of distinctValues(engine, "person")) {
    const rows = await engine.rows({ person });
    if (writesOfPerson(person, rows, index).length > 0) await finish(pool, person, index);
  }
  const mark = newMark();
  await transact({
    pool,
    mark,
    begin: lockSql("single", [SINGLE_LOCKS.tombstones]),
    body: async (client) => {
      const sql = `UPDATE ${TOMBSTONES} SET done = true WHERE NOT done AND number <= $1`;
      await client.query(sql, [index.count]);
      await setDone(client);
      await setMark(client, mark);
      return { result: undefined, commit: true };
    },
  });
}

/** Reads once more, while nobody writes about the person. */
async function finish(pool: pg.Pool, person: string, index: TombstoneIndex): Promise<void> {
  const mark = newMark();
  const isKnown = person !== UNKNOWN_PERSON;
  await transact({
    pool,
    mark,
    begin: isKnown ? lockSql("life", livesOfSubjects([["person", person]])) : "",
    body: async (client) => {
      const rows = await removingBy(client).rows({ person });
      await writeRows(client, writesOfPerson(person, rows, index), mark);
      return { result: undefined, commit: true };
    },
  });
}

function newMark() {
  return { writer: randomUUID() as string, token: "done" };
}

/** The statement that writes rows with their columns, within a transaction. Knows no records. */
import type pg from "pg";
import type { Write } from "../engine.js";
import { COLUMN_TYPES, type Columns, columnsOf } from "./columns.js";
import { TABLE } from "./schema.js";
import { type Mark, markSql } from "./transaction.js";

const COLUMNS = Object.entries(COLUMN_TYPES) as [keyof Columns, string][];
const NAMES = COLUMNS.map(([name]) => name);
/** Writer and token, the keys that go; then key, value, bytes and columns of what is written. */
const FIRST = 4;
const ARRAYS = ["text", "text", "bytea", ...COLUMNS.map(([, type]) => type)].map(
  (type, at) => `$${FIRST + at}::${type}[]`,
);

/** The parameters are those of {@link writeRows}. */
export const WRITE_ALL = `WITH marked AS (${markSql(1)}), gone AS (
    DELETE FROM ${TABLE} WHERE key = ANY($3::text[])
  ), written AS (
    INSERT INTO ${TABLE} (key, value, bytes, ${NAMES.join(", ")})
    SELECT * FROM unnest(${ARRAYS.join(", ")})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, bytes = excluded.bytes,
      ${NAMES.map((name) => `${name} = excluded.${name}`).join(", ")}
  ) SELECT 1`;

/** A record to be written as it is, damaged or not; null removes it. */
export interface RowWrite {
  readonly key: string;
  readonly text: string | Buffer | null;
}

/** Writes `writes` and `mark`. Of several writes to one key the last one counts. */
export async function writeRows(
  client: pg.ClientBase,
  writes: readonly (Write | RowWrite)[],
  mark: Mark,
): Promise<void> {
  await client.query(writingOf(writes, mark));
}

/** The statement of {@link writeRows}. */
export function writingOf(writes: readonly (Write | RowWrite)[], mark: Mark): pg.QueryConfig {
  const values = new Map(writes.map(({ key, text }) => [key, text]));
  const gone: string[] = [];
  const rows: { key: string; value: string | Buffer; columns: Columns }[] = [];
  for (const [key, value] of values) {
    if (value === null) gone.push(key);
    else rows.push({ key, value, columns: columnsOf(key, value) });
  }
  return {
    name: "attune-write",
    text: WRITE_ALL,
    values: [
      mark.writer,
      mark.token,
      gone,
      rows.map(({ key }) => key),
      rows.map(({ value }) => (typeof value === "string" ? value : null)),
      rows.map(({ value }) => (typeof value === "string" ? null : value)),
      ...NAMES.map((name) => rows.map(({ columns }) => columns[name])),
    ],
  };
}

/** The SELECTs about many beginnings of keys at once. Each is prepared once. */
import { endOfPrefix } from "../engine.js";
import { TABLE } from "./database.js";
import type { Select } from "./select.js";

/** What comes after each key with a prefix. */
const END = "char(1114111)";
const WITHIN = `key >= asked.value AND key < asked.value || ${END}`;

/** One step in the index from each beginning to the next, however many keys lie between. */
export function selectBeginnings(
  prefix: string,
  colons: number,
  limit: number,
  after?: string,
): Select {
  const next = (bound: string) =>
    `SELECT ${beginningOf("key", colons)} FROM ${TABLE}
      WHERE key ${bound} AND key < ?1 ORDER BY key LIMIT 1`;
  return {
    sql: `WITH RECURSIVE found (one) AS (
      SELECT (${next(after === undefined ? ">= ?2" : "> ?2")}) UNION ALL
      SELECT (${next(`> one || ${END}`)}) FROM found WHERE one IS NOT NULL
    ) SELECT one AS value FROM found WHERE one IS NOT NULL LIMIT ?3`,
    values: [endOfPrefix(prefix), after === undefined ? prefix : endOfPrefix(after), limit],
  };
}

export function selectCounts(prefixes: readonly string[]): Select {
  return {
    sql: `SELECT (SELECT count(*) FROM ${TABLE} WHERE ${WITHIN}) AS count
      FROM json_each(?) AS asked ORDER BY asked.key`,
    values: [JSON.stringify(prefixes)],
  };
}

/** With the place of the prefix that each row is for. */
export function selectLast(prefixes: readonly string[], limit: number): Select {
  // A cross join, so that SQLite does not begin with the table.
  return {
    sql: `SELECT asked.key AS place, found.key AS key, found.value AS value
      FROM json_each(?) AS asked CROSS JOIN ${TABLE} AS found
      WHERE found.key IN (
        SELECT key FROM ${TABLE} WHERE ${WITHIN} ORDER BY key DESC LIMIT ?
      ) ORDER BY asked.key, found.key DESC`,
    values: [JSON.stringify(prefixes), limit],
  };
}

function beginningOf(key: string, colons: number): string {
  let rest = key;
  for (let colon = 0; colon < colons; colon++) rest = `substr(${rest}, instr(${rest}, ':') + 1)`;
  return `CASE WHEN length(${key}) - length(replace(${key}, ':', '')) >= ${colons}
    THEN substr(${key}, 1, length(${key}) - length(${rest})) ELSE ${key} || ':' END`;
}

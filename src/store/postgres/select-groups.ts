/** The SELECTs about many beginnings of keys at once. */
import { endOfPrefix } from "../engine.js";
import { TABLE } from "./schema.js";
import type { Select } from "./select.js";

/** What comes after each key with a prefix. */
const END = "U&'\\+10FFFF'";
const WITHIN = `key >= prefix COLLATE "C" AND key < (prefix || ${END}) COLLATE "C"`;

/** One step in the index from each beginning to the next, however many keys lie between. */
export function selectBeginnings(
  prefix: string,
  colons: number,
  limit: number,
  after?: string,
): Select {
  const next = (bound: string) =>
    `SELECT array_to_string((string_to_array(key, ':'))[1:$4], ':') || ':' FROM ${TABLE}
      WHERE key ${bound} AND key < $1 ORDER BY key LIMIT 1`;
  return {
    text: `WITH RECURSIVE found (one) AS (
      SELECT (${next(after === undefined ? ">= $2" : "> $2")}) UNION ALL
      SELECT (${next(`> one || ${END}`)}) FROM found WHERE one IS NOT NULL
    ) SELECT one AS value FROM found WHERE one IS NOT NULL LIMIT $3`,
    values: [endOfPrefix(prefix), after === undefined ? prefix : endOfPrefix(after), limit, colons],
  };
}

export function selectCounts(prefixes: readonly string[]): Select {
  return {
    text: `SELECT (SELECT count(*) FROM ${TABLE} WHERE ${WITHIN})::float8 AS count
      FROM unnest($1::text[]) WITH ORDINALITY AS asked (prefix, place) ORDER BY place`,
    values: [prefixes],
  };
}

/** With the place of the prefix that each row is for. */
export function selectLast(prefixes: readonly string[], limit: number): Select {
  return {
    text: `SELECT (place - 1)::int AS place, key, value, bytes
      FROM unnest($1::text[]) WITH ORDINALITY AS asked (prefix, place) CROSS JOIN LATERAL (
        SELECT key, value, bytes FROM ${TABLE} WHERE ${WITHIN} ORDER BY key DESC LIMIT $2
      ) AS found ORDER BY place, key DESC`,
    values: [prefixes, limit],
  };
}

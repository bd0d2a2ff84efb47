/**
 * To version 4: what records say of themselves, where the bot asks for it, in columns that SQLite derives
 * from key and value, each with an index over those records alone that have it.
 */
import { STALE, UNKNOWN_GUILD } from "../../engine.js";
import { TABLE } from "../database.js";
import type { Migration } from "./migration.js";

const NAMESPACE = "substr(key, 1, instr(key, ':') - 1)";
const AFTER_NAMESPACE = afterColon("key");
const DAY_MS = 24 * 60 * 60 * 1000;

/** On text that is not JSON SQLite's reader fails, and the statement with it: so that is checked first. */
const IS_READABLE = "typeof(value) = 'text' AND json_valid(value)";

const STATE = `CASE WHEN ${IS_READABLE} THEN
  CASE WHEN json_type(value, '$.value.unposted') = 'true' THEN 'unposted'
    WHEN value ->> '$.value.source' = 'another' THEN 'another' END END`;

const VERSION = `CASE WHEN ${IS_READABLE} THEN
  CASE WHEN json_type(value, '$.value.stale') = 'false' THEN ${fieldOf("modelVersion", "text", `'${STALE}'`)}
    ELSE '${STALE}' END ELSE '${STALE}' END`;

const VOTED = `CASE WHEN ${fieldOf("source", "text", "'nudge'")} <> 'nudge'
  AND json_type(value, '$.value.at') IN ('integer', 'real')
  THEN ${upToColon(AFTER_NAMESPACE)} || ':' || CAST(value ->> '$.value.at' / ${DAY_MS} AS INTEGER) END`;

interface Fact {
  readonly column: string;
  readonly type: "TEXT" | "REAL" | "INTEGER";
  /** By the namespaces that have it. */
  readonly expressions: Readonly<Record<string, string>>;
  /** What the index has; the key comes last, so that one value's records are found in their order. */
  readonly index: string;
}

const GUILD = fieldOf("guildId", "text", `'${UNKNOWN_GUILD}'`);
const EXPIRES = `CASE WHEN ${IS_READABLE} AND json_type(value, '$.value.expiresAt') IN ('integer', 'real')
  THEN value ->> '$.value.expiresAt' ELSE 0 END`;

const FACTS: readonly Fact[] = [
  {
    column: "guild",
    type: "TEXT",
    expressions: { consent: afterColon(AFTER_NAMESPACE), ballot: GUILD, reply: GUILD },
    index: "(guild, key) WHERE guild IS NOT NULL",
  },
  {
    column: "channel",
    type: "TEXT",
    expressions: { ballot: fieldOf("channelId", "text", "NULL") },
    index: "(channel, key) WHERE channel IS NOT NULL",
  },
  {
    column: "state",
    type: "TEXT",
    expressions: { ballot: STATE },
    index: "(state, key) WHERE state IS NOT NULL",
  },
  {
    column: "expires",
    type: "REAL",
    expressions: { ballot: EXPIRES, reply: EXPIRES },
    index: "(expires, key) WHERE expires IS NOT NULL",
  },
  {
    column: "version",
    type: "TEXT",
    expressions: { profile: VERSION },
    index: "(version, key) WHERE version IS NOT NULL",
  },
  {
    column: "voteless",
    type: "INTEGER",
    expressions: { profile: `NOT (${fieldOf("votes", "integer", "0")} > 0)` },
    index: "(key) WHERE voteless = 1",
  },
  {
    column: "voted",
    type: "TEXT",
    expressions: { comparison: VOTED },
    index: "(voted) WHERE voted IS NOT NULL",
  },
];

export const indexFacts: Migration = {
  name: "find what is of a server, a channel or a day, what expires, and what is out of date",
  apply: async (database) => {
    for (const { column, type, expressions, index } of FACTS) {
      const cases = Object.entries(expressions).map(([name, sql]) => `WHEN '${name}' THEN ${sql}`);
      await database.all(
        `ALTER TABLE ${TABLE} ADD COLUMN ${column} ${type}
         GENERATED ALWAYS AS (CASE ${NAMESPACE} ${cases.join(" ")} END) VIRTUAL`,
      );
      await database.all(`CREATE INDEX ${TABLE}_${column} ON ${TABLE} ${index}`);
    }
  },
};

/** The field of the record if it has that type, or else `otherwise`, SQL. */
function fieldOf(field: string, type: "text" | "integer", otherwise: string): string {
  const path = `'$.value.${field}'`;
  return `CASE WHEN ${IS_READABLE} AND json_type(value, ${path}) = '${type}'
    THEN json_extract(value, ${path}) ELSE ${otherwise} END`;
}

function afterColon(text: string): string {
  return `substr(${text}, instr(${text}, ':') + 1)`;
}

function upToColon(text: string): string {
  return `substr(${text}, 1, instr(${text} || ':', ':') - 1)`;
}

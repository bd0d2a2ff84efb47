/** The SELECT that answers a question. There are few different ones, and each is prepared once. */
import { type Column, endOfPrefix, type Page, type Question } from "../engine.js";
import { TABLE } from "./database.js";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Select {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** The `columns` of the rows, in the order of their keys. */
export function selectRows(question: Question, page: Page, columns = "key, value"): Select {
  const { where, values } = joined([...keysOf(question, page), ...restOf(question)]);
  const order = `ORDER BY key${page.backwards ? " DESC" : ""}`;
  const { limit } = page;
  const most = limit === undefined ? { sql: "", values: [] } : { sql: " LIMIT ?", values: [limit] };
  return {
    sql: `SELECT ${columns} FROM ${tableFor(question)}${where} ${order}${most.sql}`,
    values: [...values, ...most.values],
  };
}

export function selectCount(question: Question): Select {
  const { where, values } = joined([...keysOf(question, {}), ...restOf(question)]);
  return { sql: `SELECT count(*) AS count FROM ${tableFor(question)}${where}`, values };
}

const COLUMNS: { readonly [Name in Column]: string } = {
  person: "member",
  guild: "guild",
  version: "version",
};

/** One step in the index from each value to the next: DISTINCT would read through all entries. */
export function selectDistinct(column: Column, limit: number, after?: string): Select {
  const name = COLUMNS[column];
  const beyond = (bound: string) =>
    `SELECT min(${name}) FROM ${TABLE} WHERE ${name} IS NOT NULL${bound}`;
  const first = after === undefined ? beyond("") : beyond(` AND ${name} > ?`);
  return {
    sql: `WITH RECURSIVE found (one) AS (
      ${first} UNION ALL
      SELECT (${beyond(` AND ${name} > one`)}) FROM found WHERE one IS NOT NULL
    ) SELECT one AS value FROM found WHERE one IS NOT NULL LIMIT ?`,
    values: [...(after === undefined ? [] : [after]), limit],
  };
}

/** SQLite takes the index that gives the right order, and would read through all that has not expired. */
function tableFor({ expiresUntil }: Question): string {
  return expiresUntil === undefined ? TABLE : `${TABLE} INDEXED BY ${TABLE}_expires`;
}

interface Clause {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** One bound on either side: of two SQLite would take one, and read through all that is between. */
function keysOf({ prefix }: Question, { after, backwards }: Page): Clause[] {
  const clauses: Clause[] = [];
  if (after !== undefined && !backwards) clauses.push({ sql: "key > ?", values: [after] });
  else if (prefix !== undefined) clauses.push({ sql: "key >= ?", values: [prefix] });
  if (after !== undefined && backwards) clauses.push({ sql: "key < ?", values: [after] });
  else if (prefix !== undefined) clauses.push({ sql: "key < ?", values: [endOfPrefix(prefix)] });
  return clauses;
}

function restOf(question: Question): Clause[] {
  const { channel, containing, expiresUntil, guild, person, state, version } = question;
  const { voted, voteless } = question;
  const clauses: Clause[] = [];
  const add = (sql: string, ...values: (string | number)[]) => clauses.push({ sql, values });
  if (person !== undefined) add("member = ?", person);
  if (guild !== undefined) add("guild = ?", guild);
  if (channel !== undefined) add("channel = ?", channel);
  if (state !== undefined) add("state = ?", state);
  if (expiresUntil !== undefined) add("expires <= ?", expiresUntil);
  if (version !== undefined) add("version = ?", version);
  if (voteless) add("voteless = 1");
  if (voted !== undefined) add("voted = ?", `${voted.guild}:${Date.parse(voted.day) / DAY_MS}`);
  // As bytes, since a damaged value may be a blob or may hold a zero.
  if (containing !== undefined) {
    add("instr(CAST(value AS BLOB), CAST(? AS BLOB)) > 0", containing);
  }
  return clauses;
}

function joined(clauses: readonly Clause[]) {
  const where = clauses.map(({ sql }) => sql).join(" AND ");
  return {
    where: where === "" ? "" : ` WHERE ${where}`,
    values: clauses.flatMap(({ values }) => values),
  };
}

/** The SELECT that answers a question. There are few different ones, and each is prepared once. */
import { endOfPrefix, type Page, type Question } from "../engine.js";
import { TABLE } from "./database.js";

export interface Select {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

interface Clause {
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
    sql: `SELECT ${columns} FROM ${TABLE}${where} ${order}${most.sql}`,
    values: [...values, ...most.values],
  };
}

export const SELECT_PERSONS = `SELECT DISTINCT member FROM ${TABLE} WHERE member IS NOT NULL`;

export function selectCount(question: Question): Select {
  const { where, values } = joined([...keysOf(question, {}), ...restOf(question)]);
  return { sql: `SELECT count(*) AS count FROM ${TABLE}${where}`, values };
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

function restOf({ person, containing }: Question): Clause[] {
  const clauses: Clause[] = [];
  if (person !== undefined) clauses.push({ sql: "member = ?", values: [person] });
  if (containing !== undefined) {
    // As bytes, since a damaged value may be a blob or may hold a zero.
    const sql = "instr(CAST(value AS BLOB), CAST(? AS BLOB)) > 0";
    clauses.push({ sql, values: [containing] });
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

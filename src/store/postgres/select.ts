/** The SELECT that answers a question. */
import { type Column, endOfPrefix, type Page, type Question } from "../engine.js";
import { dayOf } from "./columns.js";
import { TABLE } from "./schema.js";

export interface Select {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Gathers conditions and numbers their parameters. */
class Where {
  readonly values: unknown[] = [];
  readonly #clauses: string[] = [];

  /** `sql` says where the parameter goes by `$`. */
  add(sql: string, value: unknown): void {
    this.values.push(value);
    this.#clauses.push(sql.replaceAll("$", `$${this.values.length}`));
  }

  get sql(): string {
    return this.#clauses.length === 0 ? "" : ` WHERE ${this.#clauses.join(" AND ")}`;
  }
}

/** The `columns` of the rows, in the order of their keys. */
export function selectRows(
  question: Question,
  page: Page,
  columns: "key" | "key, value, bytes",
): Select {
  const where = whereOf(question, page);
  const order = `ORDER BY key${page.backwards ? " DESC" : ""}`;
  const limit = page.limit === undefined ? "" : ` LIMIT ${Math.max(0, Math.floor(page.limit))}`;
  return {
    text: `SELECT ${columns} FROM ${TABLE}${where.sql} ${order}${limit}`,
    values: where.values,
  };
}

const COLUMN: { readonly [Name in Column]: string } = {
  person: "member",
  guild: "guild",
  version: "version",
};

/** One step in the index from each value to the next: DISTINCT would read through all entries. */
export function selectDistinct(column: Column, limit: number, after?: string): Select {
  const name = COLUMN[column];
  const beyond = (bound: string) =>
    `SELECT min(${name}) FROM ${TABLE} WHERE ${name} IS NOT NULL${bound}`;
  const first = after === undefined ? beyond("") : beyond(` AND ${name} > $2`);
  return {
    text: `WITH RECURSIVE found (one) AS (
      (${first}) UNION ALL
      SELECT (${beyond(` AND ${name} > found.one`)}) FROM found WHERE found.one IS NOT NULL
    ) SELECT one AS value FROM found WHERE one IS NOT NULL LIMIT $1`,
    values: [limit, ...(after === undefined ? [] : [after])],
  };
}

export function selectCount(question: Question): Select {
  const where = whereOf(question, {});
  return {
    text: `SELECT count(*)::float8 AS count FROM ${TABLE}${where.sql}`,
    values: where.values,
  };
}

function whereOf(question: Question, { after, backwards }: Page): Where {
  const { channel, containing, expiresUntil, guild, person, prefix, state, version } = question;
  const { voted, voteless } = question;
  const where = new Where();
  if (after !== undefined) where.add(`key ${backwards ? "<" : ">"} $`, after);
  if (prefix !== undefined) {
    where.add("key >= $", prefix);
    where.add("key < $", endOfPrefix(prefix));
  }
  if (person !== undefined) where.add("member = $", person);
  if (guild !== undefined) where.add("guild = $", guild);
  if (channel !== undefined) where.add("channel = $", channel);
  if (state !== undefined) where.add("state = $", state);
  if (expiresUntil !== undefined) where.add("expires <= $", expiresUntil);
  if (version !== undefined) where.add("version = $", version);
  if (voteless !== undefined) where.add("voteless = $", voteless);
  if (voted !== undefined) where.add("voted = $", dayOf(voted.guild, Date.parse(voted.day)));
  if (containing !== undefined) {
    where.add(
      "(position($ IN value) > 0 OR position(convert_to($, 'UTF8') IN bytes) > 0)",
      containing,
    );
  }
  return where;
}

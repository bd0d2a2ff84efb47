/**
 * The rows that are about one person, or about one guild, found by SQLite's index; damaged ones too,
 * by their content. Knows keys and raw texts.
 */
import type { BatchedSqlite } from "./batched-sqlite.js";
import { TABLE } from "./database.js";
import { UNKNOWN_MEMBER } from "./migrations/index-members.js";

/** A row as it is stored, its key with its namespace. */
export interface MemberRow {
  readonly key: string;
  readonly value: string | Buffer;
  /** Undefined if the row is damaged and does not say it. */
  readonly guildId: string | undefined;
}

type Scanner = Pick<BatchedSqlite, "scan">;
type Found = Pick<MemberRow, "key" | "value">;

const OF_MEMBER = `SELECT key, value FROM ${TABLE} WHERE member = ? ORDER BY key`;
const CONTAINS = "instr(CAST(value AS BLOB), CAST(? AS BLOB)) > 0";
const DAMAGED = `SELECT key, value FROM ${TABLE} WHERE member = '${UNKNOWN_MEMBER}' AND ${CONTAINS}`;
/** The keys of one namespace that begin with a guild. */
const OF_GUILD = `SELECT key FROM ${TABLE} WHERE key >= ? AND key < ?`;
const CONSENTS = `SELECT key FROM ${TABLE} WHERE key >= 'consent:' AND key < 'consent;'
  AND substr(key, -length(?)) = ?`;
const OF_GUILD_BY_VALUE = `SELECT key, value FROM ${TABLE} WHERE key >= ? AND key < ? AND ${CONTAINS}`;

const GUILD_FIRST = ["profile", "comparison", "questions", "calibration"] as const;
const GUILD_IN_VALUE = ["ballot", "reply"] as const;

/** All rows about `memberId`, in whatever guild. */
export async function rowsOfPerson(store: Scanner, memberId: string): Promise<MemberRow[]> {
  const rows = await store.scan<Found>(OF_MEMBER, memberId);
  const damaged = await store.scan<Found>(DAMAGED, memberId);
  return [...rows, ...damaged].map((row) => ({ ...row, guildId: guildOf(row) }));
}

/**
 * Those of `rows` that are about `guildIds`. A damaged row that does not say its guild is taken
 * if the guild's id stands in it.
 */
export function inGuilds(rows: readonly MemberRow[], guildIds: readonly string[]): MemberRow[] {
  const wanted = new Set(guildIds);
  return rows.filter(({ guildId, value }) =>
    guildId === undefined ? guildIds.some((id) => value.includes(id)) : wanted.has(guildId),
  );
}

/** The keys of all rows about members of `guildId`. */
export async function keysOfGuild(store: Scanner, guildId: string): Promise<string[]> {
  // Without a consent nothing new is written: it goes first.
  const ending = `:${guildId}`;
  const keys = await store.scan<Found>(CONSENTS, ending, ending);
  for (const namespace of GUILD_FIRST) {
    const start = `${namespace}:${guildId}:`;
    keys.push(...(await store.scan<Found>(OF_GUILD, start, `${start}\u{10ffff}`)));
  }
  for (const namespace of GUILD_IN_VALUE) {
    const rows = await store.scan<Found>(
      OF_GUILD_BY_VALUE,
      `${namespace}:`,
      `${namespace};`,
      guildId,
    );
    keys.push(...rows.filter((row) => (guildOf(row) ?? guildId) === guildId));
  }
  return keys.map(({ key }) => key);
}

/** The guild that a row is about, by its key, or else by what it says. */
export function guildOf({ key, value }: Found): string | undefined {
  const [namespace, first, second] = key.split(":");
  if (namespace === "consent") return second;
  if (GUILD_FIRST.some((one) => one === namespace)) return first;
  try {
    const { guildId } = (JSON.parse(value.toString()) as { value: { guildId?: unknown } }).value;
    return typeof guildId === "string" ? guildId : undefined;
  } catch {
    return undefined;
  }
}

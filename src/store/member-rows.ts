/**
 * The rows that are about one person, or about one guild, found by an index; damaged ones too, by
 * their content. Knows keys and raw texts.
 */
import { type Engine, type Row, UNKNOWN_PERSON } from "./engine.js";

/** A row with the guild that it is about. */
export interface MemberRow extends Row {
  /** Undefined if the row is damaged and does not say it. */
  readonly guildId: string | undefined;
}

const GUILD_FIRST = ["profile", "comparison", "questions", "calibration"] as const;
const GUILD_IN_VALUE = ["ballot", "reply"] as const;

/** All rows about `memberId`, in whatever guild. */
export async function rowsOfPerson(
  store: Pick<Engine, "rows">,
  memberId: string,
): Promise<MemberRow[]> {
  const rows = await store.rows({ person: memberId });
  const damaged = await store.rows({ person: UNKNOWN_PERSON, containing: memberId });
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
export async function keysOfGuild(
  store: Pick<Engine, "keys" | "rows">,
  guildId: string,
): Promise<string[]> {
  // Without a consent nothing new is written: it goes first.
  const consents = await store.keys({ prefix: "consent:" });
  const keys = consents.filter((key) => key.endsWith(`:${guildId}`));
  for (const namespace of GUILD_FIRST) {
    keys.push(...(await store.keys({ prefix: `${namespace}:${guildId}:` })));
  }
  for (const namespace of GUILD_IN_VALUE) {
    const rows = await store.rows({ prefix: `${namespace}:`, containing: guildId });
    const own = rows.filter((row) => (guildOf(row) ?? guildId) === guildId);
    keys.push(...own.map(({ key }) => key));
  }
  return keys;
}

/** The guild that a row is about, by its key, or else by what it says. */
export function guildOf({ key, value }: Row): string | undefined {
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

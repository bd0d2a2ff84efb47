/**
 * The rows that are about one person, or about one guild, found by an index; damaged ones too, by
 * their content. Knows keys and raw texts.
 */
import { type Engine, type Question, type Row, UNKNOWN_GUILD, UNKNOWN_PERSON } from "./engine.js";

/** A row with the guild that it is about. */
export interface MemberRow extends Row {
  /** Undefined if the row is damaged and does not say it. */
  readonly guildId: string | undefined;
}

const GUILD_FIRST = ["profile", "comparison", "questions", "calibration"] as const;
/** Keys that are read, and removed, at once. */
const PAGE = 1_000;

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

/** The keys of all rows about members of `guildId`, as many at a time as are removed at once. */
export async function* keysOfGuild(
  store: Pick<Engine, "keys">,
  guildId: string,
): AsyncGenerator<readonly string[]> {
  // Without a consent nothing new is written: it goes first.
  yield* pagesOf(store, { guild: guildId, prefix: "consent:" });
  yield* pagesOf(store, { guild: guildId });
  for (const namespace of GUILD_FIRST) {
    yield* pagesOf(store, { prefix: `${namespace}:${guildId}:` });
  }
  yield* pagesOf(store, { guild: UNKNOWN_GUILD, containing: guildId });
}

async function* pagesOf(
  store: Pick<Engine, "keys">,
  question: Question,
): AsyncGenerator<readonly string[]> {
  for (let after: string | undefined; ; ) {
    const keys = await store.keys(question, { limit: PAGE, ...(after && { after }) });
    if (keys.length > 0) yield keys;
    if (keys.length < PAGE) return;
    after = keys.at(-1)!;
  }
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

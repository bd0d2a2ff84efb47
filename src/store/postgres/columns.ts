/** What a row says of itself, in columns with indexes: the same that SQLite derives by itself. Knows no database. */
import { type BallotState, STALE, UNKNOWN_GUILD, UNKNOWN_PERSON } from "../engine.js";
import { isStorable } from "../storable.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/** As `Question` asks for them; null where a kind of record has no such thing. */
export interface Columns {
  readonly member: string | null;
  readonly guild: string | null;
  readonly channel: string | null;
  readonly state: BallotState | null;
  readonly expires: number | null;
  readonly version: string | null;
  readonly voteless: boolean | null;
  /** The guild and the day of a vote. */
  readonly voted: string | null;
}

/** In PostgreSQL. */
export const COLUMN_TYPES: { readonly [Name in keyof Columns]: string } = {
  member: "text",
  guild: "text",
  channel: "text",
  state: "text",
  expires: "float8",
  version: "text",
  voteless: "boolean",
  voted: "text",
};

/** What a record holds, if it can be read at all. */
type Fields = Readonly<Record<string, unknown>>;

const NONE: Columns = {
  member: null,
  guild: null,
  channel: null,
  state: null,
  expires: null,
  version: null,
  voteless: null,
  voted: null,
};

/** The columns of the row with this full key and value. */
export function columnsOf(key: string, value: string | Buffer): Columns {
  const namespace = key.slice(0, Math.max(0, key.indexOf(":")));
  const rest = afterColon(key);
  const member = upToColon(afterColon(rest));
  switch (namespace) {
    case "consent":
      return { ...NONE, member: upToColon(rest), guild: afterColon(rest) };
    case "questions":
    case "calibration":
      return { ...NONE, member };
    case "profile":
      return { ...NONE, member, ...ofProfile(fieldsOf(value)) };
    case "comparison":
      return { ...NONE, member, voted: votedIn(upToColon(rest), fieldsOf(value)) };
    case "ballot":
      return { ...NONE, ...ofReply(fieldsOf(value)), ...ofBallot(fieldsOf(value)) };
    case "reply":
      return { ...NONE, ...ofReply(fieldsOf(value)) };
    default:
      return NONE;
  }
}

/** What {@link Columns.voted} is for a guild and a time, ms. */
export function dayOf(guildId: string, at: number): string {
  return `${guildId}:${Math.trunc(at / DAY_MS)}`;
}

function ofProfile({ modelVersion, stale, votes }: Fields): Partial<Columns> {
  return {
    version: (stale === false ? textOf(modelVersion) : null) ?? STALE,
    voteless: !(Number.isInteger(votes) && (votes as number) > 0),
  };
}

function votedIn(guildId: string, { at, source }: Fields): string | null {
  const isVote = typeof source === "string" && source !== "nudge" && typeof at === "number";
  return isVote ? dayOf(guildId, at) : null;
}

function ofReply({ expiresAt, guildId, memberId }: Fields): Partial<Columns> {
  return {
    member: textOf(memberId) ?? UNKNOWN_PERSON,
    guild: textOf(guildId) ?? UNKNOWN_GUILD,
    expires: typeof expiresAt === "number" ? expiresAt : 0,
  };
}

function ofBallot({ channelId, source, unposted }: Fields): Partial<Columns> {
  const state = source === "another" ? "another" : null;
  return { channel: textOf(channelId), state: unposted === true ? "unposted" : state };
}

function textOf(field: unknown): string | null {
  return typeof field === "string" && isStorable(field) ? field : null;
}

function fieldsOf(value: string | Buffer): Fields {
  if (typeof value !== "string") return {};
  try {
    const parsed: unknown = JSON.parse(value);
    const record = isObject(parsed) ? parsed.value : undefined;
    return isObject(record) ? record : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** All of `text` if there is none, as in SQLite. */
function afterColon(text: string): string {
  return text.slice(text.indexOf(":") + 1);
}

function upToColon(text: string): string {
  return text.split(":", 1)[0]!;
}

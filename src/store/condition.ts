/**
 * Conditions of a write, checked at the moment of the write: nothing else is written between the
 * check and the write. The one that matters most is consent. Knows no database and no feature.
 */
import { consentKey } from "./keys.js";
import { type Namespace, type RecordOf, recordOfText, SCHEMAS } from "./record-schemas.js";
import type { MemberKey } from "./records.js";
import { DamagedRecordError } from "./store-error.js";
import type { StoredText } from "./stored-text.js";
import type { Lives } from "./tombstones.js";

/** The text of the record under a full key at that moment; undefined if there is none. */
export type TextOf = (key: string) => StoredText;

/** How much had been deleted about `member` when something began. */
export interface Beginning {
  readonly member: MemberKey;
  readonly life: number;
}

export interface Condition {
  /** Since these nothing was deleted. */
  readonly since?: readonly Beginning[];
  /** The full keys of the records that {@link holds} asks for. */
  readonly keys: readonly string[];
  /** Whether the write may be done. */
  holds(textOf: TextOf): boolean;
}

/** That all of `conditions` hold. */
export function allOf(...conditions: readonly Condition[]): Condition {
  return {
    since: conditions.flatMap(({ since = [] }) => since),
    keys: conditions.flatMap(({ keys }) => keys),
    holds: (textOf) => conditions.every((condition) => condition.holds(textOf)),
  };
}

/** That there is a record under the full key. */
export function stillThere(key: string): Condition {
  return { keys: [key], holds: (textOf) => textOf(key) !== undefined };
}

/** That there is no record under the full key. */
export function absent(key: string): Condition {
  return { keys: [key], holds: (textOf) => textOf(key) === undefined };
}

/**
 * What the member must have said: yes to the learning; yes to the pooling too, with or without a
 * pause; anything at all, so that a record of theirs may be changed or taken back; or nothing yet.
 */
export type Needs = "learning" | "pooling" | "record" | "nothing";

/** The permit to write about `member` from now on. Take it before the first record is read. */
export function permitFor(lives: Lives, member: MemberKey, needs: Needs): Condition {
  const key = `consent:${consentKey(member)}`;
  return {
    since: [{ member, life: lives.lifeOf(member) }],
    keys: needs === "nothing" ? [] : [key],
    holds: (textOf) => needs === "nothing" || allows(key, textOf(key), needs),
  };
}

function allows(key: string, text: StoredText, needs: Needs): boolean {
  if (text === undefined || needs === "record") return text !== undefined;
  const consent = recordIn<"consent">(key, text);
  if (consent === undefined) return false;
  const { state, pooled } = consent;
  if (needs === "pooling") return pooled && (state === "granted" || state === "paused");
  return state === "granted";
}

/** The record that `text`, under its full key, has in it; undefined if there is none, or a damaged one. */
export function recordIn<Name extends Namespace>(
  key: string,
  text: StoredText,
): RecordOf[Name] | undefined {
  if (text === undefined) return undefined;
  const namespace = key.slice(0, key.indexOf(":")) as Name;
  try {
    return recordOfText<RecordOf[Name]>(key, text, SCHEMAS[namespace]);
  } catch (error) {
    if (error instanceof DamagedRecordError) return undefined;
    throw error;
  }
}

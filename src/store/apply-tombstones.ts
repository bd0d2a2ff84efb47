/**
 * Repeats deletions that the tombstones list and this store does not reflect: after a backup was
 * restored, or after a process was killed in the middle of a deletion.
 */
import { distinctValues } from "./distinct.js";
import { type Engine, type Row, UNKNOWN_PERSON, type Write } from "./engine.js";
import { consentKey } from "./keys.js";
import { guildOf } from "./member-rows.js";
import { recordOfText, SCHEMAS, textOfRecord } from "./record-schemas.js";
import type { ConsentRecord, MemberKey } from "./records.js";
import { DamagedRecordError } from "./store-error.js";
import type { TombstoneIndex } from "./tombstones.js";

/** What an id looks like in a damaged record. */
const IDS = /\d{5,20}/g;

/** The key of the record that says how many tombstones this store reflects. */
export const DELETIONS_DONE = "deletions-done:all";

/** All rows of one member in one guild, with what they have said. */
interface Place {
  readonly member: MemberKey;
  readonly keys: readonly string[];
  readonly consent: ConsentRecord | undefined;
}

/** The note that this store reflects the first `count` tombstones. */
export function deletionsDone(count: number): Write {
  return { key: DELETIONS_DONE, text: textOfRecord({ count }) };
}

/** The writes that make a store reflect `tombstones`. */
export async function writesOfTombstones(
  engine: Pick<Engine, "distinct" | "rows">,
  tombstones: TombstoneIndex,
): Promise<Write[]> {
  const writes: Write[] = [];
  for await (const person of distinctValues(engine, "person")) {
    writes.push(...writesOfPerson(person, await engine.rows({ person }), tombstones));
  }
  return writes;
}

/** The same for all `rows` about one person, or all about {@link UNKNOWN_PERSON}. */
export function writesOfPerson(
  person: string,
  rows: readonly Row[],
  tombstones: TombstoneIndex,
): Write[] {
  if (person === UNKNOWN_PERSON) {
    return rows.filter(({ value }) => namesDeleted(value.toString(), tombstones)).map(removalOf);
  }
  return placesOf(person, rows).flatMap((place) => writesOf(place, tombstones));
}

function writesOf({ member, keys, consent }: Place, tombstones: TombstoneIndex): Write[] {
  // A member who was asked again since has started afresh: that consent is later than the deletion.
  const isBefore = (tombstone?: { at: number }) =>
    tombstone !== undefined && (consent === undefined || consent.at <= tombstone.at);
  if (isBefore(tombstones.deletionOf(member))) return keys.map((key) => removalOf({ key }));
  if (consent === undefined) return [];
  const reset = tombstones.of("reset", member);
  const refused = tombstones.of("refused", member);
  const unpooled = tombstones.of("unpooled", member);
  const changed = {
    ...consent,
    ...(isBefore(unpooled) && { pooled: false }),
    ...(isBefore(refused) && ({ state: "refused", pooled: false } as const)),
    at: Math.max(consent.at, ...[reset, refused, unpooled].map((one) => (one?.at ?? 0) + 1)),
  };
  if (changed.at === consent.at) return [];
  const gone = isBefore(reset) ? keys.filter(isOfVotes) : [];
  const key = `consent:${consentKey(member)}`;
  return [...gone.map((one) => removalOf({ key: one })), { key, text: textOfRecord(changed) }];
}

/** The consents among `rows`, said again after a deletion of that time: what is voted from then on stays. */
export function consentsAfter(rows: readonly Row[], at: number): Write[] {
  return rows.flatMap((row) => {
    const consent = row.key.startsWith("consent:") ? consentOf(row) : undefined;
    if (consent === undefined || consent.at > at) return [];
    return [{ key: row.key, text: textOfRecord({ ...consent, at: at + 1 }) }];
  });
}

/** What a reset deletes: votes, weights, and what was worked out from them. */
function isOfVotes(key: string): boolean {
  return /^(?:comparison|profile|ballot|reply):/.test(key);
}

function placesOf(memberId: string, rows: readonly Row[]): Place[] {
  const byGuild = new Map<string, Row[]>();
  for (const row of rows) {
    const guildId = guildOf(row) ?? "";
    byGuild.set(guildId, [...(byGuild.get(guildId) ?? []), row]);
  }
  return [...byGuild].map(([guildId, found]) => {
    const member = { guildId, memberId };
    const key = `consent:${consentKey(member)}`;
    const row = found.find((one) => one.key === key);
    return { member, keys: found.map((one) => one.key), consent: row && consentOf(row) };
  });
}

function consentOf({ key, value }: Row): ConsentRecord | undefined {
  try {
    return recordOfText<ConsentRecord>(key, value.toString(), SCHEMAS.consent);
  } catch (error) {
    if (error instanceof DamagedRecordError) return undefined;
    throw error;
  }
}

/** Whether a damaged record names a person who had everything deleted. */
function namesDeleted(text: string, tombstones: TombstoneIndex): boolean {
  return (text.match(IDS) ?? []).some((id) => tombstones.of("person", id) !== undefined);
}

function removalOf({ key }: { readonly key: string }): Write {
  return { key, text: null };
}

/** Everything that is stored about one person as one JSON document; docs/export.md describes it. */
import type { Slot } from "../../models/steering/spread.js";
import { sentenceOf } from "../../models/steering/vocabulary.js";
import type { ReplyNotes } from "../ballots/reply-notes.js";
import type { Clock } from "../shared/time.js";
import { comparisonPrefix, consentKey, profileKey } from "../store/keys.js";
import type { MemberRow } from "../store/member-rows.js";
import { isDamaged, type Namespace, SCHEMAS } from "../store/record-schemas.js";
import type { BallotRecord, DayCountRecord, MemberKey } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { MemberData } from "./member-data.js";
import type { Profiles } from "./profiles.js";

export const EXPORT_FORMAT = "attune-export-1";

export interface ExportParts {
  readonly store: Store;
  readonly profiles: Profiles;
  readonly memberData: MemberData;
  readonly replyNotes: ReplyNotes;
  readonly limits: { usedToday(memberId: string): DayCountRecord };
  readonly clock: Clock;
}

/** The document for `places`; see {@link MemberData.placesOf}. */
export async function exportMember(
  memberId: string,
  places: readonly string[],
  parts: ExportParts,
): Promise<object> {
  const documents: object[] = [];
  for (const guildId of places) documents.push(await placeDocument({ guildId, memberId }, parts));
  const damaged = (await parts.store.deletion.rowsOf(memberId)).filter(cannotBeRead);
  return {
    format: EXPORT_FORMAT,
    exportedAt: time(parts.clock()),
    memberId,
    usedToday: parts.limits.usedToday(memberId),
    places: documents,
    ...(damaged.length > 0 && {
      damaged: damaged.map(({ key, value }) => ({ key, text: value.toString() })),
    }),
  };
}

async function placeDocument(member: MemberKey, parts: ExportParts): Promise<object> {
  const { store, memberData } = parts;
  const consent = await store.consents.get(consentKey(member));
  return {
    guildId: member.guildId,
    consent: consent && {
      ...consent,
      ...(consent.since !== undefined && { since: time(consent.since) }),
      at: time(consent.at),
    },
    profile: await profileDocument(member, parts),
    votes: await votesOf(member, store),
    ballots: (await memberData.ballotsOf(member)).map(ballotDocument),
    replies: await repliesOf(member, parts),
    questions: await store.questions.get(profileKey(member)),
    calibration: await store.calibrations.get(profileKey(member)),
  };
}

async function profileDocument(member: MemberKey, { store, profiles }: ExportParts) {
  const record = await store.profiles.get(profileKey(member));
  if (record === undefined) return undefined;
  const { leanings } = await profiles.view(member);
  return {
    ...record,
    updatedAt: time(record.updatedAt),
    axes: leanings.map(({ axis, weight, standardDeviation }) => ({
      ...axis,
      weight,
      standardDeviation,
    })),
  };
}

async function votesOf(member: MemberKey, store: Store): Promise<object[]> {
  const votes: object[] = [];
  const prefix = comparisonPrefix(member);
  for await (const [key, record] of store.comparisons.entries(prefix)) {
    votes.push({ id: key.slice(prefix.length), ...record, at: time(record.at) });
  }
  return votes;
}

function ballotDocument([messageId, ballot]: [messageId: string, ballot: BallotRecord]): object {
  const { guildId: _guild, memberId: _member, unread: _unread, ...own } = ballot;
  const { candidates, createdAt, expiresAt, ...others } = own;
  return {
    messageId,
    answers: candidates.map(({ text }) => text),
    features: candidates.map(({ features }) => features),
    manners: candidates.map(({ manner }) => manner && mannerDocument(manner)),
    ...others,
    createdAt: time(createdAt),
    expiresAt: time(expiresAt),
  };
}

async function repliesOf(
  member: MemberKey,
  { memberData, replyNotes, store }: ExportParts,
): Promise<object[]> {
  const replies: object[] = [];
  for (const { key } of await memberData.rowsOf(member)) {
    if (!key.startsWith("reply:")) continue;
    const messageId = key.slice("reply:".length);
    const record = await store.replies.get(messageId);
    if (record === undefined) continue;
    const why = await replyNotes.why(messageId, member.memberId);
    const manner = why?.manner && mannerDocument(why.manner);
    const expiresAt = time(record.expiresAt);
    const { another } = record;
    const own = { ...why, ...(manner && { manner }), ...(another && { another }) };
    replies.push({ messageId, ...own, expiresAt });
  }
  return replies;
}

/** As it is kept, with the sentences that it stands for. */
function mannerDocument(manner: Slot): object {
  return { ...manner, sentences: manner.directives.map(sentenceOf) };
}

function cannotBeRead({ key, value }: MemberRow): boolean {
  const namespace = key.slice(0, key.indexOf(":")) as Namespace;
  return isDamaged(key, value.toString(), SCHEMAS[namespace]);
}

/** A time that can't be read is exported as it is. */
function time(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
}

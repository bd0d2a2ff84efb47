/** Everything that is kept about one person as one JSON document; docs/export.md describes it. */
import type { Clock } from "../clock.js";
import { comparisonPrefix, consentKey, profileKey } from "../storage/keys.js";
import type { MemberKey } from "../storage/records.js";
import type { Store } from "../storage/store.js";
import type { MemberData } from "./member-data.js";
import type { Profiles } from "./profiles.js";

export const EXPORT_FORMAT = "attune-export-1";

export interface ExportParts {
  readonly store: Store;
  readonly profiles: Profiles;
  readonly memberData: MemberData;
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
  return {
    format: EXPORT_FORMAT,
    exportedAt: time(parts.clock()),
    memberId,
    places: documents,
  };
}

async function placeDocument(member: MemberKey, parts: ExportParts): Promise<object> {
  const { store, memberData } = parts;
  const { consent, questions, calibration } = {
    consent: await store.consents.get(consentKey(member)),
    questions: await store.questions.get(profileKey(member)),
    calibration: await store.calibrations.get(profileKey(member)),
  };
  return {
    guildId: member.guildId,
    consent: consent && { ...consent, at: time(consent.at) },
    profile: await profileDocument(member, parts),
    votes: await votesOf(member, store),
    ballots: (await memberData.ballotsOf(member)).map(([messageId, ballot]) => ({
      messageId,
      channelId: ballot.channelId,
      answers: ballot.candidates.map(({ text }) => text),
      alternative: ballot.alternative,
      choices: ballot.choices,
      createdAt: time(ballot.createdAt),
      expiresAt: time(ballot.expiresAt),
    })),
    replies: await repliesOf(member, store),
    questions,
    calibration,
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
  for await (const [, record] of store.comparisons.entries(comparisonPrefix(member))) {
    votes.push({ ...record, at: time(record.at) });
  }
  return votes;
}

async function repliesOf({ guildId, memberId }: MemberKey, store: Store): Promise<object[]> {
  const replies: object[] = [];
  for await (const [messageId, reply] of store.replies.entries()) {
    if (reply.memberId !== memberId || reply.guildId !== guildId) continue;
    replies.push({ messageId, tipped: reply.tipped, expiresAt: time(reply.expiresAt) });
  }
  return replies;
}

function time(at: number): string {
  return new Date(at).toISOString();
}

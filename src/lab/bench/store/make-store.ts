/**
 * Makes the store of a bot with very many members, hundreds of thousands of rows a second. Rows lie in
 * the file in the order in which they would have come: a member's votes are far from each other.
 */
import { encodeTime } from "ulid";
import { ENCODER_ID } from "../../../../models/encoder/encoder.js";
import { CONSENT_WORDING } from "../../../members/consent-record.js";
import { comparisonKey, consentKey, profileKey } from "../../../store/keys.js";
import { textOfRecord } from "../../../store/record-schemas.js";
import type { BallotRecord } from "../../../store/records.js";
import { type Database, TABLE } from "../../../store/sqlite/database.js";
import { makeInBulk } from "./bulk-file.js";
import { channelAt, memberAt, messageAt } from "./made-places.js";
import { type MadeTexts, madeTexts, upToTime } from "./made-texts.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const AGE_MS = 180 * DAY_MS;
const BALLOT_MS = 30 * DAY_MS;
/** Rows of one statement. */
const AT_ONCE = 20_000;
const TIME_LENGTH = 10;

export interface StoreSize {
  readonly members: number;
  readonly comparisons: number;
}

type Say = (line: string) => void;

/** One question in a hundred votes still stands, or was voted on within the last month. */
export function ballotCount({ comparisons }: StoreSize): number {
  return Math.ceil(comparisons / 100);
}

/** Makes it at `path`. */
export function makeStore(path: string, size: StoreSize, say: Say): Promise<void> {
  const now = Date.now();
  const texts = madeTexts(now);
  const fill = async (database: Database) => {
    await fillMembers(database, size, texts, now);
    say("members");
    await fillBallots(database, size, texts, now);
    say("ballots");
    await fillComparisons(database, size, texts, now, say);
  };
  return makeInBulk(path, fill, say);
}

async function fillMembers(
  database: Database,
  { members }: StoreSize,
  { profiles }: MadeTexts,
  now: number,
): Promise<void> {
  const consent = textOfRecord({
    state: "granted",
    pooled: true,
    wording: CONSENT_WORDING,
    at: now - AGE_MS,
  });
  const questions = textOfRecord({ day: "2026-01-31", count: 2, since: 3 });
  const profileTexts = profiles.map(textOfRecord);
  await insertAll(database, members, (member) => {
    const key = memberAt(member, members);
    return [
      [`consent:${consentKey(key)}`, consent],
      [`profile:${profileKey(key)}`, profileTexts[member % profileTexts.length]!],
      [`questions:${profileKey(key)}`, questions],
    ];
  });
}

async function fillBallots(
  database: Database,
  size: StoreSize,
  { ballots }: MadeTexts,
  now: number,
): Promise<void> {
  const { members } = size;
  const count = ballotCount(size);
  await insertAll(database, count, (ballot) => {
    const member = Math.floor((ballot / count) * members);
    const createdAt = now - BALLOT_MS + Math.ceil((ballot / count) * BALLOT_MS);
    const record: BallotRecord = {
      ...memberAt(member, members),
      channelId: channelAt(member),
      comparisonId: `${encodeTime(createdAt, TIME_LENGTH)}${String(ballot).padStart(16, "0")}`,
      ...ballots[ballot % ballots.length]!,
      encoder: ENCODER_ID,
      source: "chat",
      trains: true,
      demonstration: false,
      choices: [],
      followUpIds: [],
      createdAt,
      expiresAt: createdAt + BALLOT_MS,
    };
    return [[`ballot:${messageAt(ballot)}`, textOfRecord(record)]];
  });
}

/** In rounds: each has one vote of every member. */
async function fillComparisons(
  database: Database,
  { members, comparisons }: StoreSize,
  texts: MadeTexts,
  now: number,
  say: Say,
): Promise<void> {
  const pool = texts.comparisons.map(upToTime);
  await database.all("CREATE TEMP TABLE members (id INTEGER PRIMARY KEY, prefix TEXT)");
  await database.all("CREATE TEMP TABLE pool (id INTEGER PRIMARY KEY, text TEXT)");
  await insertIds(database, "members", members, (member) =>
    comparisonKey(memberAt(member, members), ""),
  );
  await insertIds(database, "pool", pool.length, (at) => pool[at]!);
  const rounds = Math.ceil(comparisons / members);
  for (let round = 0; round < rounds; round++) {
    const last = Math.min(members, comparisons - round * members);
    for (let first = 0; first < last; first += AT_ONCE) {
      const share = (round + first / members) / rounds;
      const at = Math.floor(now - AGE_MS + share * AGE_MS);
      await database.prepared(
        `INSERT INTO ${TABLE} (key, value)
         SELECT 'comparison:' || prefix || ? || hex(randomblob(8)), text || ? || '}}'
         FROM temp.members JOIN temp.pool ON pool.id = (members.id * 7 + ?) % ?
         WHERE members.id >= ? AND members.id < ?`,
        encodeTime(at, TIME_LENGTH),
        at,
        round,
        pool.length,
        first,
        Math.min(last, first + AT_ONCE),
      );
    }
    say(`comparisons: round ${round + 1} of ${rounds}`);
  }
}

async function insertAll(
  database: Database,
  count: number,
  rowsOf: (at: number) => [key: string, text: string][],
): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const rows: [string, string][] = [];
    for (let at = first; at < Math.min(count, first + AT_ONCE); at++) rows.push(...rowsOf(at));
    await database.prepared(
      `INSERT INTO ${TABLE} (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
      JSON.stringify(rows),
    );
  }
}

async function insertIds(
  database: Database,
  table: string,
  count: number,
  textOf: (at: number) => string,
): Promise<void> {
  for (let first = 0; first < count; first += AT_ONCE) {
    const rows: [number, string][] = [];
    for (let at = first; at < Math.min(count, first + AT_ONCE); at++) rows.push([at, textOf(at)]);
    await database.prepared(
      `INSERT INTO temp.${table} SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
      JSON.stringify(rows),
    );
  }
}

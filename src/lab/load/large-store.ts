/**
 * The store of a bot that has run for long: profiles, consents and comparisons by the thousand.
 * Made once, and copied for each run.
 */

import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ulid } from "ulid";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { ENCODER_ID } from "../../../models/encoder/encoder.js";
import type { Outcome } from "../../../models/rewards/comparison.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { estimateUserWeights } from "../../../models/rewards/user-weights.js";
import { CONSENT_WORDING } from "../../members/consent-record.js";
import { recordOfWeights } from "../../members/engine-data.js";
import { votedWords } from "../../members/voted-words.js";
import { createPopulation } from "../../playground/simulated-member.js";
import { loadDeck } from "../../shared/deck/deck.js";
import { comparisonKey, consentKey, profileKey } from "../../store/keys.js";
import type { ComparisonRecord } from "../../store/records.js";
import { openStore, type Store } from "../../store/store.js";
import type { LoadOptions } from "./options.js";
import { memberKey } from "./places.js";
import { type PlausibleVotes, VoteMaker } from "./plausible-votes.js";

/** Of what is made here: another one is made anew. */
const VERSION = 4;
const DAY_MS = 24 * 60 * 60 * 1000;
const AGE_MS = 180 * DAY_MS;
/** Members whose votes are in memory at the same time; they are stored as they came, by time. */
const MEMBERS_AT_ONCE = 1_000;
const SEED = 1;

/**
 * The file of the store with that many members and comparisons, not to be changed. `say` is told if it
 * has to be made, which takes a while.
 */
export async function largeStore(
  { folder, members, comparisons }: Pick<LoadOptions, "folder" | "members" | "comparisons">,
  say: (line: string) => void,
): Promise<string> {
  const original = join(folder, `store-${VERSION}-${members}-${comparisons}.sqlite`);
  if (!existsSync(original)) {
    say(
      `Making a store with ${members} members and ${comparisons} comparisons; once, in ${folder}`,
    );
    await mkdir(folder, { recursive: true });
    const unfinished = `${original}.unfinished-${process.pid}`;
    try {
      await fillStore(unfinished, members, comparisons);
      await rename(unfinished, original);
    } finally {
      await removeStore(unfinished);
    }
  }
  return original;
}

/** Deletes the SQLite file and the files next to it. */
async function removeStore(path: string): Promise<void> {
  for (const suffix of ["", "-wal", "-shm", ".lock"]) await rm(path + suffix, { force: true });
}

async function fillStore(path: string, members: number, comparisons: number): Promise<void> {
  const store = await openStore(`sqlite://${path}`, (error) => {
    throw error;
  });
  try {
    const random = createRandomGenerator(SEED);
    const votes = new VoteMaker(loadDeck(), random);
    const drawTaste = createPopulation(random);
    const now = Date.now();
    for (let first = 0; first < members; first += MEMBERS_AT_ONCE) {
      const own = Array.from({ length: Math.min(MEMBERS_AT_ONCE, members - first) }, (_, at) => {
        const member = first + at;
        const share = Math.floor(((member + 1) * comparisons) / members);
        const count = share - Math.floor((member * comparisons) / members);
        return { member, votes: votes.votesOf(drawTaste(), count) };
      });
      await storeMembers(store, own, now);
    }
  } finally {
    await store.close();
  }
}

interface MemberVotes {
  readonly member: number;
  readonly votes: PlausibleVotes;
}

async function storeMembers(store: Store, all: readonly MemberVotes[], now: number): Promise<void> {
  const model = createStarterModel();
  await store.writeTogether(
    all.flatMap(({ member, votes }) => {
      const userWeights = estimateUserWeights(model, votes.comparisons);
      const records = votes.texts.map((_, row) => comparisonOf(votes, row, now));
      const profile = {
        ...recordOfWeights(userWeights, false, now),
        votedWords: votedWords(records, ENCODER_ID, model.dimensions),
      };
      const consent = {
        state: "granted",
        pooled: true,
        wording: CONSENT_WORDING,
        at: now - AGE_MS,
      } as const;
      return [
        store.consents.putting(consentKey(memberKey(member)), consent),
        store.profiles.putting(profileKey(memberKey(member)), profile),
      ];
    }),
  );
  const most = Math.max(...all.map(({ votes }) => votes.comparisons.count));
  for (let row = 0; row < most; row++) {
    const at = now - AGE_MS + Math.floor((row / most) * AGE_MS);
    const voters = all.filter(({ votes }) => row < votes.comparisons.count);
    await store.writeTogether(
      voters.map(({ member, votes }) =>
        store.comparisons.putting(
          comparisonKey(memberKey(member), ulid(at)),
          comparisonOf(votes, row, at),
        ),
      ),
    );
  }
}

function comparisonOf({ comparisons, texts }: PlausibleVotes, row: number, at: number) {
  const [a, b] = texts[row]!;
  const record: ComparisonRecord = {
    a,
    b,
    outcome: comparisons.outcomes[row] as Outcome,
    weight: 1,
    encoder: ENCODER_ID,
    firstShown: "a",
    source: "chat",
    trains: true,
    at,
  };
  return record;
}

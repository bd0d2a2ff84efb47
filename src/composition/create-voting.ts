/** What members decide and see: consent, ballots and votes, calibration, profiles and their cards. */

import { Ballots } from "../ballots/ballots.js";
import { Questions } from "../ballots/questions.js";
import { ReplyNotes } from "../ballots/reply-notes.js";
import { SealedBallots } from "../ballots/sealed-ballots.js";
import { type VoteChange, Votes, voteOf } from "../ballots/votes.js";
import { Departures } from "../guilds/departures.js";
import { Calibrations } from "../members/calibration/calibrations.js";
import { DeckLibrary } from "../members/calibration/deck-library.js";
import { Consents } from "../members/consents.js";
import { GroupAverages } from "../members/group-averages.js";
import { createMayPool } from "../members/may-pool.js";
import { MemberData } from "../members/member-data.js";
import { Nudges } from "../members/nudges.js";
import { ProfileCards } from "../members/profile-cards.js";
import { secureRandom } from "../shared/secure-random.js";
import { createComparisonIds } from "../store/comparison-ids.js";
import { checkEncryptionKey } from "../store/encryption-key.js";
import { TextCipher } from "../store/text-cipher.js";
import type { Engine } from "./create-engine.js";
import type { ServicesOptions } from "./services-options.js";

const DAY_MS = 24 * 60 * 60 * 1000;

export type Voting = ReturnType<typeof createVoting>;

export function createVoting({ config, clock, log }: ServicesOptions, engine: Engine) {
  const { store, compute, models, profiles, random, metrics } = engine;
  const onVote = (change: VoteChange) => metrics.votes.inc({ change });
  const retentionMs = config.ballotDays * DAY_MS;
  const cipher = config.encryptionKey && new TextCipher(config.encryptionKey);
  const checkEncryption = () =>
    checkEncryptionKey({ store, key: config.encryptionKey, cipher, clock, log });
  const comparisonIds = createComparisonIds(clock);
  const consents = new Consents({ store, clock });
  const ballots = new Ballots({
    ...{ ballots: new SealedBallots(store, cipher), comparisonIds, clock },
    retentionMs,
    onChange: (change, count) => metrics.ballots.inc({ change }, count),
  });
  metrics.readings.ballotsKept = () => store.ballots.count();
  const questions = new Questions({
    store,
    isOpen: async (messageId) => {
      const ballot = await ballots.get(messageId);
      return ballot !== undefined && voteOf(ballot) === undefined;
    },
    clock,
  });
  const votes = new Votes({
    ...{ ballots, profiles, consents, questions, clock, onVote },
    writeTogether: store.writeTogether,
  });
  const replyNotes = new ReplyNotes({
    ...{ store, consents, cipher, clock, retentionMs },
  });
  const decks = new DeckLibrary(compute, models);
  const calibrations = new Calibrations({
    ...{ store, decks, models, profiles, consents },
    ...{ comparisonIds, random, clock, onVote },
  });
  const memberData = new MemberData({
    ...{ store, consents, ballots, replyNotes, clock },
  });
  const { minimumAccountDays } = config;
  const mayPool = createMayPool({ consents, settings: store.settings, minimumAccountDays, clock });
  const averages = new GroupAverages({ store, models, mayPool, random: secureRandom, clock });
  return {
    checkEncryption,
    mayPool,
    ...{ consents, ballots, questions, votes, replyNotes, decks, calibrations, memberData },
    profileCards: new ProfileCards({ profiles, models, averages, calibrations }),
    nudges: new Nudges({
      ...{ decks, models, profiles, consents, comparisonIds, clock },
      comparisons: store.comparisons,
    }),
    departures: new Departures({ store, clock, graceMs: config.guildGraceDays * DAY_MS }),
  };
}

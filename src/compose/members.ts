/** What members decide and see: votes, calibration, profiles and their cards. */
import { Questions } from "../ballots/questions.js";
import { type VoteChange, Votes } from "../ballots/votes.js";
import { DeckGains } from "../conversation/steering/deck-gains.js";
import { LearnedDoses } from "../conversation/steering/learned-doses.js";
import { Steering } from "../conversation/steering/steering.js";
import { Calibrations } from "../members/calibration/calibrations.js";
import { DeckLibrary } from "../members/calibration/deck-library.js";
import { GroupAverages } from "../members/group-averages.js";
import { MemberData } from "../members/member-data.js";
import { MemberLanguages } from "../members/member-languages.js";
import { Nudges } from "../members/nudges.js";
import { ProfileCards } from "../members/profile-cards.js";
import { secureRandom } from "../shared/secure-random.js";
import { StoreUnavailableError } from "../store/store-error.js";
import type { Engine } from "./engine.js";
import type { Housekeeping } from "./housekeeping.js";
import type { ServicesOptions } from "./options.js";

export type Memberships = ReturnType<typeof composeMembers>;

export function composeMembers(
  { clock, log }: ServicesOptions,
  engine: Engine,
  { ballots, comparisonIds, replyNotes }: Housekeeping,
) {
  const { languageModel, metrics } = engine;
  const { store, compute, models, consents, mayPool, profiles, random, serverMeans } = engine;
  const onVote = (change: VoteChange) => metrics.votes.inc({ change });
  const questions = new Questions({
    store,
    isOpen: (messageId) => ballots.isOpen(messageId),
    clock,
  });
  const { writeTogether } = store;
  const votes = new Votes({
    ballots,
    profiles,
    consents,
    questions,
    clock,
    onVote,
    writeTogether,
  });
  const decks = new DeckLibrary(compute, models);
  const onError = (err: unknown) => {
    if (!(err instanceof StoreUnavailableError)) log.error({ event: "steering.unlearned", err });
  };
  const doses = new LearnedDoses({ store, languageModel, clock, onError });
  const gains = new DeckGains(decks);
  const steering = new Steering({ gains, doses, profiles, models, consents, random });
  const calibrations = new Calibrations({
    store,
    decks,
    models,
    profiles,
    consents,
    comparisonIds,
    random,
    clock,
    onVote,
  });
  const averages = new GroupAverages({ store, models, mayPool, random: secureRandom, clock });
  return {
    questions,
    votes,
    decks,
    steering,
    doses,
    calibrations,
    languages: new MemberLanguages(consents),
    memberData: new MemberData({ store, consents, ballots, replyNotes, serverMeans, clock }),
    profileCards: new ProfileCards({
      profiles,
      models,
      averages,
      calibrations,
      mannerOf: (member) => steering.standing(member),
    }),
    nudges: new Nudges({
      decks,
      models,
      profiles,
      consents,
      comparisons: store.comparisons,
      comparisonIds,
      clock,
    }),
  };
}

/** Puts the services together; the bot and the playground run the same ones. */
import { createRandomGenerator, type RandomGenerator } from "../models/random.js";
import { createStarterModel } from "../models/starter.js";
import { type Compute, createCompute } from "../workers/compute.js";
import { Calibrations } from "./calibration/calibrations.js";
import { DeckLibrary } from "./calibration/deck-library.js";
import { Circuit } from "./chat/circuit.js";
import { createCandidateSource } from "./chat/create-candidate-source.js";
import { loadDeck } from "./chat/deck.js";
import { ReplyNotes } from "./chat/reply-notes.js";
import { ReplyPolicy } from "./chat/reply-policy.js";
import type { Clock } from "./clock.js";
import type { Config } from "./config.js";
import { Consents } from "./consent/consents.js";
import { configuredEncoding, withConfiguredEncoder } from "./encoding/configured-encoder.js";
import { Departures } from "./guilds/departures.js";
import { GuildSettings } from "./guilds/guild-settings.js";
import { Cooldown } from "./limits/cooldown.js";
import { DayCounts } from "./limits/day-counts.js";
import { LimitedCandidates } from "./limits/limited-candidates.js";
import { Limits } from "./limits/limits.js";
import { Spending } from "./limits/spending.js";
import type { Log } from "./log.js";
import { MemberData } from "./profiles/member-data.js";
import { Nudges } from "./profiles/nudges.js";
import { ProfileCards } from "./profiles/profile-cards.js";
import { Profiles } from "./profiles/profiles.js";
import { refitStale } from "./profiles/stale-refits.js";
import { countCalls } from "./status/compute-load.js";
import { Usage } from "./status/usage.js";
import { openLoggedStore } from "./storage/logged-store.js";
import type { Store } from "./storage/store.js";
import { TextCipher } from "./storage/text-cipher.js";
import { isOldEnough } from "./training/account-age.js";
import { AxisWords } from "./training/axis-words.js";
import type { TrainingScope } from "./training/feedback.js";
import { ModelLibrary } from "./training/model-library.js";
import { watchModels } from "./training/model-watch.js";
import { Retraining } from "./training/retraining.js";
import { Ballots } from "./voting/ballots.js";
import { Questions } from "./voting/questions.js";
import { SealedBallots } from "./voting/sealed-ballots.js";
import { type VoteChange, Votes, voteOf } from "./voting/votes.js";
import { countTokens, MeasuredCandidates } from "./watching/measured-candidates.js";
import { measureCompute } from "./watching/measured-compute.js";
import { measureStore } from "./watching/measured-store.js";
import { createMetrics, type Metrics } from "./watching/metrics.js";

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Services {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: ModelLibrary;
  readonly profiles: Profiles;
  readonly consents: Consents;
  readonly questions: Questions;
  readonly decks: DeckLibrary;
  readonly calibrations: Calibrations;
  readonly profileCards: ProfileCards;
  readonly nudges: Nudges;
  readonly memberData: MemberData;
  readonly replyNotes: ReplyNotes;
  readonly departures: Departures;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly replies: ReplyPolicy;
  readonly retraining: Retraining;
  /** By server: when its admins may start a retraining by hand. */
  readonly retrainTurns: Cooldown;
  readonly limits: Limits;
  readonly random: RandomGenerator;
  readonly config: Config;
  readonly guildSettings: GuildSettings;
  readonly usage: Usage;
  readonly inHand: () => number;
  readonly languageModel: string;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Ends the threads and closes the store. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  readonly config: Config;
  readonly scope: TrainingScope;
  readonly clock: Clock;
  /** New ones where they are not given. */
  readonly metrics?: Metrics;
  readonly log: Log;
}

/** Opens the store, starts the worker pools and builds every service on top. Throws `StoreError`. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { config, scope, clock, log, metrics = createMetrics() } = options;
  const store = measureStore(await openLoggedStore(config.storeUrl, log), metrics);
  metrics.readings.ballotsKept = () => store.ballots.count();
  const threads = config.computeThreads;
  metrics.computeThreads.set(threads);
  const usage = new Usage(store.usage, clock, config.openai?.prices);
  const days = await DayCounts.open({ records: store.dayCounts, clock, log });
  const limits = new Limits({ config: config.limits, days, clock });
  const spending = new Spending(usage, limits, log, (tokens) => countTokens(metrics, tokens));
  const circuit = new Circuit("language model", log);
  const { compute, inHand } = countCalls(
    withConfiguredEncoder(measureCompute(createCompute({ threads }), metrics), config, {
      circuit: new Circuit("embedding model", log),
      onUsage: spending.embedding,
    }),
  );
  const starter = createStarterModel(configuredEncoding(config));
  const seed = config.seed ?? clock();
  const random = createRandomGenerator(seed);
  const models = await ModelLibrary.open(store, scope.name, starter);
  const watch = watchModels(models, log);
  const { voteHalfLife } = config;
  const profiles = new Profiles({ store, compute, models, voteHalfLife, clock, log });
  const refits = refitStale({ store, models, profiles, accepts: scope.accepts, log });
  const retentionMs = config.ballotDays * DAY_MS;
  const cipher = config.encryptionKey && new TextCipher(config.encryptionKey);
  const sealed = new SealedBallots(store.ballots, cipher);
  const ballots = new Ballots({
    ...{ ballots: sealed, clock, retentionMs },
    onChange: (change, count) => metrics.ballots.inc({ change }, count),
  });
  const consents = new Consents({ consents: store.consents, clock });
  const questions = new Questions({
    questions: store.questions,
    isOpen: async (messageId) => {
      const ballot = await ballots.get(messageId);
      return ballot !== undefined && voteOf(ballot) === undefined;
    },
    clock,
  });
  const onVote = (change: VoteChange) => metrics.votes.inc({ change });
  const votes = new Votes({ ballots, profiles, consents, questions, clock, onVote });
  const replyNotes = new ReplyNotes({
    ...{ replies: store.replies, consents, cipher, clock, retentionMs },
  });
  const decks = new DeckLibrary(compute, models);
  const { calibrations: calibrationRecords } = store;
  const calibrations = new Calibrations({
    ...{ calibrations: calibrationRecords, decks, models, profiles, consents },
    ...{ random, clock, onVote },
  });
  const profileCards = new ProfileCards({ store, profiles, models, consents, calibrations });
  const nudges = new Nudges({ decks, models, profiles, consents, clock });
  const memberData = new MemberData({
    ...{ store, consents, profiles, questions, calibrations, ballots, votes, replyNotes },
  });
  const graceMs = config.guildGraceDays * DAY_MS;
  const departures = new Departures({ store, clock, graceMs });
  const limitedCandidates = new LimitedCandidates({
    candidates: createCandidateSource(config, { random, circuit, onUsage: spending.chat }),
    config: config.limits,
    limits,
  });
  metrics.readings.languageModelWaiting = () => limitedCandidates.waiting;
  const replies = new ReplyPolicy({
    candidates: new MeasuredCandidates(limitedCandidates, metrics),
    ballotBudget: limits,
    candidateCount: config.candidates,
    compute,
    models,
    profiles,
    consents,
    questions,
    questionGap: config.questionGap,
    questionsPerDay: async (guildId) =>
      (await store.settings.get(guildId))?.questionsPerDay ?? config.questionsPerDay,
    random,
    log,
  });
  const retraining = new Retraining({
    store,
    compute,
    models,
    profiles,
    scope,
    mayPool: async (member) =>
      isOldEnough(member.memberId, config.minimumAccountDays, clock()) &&
      (await store.settings.get(member.guildId))?.pooledTraining !== false &&
      (await consents.mayPool(member)),
    mostComparisons: config.retrainComparisons,
    leaveOutColluders: config.leaveOutColluders,
    axisWords:
      config.openai &&
      new AxisWords({
        ...{ openai: config.openai, deck: loadDeck(), compute, circuit, log },
        onUsage: spending.chat,
        mayAsk: () => limits.candidates(undefined, 1) > 0,
      }),
    seed: 1,
    clock,
    onEnd: (verdict, seconds) => {
      metrics.retrainings.inc({ verdict });
      if (verdict !== "refused") metrics.retrainingSeconds.observe(seconds);
    },
    log,
  });
  return {
    ...{ store, compute, models, profiles, consents, questions, ballots, votes },
    ...{ decks, calibrations, profileCards, nudges, memberData, replyNotes, departures },
    ...{ config, clock, usage, inHand, languageModel: config.openai?.model ?? "none (the deck)" },
    guildSettings: new GuildSettings(store.settings),
    ...{ replies, retraining, random, limits, metrics },
    retrainTurns: new Cooldown(config.limits.retrainMinutes * MINUTE_MS, clock),
    close: async () => {
      await watch.stop();
      await refits.stop();
      await compute.close();
      await days.write();
      await store.close();
    },
  };
}

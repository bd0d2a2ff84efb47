/**
 * The one place that builds the product's parts and hands them to each other, from the ground up; the
 * bot and the playground run the same ones. Knows no Discord.
 */
import { createRandomGenerator } from "../models/algebra/random.js";
import { createStarterModel } from "../models/rewards/starter.js";
import { createCompute } from "../workers/compute.js";
import { Ballots } from "./ballots/ballots.js";
import { Questions } from "./ballots/questions.js";
import { ReplyNotes } from "./ballots/reply-notes.js";
import { SealedBallots } from "./ballots/sealed-ballots.js";
import { type VoteChange, Votes } from "./ballots/votes.js";
import type { Config } from "./config.js";
import { createCandidateChain } from "./conversation/candidates/candidate-chain.js";
import { Circuit } from "./conversation/candidates/circuit.js";
import {
  configuredEncoding,
  withConfiguredEncoder,
} from "./conversation/embeddings/configured-encoder.js";
import { openServers } from "./conversation/model-server/chat-servers.js";
import { ReplyPolicy } from "./conversation/reply-policy.js";
import { createRubric, type Rubric } from "./conversation/rubric/rubric.js";
import { DeckGains } from "./conversation/steering/deck-gains.js";
import { LearnedDoses } from "./conversation/steering/learned-doses.js";
import { Steering } from "./conversation/steering/steering.js";
import { Departures } from "./guilds/departures.js";
import { GuildSettings } from "./guilds/guild-settings.js";
import { Cooldown } from "./limits/cooldown.js";
import { DayCounts } from "./limits/day-counts.js";
import { Limits } from "./limits/limits.js";
import { ReportTurns } from "./limits/report-turns.js";
import { Spending } from "./limits/spending.js";
import { Usage } from "./limits/usage.js";
import { Calibrations } from "./members/calibration/calibrations.js";
import { DeckLibrary } from "./members/calibration/deck-library.js";
import { Consents } from "./members/consents.js";
import { GroupAverages } from "./members/group-averages.js";
import { createMayPool } from "./members/may-pool.js";
import { MemberData } from "./members/member-data.js";
import { MemberLanguages } from "./members/member-languages.js";
import { Nudges } from "./members/nudges.js";
import { ProfileCards } from "./members/profile-cards.js";
import { Profiles } from "./members/profiles.js";
import { ServerMeans } from "./members/server-means.js";
import { refitStale } from "./members/stale-refits.js";
import { countCalls } from "./observability/compute-load.js";
import { countTokens, MeasuredCandidates } from "./observability/measured-candidates.js";
import { measureCompute } from "./observability/measured-compute.js";
import { countRetraining } from "./observability/measured-retraining.js";
import { measureStore } from "./observability/measured-store.js";
import { createMetrics, type Metrics } from "./observability/metrics.js";
import { Updates } from "./observability/updates.js";
import { loadDeck } from "./shared/deck/deck.js";
import type { Log } from "./shared/log.js";
import { secureRandom } from "./shared/secure-random.js";
import type { Clock } from "./shared/time.js";
import { checkEncryptionKey } from "./store/encryption-key.js";
import { createComparisonIds } from "./store/ids.js";
import { openLoggedStore } from "./store/logged-store.js";
import { TextCipher } from "./store/text-cipher.js";
import { AxisWords } from "./training/axis-words.js";
import type { TrainingScope } from "./training/feedback.js";
import { ModelLibrary, tellUnusable } from "./training/model-library.js";
import { watchModels } from "./training/model-watch.js";
import { Retraining } from "./training/retraining.js";

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface ServicesOptions {
  readonly config: Config;
  readonly scope: TrainingScope;
  readonly clock: Clock;
  /** New ones where they are not given. */
  readonly metrics?: Metrics;
  readonly log: Log;
}

/** Everything that the bot and the playground call. Whoever needs some of it names what. */
export type Services = Awaited<ReturnType<typeof createServices>>;

type Engine = Awaited<ReturnType<typeof composeEngine>>;
type Memberships = ReturnType<typeof composeMembers>;

/** Opens the store, starts the worker pools and builds every service on top. Throws `StoreError`. */
export async function createServices(options: ServicesOptions) {
  const { config, clock, log } = options;
  const engine = await composeEngine(options);
  const members = composeMembers(options, engine);
  const { store } = engine;
  await checkEncryptionKey({
    store,
    key: config.encryptionKey,
    cipher: members.cipher,
    clock,
    log,
  });
  return {
    ...engine,
    ...members,
    config,
    clock,
    close: async () => {
      await members.steering.settled();
      await engine.close();
    },
    replies: composeReplies(options, engine, members),
    retraining: composeRetraining(options, engine),
    /** When the next retraining by hand may start. */
    retrainTurns: new Cooldown(config.limits.retrainMinutes * MINUTE_MS, clock),
    reportTurns: new ReportTurns(clock),
    guildSettings: new GuildSettings(store.settings, config.openai?.otherModels),
    departures: new Departures({ store, clock, graceMs: config.guildGraceDays * DAY_MS }),
    updates: new Updates({ url: config.updateUrl, log }),
  };
}

/** The parts below everything: the store, the limits, the worker pools, base rewards and profiles. */
async function composeEngine(options: ServicesOptions) {
  const { config, scope, clock, log, metrics = createMetrics() } = options;
  const store = measureStore(await openLoggedStore(config.storeUrl, log), metrics);
  const usage = new Usage(store.usage, clock, config.openai?.prices);
  const days = await DayCounts.open({
    records: store.dayCounts,
    secrets: store.daySecrets,
    encryptionKey: config.encryptionKey,
    clock,
    log,
  });
  const limits = new Limits({ config: config.limits, days, clock });
  const spending = new Spending(usage, limits, log, (tokens) => countTokens(metrics, tokens));
  const servers = openServers(config, spending.chat);
  const chatServer = servers.first?.main;
  const circuit = new Circuit("language model", log, chatServer && (() => chatServer.isWell()));
  const rubric = createRubric({ config, server: chatServer, circuit, limits, log });
  const { compute, inHand } = composeCompute(options, metrics, { spending, rubric });
  const starter = createStarterModel(configuredEncoding(config));
  const models = await ModelLibrary.open(store, scope.name, starter, tellUnusable(log));
  const watch = watchModels(models, log);
  const { minimumAccountDays, voteHalfLife } = config;
  const consents = new Consents({ store, clock });
  const mayPool = createMayPool({ consents, settings: store.settings, minimumAccountDays, clock });
  const serverMeans = new ServerMeans({ profiles: store.profiles, mayPool, clock, log });
  const profiles = new Profiles({ store, compute, models, serverMeans, voteHalfLife, clock, log });
  const refits = refitStale({ store, models, profiles, accepts: scope.accepts, log });
  return {
    metrics,
    store,
    usage,
    limits,
    spending,
    compute,
    /** How many calls of the worker pools have begun and not ended. */
    inHand,
    models,
    consents,
    mayPool,
    serverMeans,
    profiles,
    random: createRandomGenerator(config.seed ?? clock()),
    languageModel: config.openai?.model ?? "none (the deck)",
    servers,
    /** Of the main language model; undefined where the deck answers. */
    chatServer,
    circuit,
    /** Ends the threads and closes the store. */
    close: async () => {
      await watch.stop();
      await refits.stop();
      await compute.close();
      await days.write();
      await store.close();
    },
  };
}

/** The worker pools, measured and counted, with the encoder that is configured. */
function composeCompute(
  { config, log }: ServicesOptions,
  metrics: Metrics,
  { spending, rubric }: { readonly spending: Spending; readonly rubric: Rubric | undefined },
) {
  const threads = config.computeThreads;
  metrics.computeThreads.set(threads);
  const measured = measureCompute(createCompute({ threads }), metrics);
  const circuit = new Circuit("embedding model", log);
  return countCalls(
    withConfiguredEncoder(measured, config, { circuit, onUsage: spending.embedding, rubric }),
  );
}

/** What members decide and see: consent, ballots and votes, calibration, profiles and their cards. */
function composeMembers({ config, clock }: ServicesOptions, engine: Engine) {
  const { languageModel, metrics } = engine;
  const { store, compute, models, consents, mayPool, profiles, random, serverMeans } = engine;
  const onVote = (change: VoteChange) => metrics.votes.inc({ change });
  const retentionMs = config.ballotDays * DAY_MS;
  const cipher = config.encryptionKey && new TextCipher(config.encryptionKey);
  const comparisonIds = createComparisonIds(clock);
  const ballots = new Ballots({
    ballots: new SealedBallots(store, cipher),
    comparisonIds,
    clock,
    retentionMs,
    onChange: (change, count) => metrics.ballots.inc({ change }, count),
  });
  metrics.readings.ballotsKept = () => store.ballots.count();
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
  const replyNotes = new ReplyNotes({ store, consents, cipher, clock, retentionMs });
  const decks = new DeckLibrary(compute, models);
  const doses = new LearnedDoses({ records: store.doses, languageModel, clock });
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
    cipher,
    ballots,
    questions,
    votes,
    replyNotes,
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

/** What answers: the candidates, and the policy that picks or asks. */
function composeReplies(
  { config, log }: ServicesOptions,
  engine: Engine,
  { questions, steering }: Memberships,
): ReplyPolicy {
  const { circuit, compute, consents, limits, metrics, models, profiles, random, servers } = engine;
  const { candidates, waiting } = createCandidateChain({
    config,
    random,
    servers,
    circuit,
    log,
    limits,
    measured: (source) => new MeasuredCandidates(source, metrics),
  });
  metrics.readings.languageModelWaiting = waiting;
  return new ReplyPolicy({
    candidates,
    ballotBudget: limits,
    candidateCount: config.candidates,
    compute,
    models,
    profiles,
    consents,
    steering,
    questions,
    random,
    log,
    questionGap: config.questionGap,
    questionsPerDay: async (guildId) =>
      (await engine.store.settings.get(guildId))?.questionsPerDay ?? config.questionsPerDay,
  });
}

/** What learns new base rewards, from whom it may, and gives them words. */
function composeRetraining(
  { config, scope, clock, log }: ServicesOptions,
  engine: Engine,
): Retraining {
  const { chatServer, circuit, compute, limits, mayPool, metrics, models, profiles, store } =
    engine;
  const { openai } = config;
  const axisWords =
    openai &&
    chatServer &&
    new AxisWords({
      openai,
      server: chatServer,
      deck: loadDeck(),
      compute,
      circuit,
      log,
      mayAsk: () => limits.candidates(undefined, 1) > 0,
    });
  return new Retraining({
    store,
    compute,
    models,
    profiles,
    scope,
    mayPool,
    clock,
    log,
    mostComparisons: config.retrainComparisons,
    leaveOutColluders: config.leaveOutColluders,
    axisWords,
    seed: 1,
    onEnd: (verdict, seconds) => countRetraining(metrics, verdict, seconds),
  });
}

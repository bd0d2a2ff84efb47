/** Puts the services together; the bot and the playground run the same ones. */
import { createRandomGenerator, type RandomGenerator } from "../models/random.js";
import { createStarterModel } from "../models/starter.js";
import { type Compute, createCompute } from "../workers/compute.js";
import { createCandidateSource } from "./chat/create-candidate-source.js";
import { loadDeck } from "./chat/deck.js";
import { ReplyPolicy } from "./chat/reply-policy.js";
import type { Clock } from "./clock.js";
import type { Config } from "./config.js";
import { configuredEncoding, withConfiguredEncoder } from "./encoding/configured-encoder.js";
import type { Log } from "./log.js";
import { Profiles } from "./profiles/profiles.js";
import { openStore, type Store } from "./storage/store.js";
import { AxisWords } from "./training/axis-words.js";
import type { TrainingScope } from "./training/feedback.js";
import { ModelLibrary } from "./training/model-library.js";
import { watchModels } from "./training/model-watch.js";
import { Retraining } from "./training/retraining.js";
import { Ballots } from "./voting/ballots.js";
import { Votes } from "./voting/votes.js";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Services {
  readonly store: Store;
  readonly compute: Compute;
  readonly models: ModelLibrary;
  readonly profiles: Profiles;
  readonly ballots: Ballots;
  readonly votes: Votes;
  readonly replies: ReplyPolicy;
  readonly retraining: Retraining;
  readonly random: RandomGenerator;
  /** Ends the threads and closes the store. */
  close(): Promise<void>;
}

export interface ServicesOptions {
  readonly config: Config;
  readonly scope: TrainingScope;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens the store, starts the worker pools and builds every service on top. Throws `StoreError`. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { config, scope, clock, log } = options;
  const store = await openStore(config.storeUrl, (error) =>
    log.error({ event: "store.error", err: error }),
  );
  const compute = withConfiguredEncoder(createCompute({ threads: config.computeThreads }), config);
  const starter = createStarterModel(configuredEncoding(config));
  const seed = config.seed ?? clock();
  const random = createRandomGenerator(seed);
  const models = await ModelLibrary.open(store, scope.name, starter);
  const watch = watchModels(models, log);
  const { voteHalfLife } = config;
  const profiles = new Profiles({ store, compute, models, voteHalfLife, clock, log });
  const retentionMs = config.ballotDays * DAY_MS;
  const ballots = new Ballots({ ballots: store.ballots, clock, retentionMs });
  const votes = new Votes({ ballots, comparisons: store.comparisons, profiles, clock });
  const replies = new ReplyPolicy({
    candidates: createCandidateSource(config, random),
    candidateCount: config.candidates,
    compute,
    models,
    profiles,
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
    axisWords:
      config.openai && new AxisWords({ openai: config.openai, deck: loadDeck(), compute, log }),
    seed: 1,
    clock,
    log,
  });
  return {
    ...{ store, compute, models, profiles, ballots, votes, replies, retraining, random },
    close: async () => {
      await watch.stop();
      await compute.close();
      await store.close();
    },
  };
}

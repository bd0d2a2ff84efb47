/** Builds what is below everything, in every role: the store, the limits, the worker pools, base rewards and profiles. */
import { createRandomGenerator } from "../../models/algebra/random.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { createCompute } from "../../workers/compute.js";
import { Circuit } from "../conversation/candidates/circuit.js";
import {
  configuredEncoding,
  withConfiguredEncoder,
} from "../conversation/embeddings/configured-encoder.js";
import { openServers } from "../conversation/model-server/chat-servers.js";
import { createRubric, type Rubric } from "../conversation/rubric/rubric.js";
import { DayCounts } from "../limits/day-counts.js";
import { Limits } from "../limits/limits.js";
import { Spending } from "../limits/spending.js";
import { Usage } from "../limits/usage.js";
import { Consents } from "../members/consents.js";
import { createMayPool } from "../members/may-pool.js";
import { Profiles } from "../members/profiles.js";
import { ServerMeans } from "../members/server-means.js";
import { countCalls } from "../observability/compute-load.js";
import { countTokens } from "../observability/measured-candidates.js";
import { measureCompute } from "../observability/measured-compute.js";
import { measureStore } from "../observability/measured-store.js";
import { createMetrics, type Metrics } from "../observability/metrics.js";
import { openLoggedStore } from "../store/logged-store.js";
import { ModelLibrary, tellUnusable } from "../training/model-library.js";
import { watchModels } from "../training/model-watch.js";
import type { ServicesOptions } from "./options.js";

export type Engine = Awaited<ReturnType<typeof composeEngine>>;

/** Throws `StoreError`. */
export async function composeEngine(options: ServicesOptions) {
  const { config, scope, clock, log, metrics = createMetrics() } = options;
  const opened = options.store ?? (await openLoggedStore(config.storeUrl, log));
  const store = measureStore(opened, metrics);
  const usage = new Usage(store, clock, config.openai?.prices, (err) =>
    log.warn({ event: "usage.uncounted", err }),
  );
  const days = await DayCounts.open({
    store,
    encryptionKey: config.encryptionKey,
    clock,
    log,
  });
  const limits = new Limits({ config: config.limits, days, clock });
  const spending = new Spending(usage, limits, (tokens) => countTokens(metrics, tokens));
  const servers = openServers(config, spending.chat, spending.hold);
  const chatServer = servers.first?.main;
  const circuit = new Circuit("language model", log, chatServer && (() => chatServer.isWell()));
  const rubric = createRubric({ config, server: chatServer, circuit, limits, log });
  const { compute, inHand } = composeCompute(options, metrics, { spending, rubric });
  const starter = createStarterModel(configuredEncoding(config));
  const models = await ModelLibrary.open(store, scope.name, starter, tellUnusable(log));
  const watch = watchModels(models, store, log);
  const { minimumAccountDays, voteHalfLife } = config;
  const consents = new Consents({ store, clock });
  const mayPool = createMayPool({ consents, settings: store.settings, minimumAccountDays, clock });
  const serverMeans = new ServerMeans({ profiles: store.profiles, mayPool, clock, log });
  const profiles = new Profiles({ store, compute, models, serverMeans, voteHalfLife, clock, log });
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
      await compute.close();
      await usage.close();
      await days.close();
      await store.close();
    },
  };
}

/** The worker pools, measured and counted, with the encoder that is configured. */
function composeCompute(
  { config, log, interactiveTimeoutMs }: ServicesOptions,
  metrics: Metrics,
  { spending, rubric }: { readonly spending: Spending; readonly rubric: Rubric | undefined },
) {
  const threads = config.computeThreads;
  metrics.computeThreads.set(threads);
  const pools = createCompute({ threads, ...(interactiveTimeoutMs && { interactiveTimeoutMs }) });
  const measured = measureCompute(pools, metrics);
  const circuit = new Circuit("embedding model", log);
  return countCalls(
    withConfiguredEncoder(measured, config, {
      circuit,
      onUsage: spending.embedding,
      hold: spending.hold,
      rubric,
    }),
  );
}

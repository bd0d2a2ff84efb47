/** The parts below everything: the store, the limits, the worker pools, base rewards and profiles. */
import { createRandomGenerator } from "../../models/algebra/random.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { createCompute } from "../../workers/compute.js";
import { Circuit } from "../conversation/candidates/circuit.js";
import {
  configuredEncoding,
  withConfiguredEncoder,
} from "../conversation/embeddings/configured-encoder.js";
import { ChatServer } from "../conversation/model-server/chat-server.js";
import { DayCounts } from "../limits/day-counts.js";
import { Limits } from "../limits/limits.js";
import { Spending } from "../limits/spending.js";
import { Usage } from "../limits/usage.js";
import { Consents } from "../members/consents.js";
import { Profiles } from "../members/profiles.js";
import { ServerMeans } from "../members/server-means.js";
import { refitStale } from "../members/stale-refits.js";
import { countCalls } from "../observability/compute-load.js";
import { countTokens } from "../observability/measured-candidates.js";
import { measureCompute } from "../observability/measured-compute.js";
import { measureStore } from "../observability/measured-store.js";
import { createMetrics } from "../observability/metrics.js";
import { openLoggedStore } from "../store/logged-store.js";
import type { MemberKey } from "../store/records.js";
import { ModelLibrary } from "../training/model-library.js";
import { watchModels } from "../training/model-watch.js";
import type { ServicesOptions } from "./services-options.js";

const UNUSABLE_HINT =
  "The starter answers. Check EMBEDDING_MODEL and EMBEDDING_DIMENSIONS, or look at npm run models -- list and restore another version.";

export type Engine = Awaited<ReturnType<typeof createEngine>>;

/** Opens the store and starts the worker pools. Throws `StoreError`. */
export async function createEngine(options: ServicesOptions) {
  const { config, scope, clock, log, metrics = createMetrics() } = options;
  const store = measureStore(await openLoggedStore(config.storeUrl, log), metrics);
  const usage = new Usage(store.usage, clock, config.openai?.prices);
  const days = await DayCounts.open({
    ...{ records: store.dayCounts, secrets: store.daySecrets, clock, log },
    encryptionKey: config.encryptionKey,
  });
  const limits = new Limits({ config: config.limits, days, clock });
  const spending = new Spending(usage, limits, log, (tokens) => countTokens(metrics, tokens));
  const threads = config.computeThreads;
  metrics.computeThreads.set(threads);
  const { compute, inHand } = countCalls(
    withConfiguredEncoder(measureCompute(createCompute({ threads }), metrics), config, {
      circuit: new Circuit("embedding model", log),
      onUsage: spending.embedding,
    }),
  );
  const starter = createStarterModel(configuredEncoding(config));
  const random = createRandomGenerator(config.seed ?? clock());
  const models = await ModelLibrary.open(store, scope.name, starter, (version, reason) =>
    log.warn({ event: "models.unusable", version, reason, hint: UNUSABLE_HINT }),
  );
  const watch = watchModels(models, log);
  const { requestsAtOnce } = config.limits;
  const chatServer =
    config.openai && new ChatServer(config.openai, spending.chat, { requestsAtOnce });
  const { voteHalfLife } = config;
  const consents = new Consents({ store, clock });
  const mayPool = (member: MemberKey) => consents.mayPool(member);
  const serverMeans = new ServerMeans({ profiles: store.profiles, mayPool, clock, log });
  const profiles = new Profiles({ store, compute, models, serverMeans, voteHalfLife, clock, log });
  const refits = refitStale({ store, models, profiles, accepts: scope.accepts, log });
  return {
    ...{ metrics, store, usage, limits, spending, compute, inHand, models, profiles, random },
    serverMeans,
    chatServer,
    circuit: new Circuit("language model", log, chatServer && (() => chatServer.isWell())),
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

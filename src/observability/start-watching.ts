/** Puts metrics and health on the configured address. */

import type { Config } from "../config.js";
import type { Clock } from "../shared/time.js";
import type { Store } from "../store/store.js";
import { storeCheck } from "./health.js";
import type { Metrics, Readings, ShardReading } from "./metrics.js";
import { startWatchServer, type WatchServer } from "./watch-server.js";

export interface Watched {
  readonly metrics: Metrics;
  readonly store: Pick<Store, "trials">;
  readonly clock: Clock;
}

/** Undefined if METRICS_PORT is empty. Throws `WatchServerError`. */
export async function startWatching(
  { watching }: Pick<Config, "watching">,
  { metrics, store, clock }: Watched,
): Promise<WatchServer | undefined> {
  if (watching === undefined) return undefined;
  const { registry, readings } = metrics;
  return startWatchServer({
    ...watching,
    registry,
    checks: {
      gateway: async () => gatewayProblem(readings),
      store: storeCheck(() => store.trials.set("last", { at: clock() }), clock),
    },
  });
}

function gatewayProblem({ gatewayNeeded, gatewayReady, shards }: Readings): string | undefined {
  if (!gatewayNeeded() || gatewayReady()) return undefined;
  const lost = shards().filter(({ isReady }) => !isReady);
  const where = shards().length > 1 && lost.length > 0 ? ` on ${shardNames(lost)}` : "";
  return `no events from Discord arrive${where}`;
}

function shardNames(shards: readonly ShardReading[]): string {
  const ids = shards.map(({ id }) => id).join(", ");
  return `${shards.length === 1 ? "shard" : "shards"} ${ids}`;
}

/** Puts metrics and health on the configured address. */

import type { Config } from "../config.js";
import type { Clock } from "../shared/time.js";
import type { Store } from "../store/store.js";
import { storeCheck } from "./health.js";
import type { Metrics } from "./metrics.js";
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
      gateway: async () => (readings.gatewayReady() ? undefined : "no events from Discord arrive"),
      store: storeCheck(() => store.trials.set("last", { at: clock() }), clock),
    },
  });
}

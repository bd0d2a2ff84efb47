/** What everything is built from. */
import type { Config } from "../config.js";
import type { Metrics } from "../observability/metrics.js";
import type { Log } from "../shared/log.js";
import type { Clock } from "../shared/time.js";
import type { Store } from "../store/store.js";
import type { TrainingScope } from "../training/feedback.js";

export const MINUTE_MS = 60 * 1000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

export interface ServicesOptions {
  readonly config: Config;
  readonly scope: TrainingScope;
  readonly clock: Clock;
  /** New ones where they are not given. */
  readonly metrics?: Metrics;
  readonly log: Log;
  /** The store of the configuration is opened, for this process alone where that can be, if none is given. */
  readonly store?: Store;
  /** How long the worker pools may take for what somebody waits for; for tests. */
  readonly interactiveTimeoutMs?: number;
}

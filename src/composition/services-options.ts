/** What the services are made of. */
import type { Clock } from "../clock.js";
import type { Config } from "../config.js";
import type { Log } from "../log.js";
import type { TrainingScope } from "../training/feedback.js";
import type { Metrics } from "../watching/metrics.js";

export interface ServicesOptions {
  readonly config: Config;
  readonly scope: TrainingScope;
  readonly clock: Clock;
  /** New ones where they are not given. */
  readonly metrics?: Metrics;
  readonly log: Log;
}

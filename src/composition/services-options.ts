/** What the services are made of. */

import type { Config } from "../config.js";
import type { Metrics } from "../observability/metrics.js";
import type { Clock } from "../shared/clock.js";
import type { Log } from "../shared/log.js";
import type { TrainingScope } from "../training/feedback.js";

export interface ServicesOptions {
  readonly config: Config;
  readonly scope: TrainingScope;
  readonly clock: Clock;
  /** New ones where they are not given. */
  readonly metrics?: Metrics;
  readonly log: Log;
}

/** Retrainings, counted and timed. */
import type { RetrainingVerdict } from "../training/retraining.js";
import type { Metrics } from "./metrics.js";

/** Counts how a retraining ended, and how long it took if it began. */
export function countRetraining(
  { retrainings, retrainingSeconds }: Metrics,
  verdict: RetrainingVerdict,
  seconds: number,
): void {
  retrainings.inc({ verdict });
  if (verdict !== "refused") retrainingSeconds.observe(seconds);
}

/** The worker threads' verbs, counted and timed. */

import type { Compute } from "../../workers/compute.js";
import { ComputeError } from "../../workers/compute-error.js";
import type { Metrics } from "./metrics.js";

type Verb = Exclude<keyof Compute, "close">;

/** The same `compute`; calls, outcomes, times and what waits go to `metrics`. */
export function measureCompute(compute: Compute, metrics: Metrics): Compute {
  const interactive = <Result>(verb: Verb, call: () => Promise<Result>) => {
    const end = metrics.computeSeconds.startTimer({ verb });
    return counted(metrics, verb, "interactive", call).finally(end);
  };
  return {
    ...compute,
    scoreCandidates: (request) =>
      interactive("scoreCandidates", () => compute.scoreCandidates(request)),
    selectPair: (request) => interactive("selectPair", () => compute.selectPair(request)),
    updateWeights: (request) => interactive("updateWeights", () => compute.updateWeights(request)),
    retrain: (request, onProgress, signal) =>
      counted(metrics, "retrain", "training", () => compute.retrain(request, onProgress, signal)),
  };
}

async function counted<Result>(
  { computeCalls, computeInHand }: Metrics,
  verb: Verb,
  pool: "interactive" | "training",
  call: () => Promise<Result>,
): Promise<Result> {
  computeInHand.inc({ pool });
  try {
    const result = await call();
    computeCalls.inc({ verb, outcome: "done" });
    return result;
  } catch (error) {
    const outcome = error instanceof ComputeError ? error.failure : "failed";
    computeCalls.inc({ verb, outcome });
    throw error;
  } finally {
    computeInHand.dec({ pool });
  }
}

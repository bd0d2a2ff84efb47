/** What is done by itself or takes long: the retraining, the purge, the refits. Who does it is another's matter. */
import type { RetrainProgress } from "../../../workers/requests.js";
import type { RetrainingReport } from "../retraining.js";

/** How the retraining is. */
export interface TrainingState {
  /** How far the training is that runs now; undefined if none does. */
  readonly progress: RetrainProgress | undefined;
  /** What came of the last one that is known of. */
  readonly lastReport: RetrainingReport | undefined;
}

/** No process takes the job. */
export class NoTrainerError extends Error {
  override readonly name = "NoTrainerError";

  constructor() {
    super(
      "No process takes the training: start one with ROLE=trainer. It is done as soon as there is one.",
    );
  }
}

export interface Jobs {
  /** Begins with what is done by itself, at its times. */
  start(): Promise<void>;
  /**
   * A retraining beside those of the schedule: resolves with what came of it. Throws as
   * `Retraining.run` does.
   */
  retrain(onProgress: (progress: RetrainProgress) => void): Promise<RetrainingReport>;
  training(): Promise<TrainingState>;
  /** No job begins any more. Resolves when none is under way, or will be begun again elsewhere. */
  stop(): Promise<void>;
}

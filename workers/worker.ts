/**
 * Everything that runs inside a worker thread: the verbs of the pool, one exported function each.
 * Results are copied to the caller, not moved: they are small, and V8 reads typed arrays more slowly
 * in a thread that has ever given one away.
 */
import type { MessagePort } from "node:worker_threads";
import { selectPair as selectPairAmong } from "../models/acquisition.js";
import { scoreFeatures } from "../models/candidate-scores.js";
import { encodeResponses } from "../models/encoder.js";
import { trainBaseRewards } from "../models/training/train.js";
import { estimateUserWeights, type UserWeights } from "../models/user-weights.js";
import type {
  RetrainProgress,
  RetrainRequest,
  RetrainResult,
  ScoredCandidates,
  ScoreRequest,
  SelectedPair,
  SelectRequest,
  UpdateRequest,
} from "./requests.js";
import { chooseBackend } from "./tfjs-backend.js";

/** Encodes the responses and rewards each with λᵀφ. */
export function scoreCandidates({ model, userWeights, responses }: ScoreRequest): ScoredCandidates {
  const features = encodeResponses(responses);
  return { features, ...scoreFeatures(model, userWeights, features) };
}

/** The pair of candidates to ask about, or null where all candidates are alike. */
export function selectPair(request: SelectRequest): SelectedPair | null {
  const { baseRewards, count, userWeights, acquisition } = request;
  return selectPairAmong(baseRewards, count, userWeights, acquisition);
}

/** λ̂ and the Cholesky factor of H from all of one member's comparisons. */
export function updateWeights({ model, comparisons }: UpdateRequest): UserWeights {
  return estimateUserWeights(model, comparisons);
}

/** Trains new base rewards and holds them against the current ones; progress goes to `progress`. */
export async function retrain({
  request,
  progress,
}: {
  request: RetrainRequest;
  progress: MessagePort;
}): Promise<RetrainResult> {
  try {
    const backend = await chooseBackend();
    const result = await trainBaseRewards(request.comparisons, request.model, {
      seed: request.seed,
      encoderId: request.model.encoderId,
      minimumMembers: request.minimumMembers,
      onProgress: (done, stage) => {
        const update: RetrainProgress = { done, stage };
        progress.postMessage(update);
      },
    });
    return { ...result, backend: backend.reason };
  } finally {
    progress.close();
  }
}

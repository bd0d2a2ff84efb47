/**
 * Everything that runs inside a worker thread: the verbs of the pool, one exported function each.
 * Results are copied to the caller, not moved: they are small, and V8 reads typed arrays more slowly
 * in a thread that has ever given one away.
 */
import type { MessagePort } from "node:worker_threads";
import { selectPair as selectPairAmong } from "../models/acquisition/search.js";
import { encodeFor } from "../models/encoder/embedding-features.js";
import { beginsWithStyle } from "../models/encoder/encoding.js";
import type { BaseRewardModel } from "../models/rewards/base-rewards.js";
import { scoreFeatures } from "../models/rewards/candidate-scores.js";
import { createStarterModel } from "../models/rewards/starter.js";
import { estimateUserWeights, type UserWeights } from "../models/rewards/user-weights.js";
import { GivingWay } from "./giving-way.js";
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

/** Encodes the responses and rewards each with λᵀφ. */
export function scoreCandidates(request: ScoreRequest): ScoredCandidates {
  const { model, userWeights, responses } = request;
  const features = encodeFor(model.encoderId, responses, request);
  return { features, ...scoreFeatures(model, userWeights, features) };
}

/** The pair of candidates to ask about, or null if all candidates are alike. */
export function selectPair(request: SelectRequest): SelectedPair | null {
  const { baseRewards, count, userWeights, acquisition, differenceVariances } = request;
  return selectPairAmong(baseRewards, count, userWeights, acquisition, { differenceVariances });
}

/** λ̂ and the Cholesky factor of H from all of one member's comparisons. */
export function updateWeights({ model, comparisons }: UpdateRequest): UserWeights {
  return estimateUserWeights(model, comparisons);
}

interface RetrainTask {
  readonly request: RetrainRequest;
  readonly progress: MessagePort;
  /** Of `WaitingCalls`. */
  readonly waiting: SharedArrayBuffer;
}

/** Trains new base rewards and holds them against the current ones; progress goes to `progress`. */
export async function retrain({ request, progress, waiting }: RetrainTask): Promise<RetrainResult> {
  try {
    const givingWay = new GivingWay(waiting);
    // Loaded here, because the threads for interactive work never need it, and tfjs is large.
    const { trainBaseRewards } = await import("../models/training/train.js");
    const { chooseBackend } = await import("./tfjs-backend.js");
    const backend = await chooseBackend();
    const result = await trainBaseRewards(request.comparisons, request.model, {
      seed: request.seed,
      encoderId: request.model.encoderId,
      ...starterOf(request.model),
      minimumMembers: request.minimumMembers,
      leaveOutColluders: request.leaveOutColluders,
      pause: givingWay.pause,
      onProgress: (done, stage) => {
        const update: RetrainProgress = { done, stage };
        progress.postMessage(update);
      },
    });
    const { waitedSeconds } = givingWay;
    return { ...result, backend: backend.reason, waitedSeconds };
  } finally {
    progress.close();
  }
}

/** The starter for the features of `model`, if its axes can be read from them. */
function starterOf({ encoderId, dimensions }: BaseRewardModel): { starter?: BaseRewardModel } {
  if (!beginsWithStyle(encoderId)) return {};
  return { starter: createStarterModel({ id: encoderId, dimensions }) };
}

/** Everything that runs inside a worker thread: the verbs of the pool, one exported function each. */
import type { MessagePort } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { selectPair as selectPairAmong } from "../models/acquisition.js";
import type { BaseRewardModel } from "../models/base-rewards.js";
import { scoreFeatures } from "../models/candidate-scores.js";
import { encodeFor } from "../models/embedding-features.js";
import { beginsWithStyle } from "../models/encoding.js";
import { createStarterModel } from "../models/starter.js";
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
export function scoreCandidates(request: ScoreRequest): ScoredCandidates {
  const { model, userWeights, responses, embeddings } = request;
  const features = encodeFor(model.encoderId, responses, embeddings);
  const scores = scoreFeatures(model, userWeights, features);
  return moved({ features, ...scores }, [features, scores.baseRewards, scores.rewards]);
}

/** The pair of candidates to ask about, or null where all candidates are alike. */
export function selectPair(request: SelectRequest): SelectedPair | null {
  const { baseRewards, count, userWeights, acquisition } = request;
  return selectPairAmong(baseRewards, count, userWeights, acquisition);
}

/** λ̂ and the Cholesky factor of H from all of one member's comparisons. */
export function updateWeights({ model, comparisons }: UpdateRequest): UserWeights {
  const userWeights = estimateUserWeights(model, comparisons);
  return moved(userWeights, [userWeights.weights, userWeights.cholesky]);
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
      ...starterOf(request.model),
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

/** The starter for the features of `model`, where its axes can be read from them. */
function starterOf({ encoderId, dimensions }: BaseRewardModel): { starter?: BaseRewardModel } {
  if (!beginsWithStyle(encoderId)) return {};
  return { starter: createStarterModel({ id: encoderId, dimensions }) };
}

/** `value`, whose `arrays` change threads without a copy. */
function moved<Value extends object>(value: Value, arrays: ArrayBufferView[]): Value {
  const transferable = arrays.map((array) => array.buffer);
  return move({ [transferableSymbol]: transferable, [valueSymbol]: value } as never) as never;
}

/** What crosses the thread boundary: plain data, typed arrays, no ids and no member's text. */
import type { Acquisition, SelectedPair } from "../models/acquisition/search.js";
import type { BaseRewardModel } from "../models/rewards/base-rewards.js";
import type { CandidateScores } from "../models/rewards/candidate-scores.js";
import type { Comparisons, PooledComparisons } from "../models/rewards/comparison.js";
import type { UserWeights } from "../models/rewards/user-weights.js";
import type { TrainingResult } from "../models/training/train.js";

export interface ScoreRequest {
  readonly model: BaseRewardModel;
  readonly userWeights: UserWeights;
  /** The bot's own candidates, n of them. */
  readonly responses: readonly string[];
  /** Of the responses, [n, E] row-major, if the model's encoding takes embeddings. */
  readonly embeddings?: Float32Array;
  /** Of the responses, [n, R] row-major, if the model's encoding takes the scores of the rubric. */
  readonly rubric?: Float32Array;
}

export interface ScoredCandidates extends CandidateScores {
  /** [n, D] row-major. */
  readonly features: Float32Array;
}

export interface SelectRequest {
  /** φ, [n, J] row-major. */
  readonly baseRewards: Float64Array;
  readonly count: number;
  readonly userWeights: UserWeights;
  readonly acquisition: Acquisition;
  /** The model's. */
  readonly differenceVariances?: Float64Array | undefined;
}

export interface UpdateRequest {
  readonly model: BaseRewardModel;
  readonly comparisons: Comparisons;
}

export interface RetrainRequest {
  readonly model: BaseRewardModel;
  readonly comparisons: PooledComparisons;
  readonly seed: number;
  readonly minimumMembers: number;
  readonly leaveOutColluders: boolean;
}

export interface RetrainProgress {
  /** 0 to 1. */
  readonly done: number;
  readonly stage: string;
}

export type RetrainResult = TrainingResult & {
  /** Which tfjs backend trained, in one line. */
  readonly backend: string;
  /** For how long the training waited, so that members did not have to. */
  readonly waitedSeconds: number;
};

export type { SelectedPair };

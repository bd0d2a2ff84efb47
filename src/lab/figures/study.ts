/**
 * What all figures share: the data set, the users, the model trained on all comparisons, and how
 * learning curves are measured. Draws nothing.
 */

import { DEFAULT_ACQUISITION } from "../../../models/acquisition/scores.js";
import type { Acquisition } from "../../../models/acquisition/search.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { TrainingResult } from "../../../models/training/train.js";
import type { Dataset, NewUser, TrainingPairs } from "../evaluate/dataset.js";
import { scorableUsers } from "../evaluate/draw-users.js";
import type { Interviewer } from "../evaluate/interview.js";
import { type CurvePoint, measureCurve } from "../evaluate/learning-curve.js";
import { trainOn } from "../evaluate/train-model.js";

export interface StudyOptions {
  /** Ascending. */
  readonly answers: readonly number[];
  readonly seed: number;
  /** `done` runs from 0 to 1 in every stage. */
  readonly onProgress: (done: number, stage: string) => void;
}

export interface Study extends StudyOptions {
  readonly dataset: Dataset;
  /** The users who can be scored. */
  readonly users: readonly NewUser[];
  /** What training on all comparisons gave. */
  readonly trained: TrainingResult;
}

/** Trains on all comparisons of `dataset`. */
export async function beginStudy(dataset: Dataset, options: StudyOptions): Promise<Study> {
  const users = scorableUsers(dataset.newUsers);
  const trained = await train(dataset, dataset.training, options);
  return { ...options, dataset, users, trained };
}

/** Trains as `/retrain` does. */
export async function train(
  { items }: Dataset,
  training: TrainingPairs,
  { onProgress, seed }: StudyOptions,
): Promise<TrainingResult> {
  const { result } = await trainOn(items, training, {
    seed,
    onProgress: (done, stage) => onProgress(done, `training: ${stage}`),
  });
  return result;
}

/** The learning curve of the study's users under `model`. */
export function curveOf(
  { answers, dataset, onProgress, seed, users }: Study,
  model: BaseRewardModel,
  ask: Acquisition | Interviewer = DEFAULT_ACQUISITION,
): CurvePoint[] {
  const stage = `asking by ${typeof ask === "string" ? ask : "chance"}`;
  const progress = (done: number) => onProgress(done, stage);
  return measureCurve(model, dataset.items, users, { ask, answers, seed, onProgress: progress });
}

/** In words: the data and what the bands mean. */
export function subtitleOf({ dataset, users }: Study): string[] {
  const { count, members } = dataset.training;
  return [
    dataset.name,
    `${members} members, ${count} comparisons, ${users.length} new users; bands: 95 % confidence`,
  ];
}

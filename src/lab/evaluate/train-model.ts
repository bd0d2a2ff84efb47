/** Trains base rewards on a data set with the function that /retrain runs. Reads no files. */
import { performance } from "node:perf_hooks";
import { ENCODER_ID } from "../../../models/encoder/encoder.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import type { TrainingOptions } from "../../../models/training/prepare-training.js";
import { type TrainingResult, trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { capShares } from "../../training/share-cap.js";
import type { Items, TrainingPairs } from "./dataset.js";

export interface TrainedModel {
  readonly result: TrainingResult;
  /** Wall-clock time, the choice of settings included. */
  readonly seconds: number;
}

/**
 * Trains on `training`. What comes out is used whether or not the gate would adopt it. Throws
 * `NotEnoughFeedbackError`.
 */
export async function trainOn(
  items: Items,
  training: TrainingPairs,
  options: Omit<TrainingOptions, "encoderId">,
): Promise<TrainedModel> {
  await chooseBackend();
  const start = performance.now();
  const result = await trainBaseRewards(poolComparisons(items, training), currentModel(items), {
    ...options,
    // The gate has no say here, so a data set may have as few people as it likes.
    minimumHeldOut: 1,
    encoderId: items.encoderId,
  });
  return { result, seconds: (performance.now() - start) / 1000 };
}

/**
 * The comparisons with their features, as training takes them; one member's share is bounded. Orders
 * are random, so no positions.
 */
export function poolComparisons(items: Items, training: TrainingPairs): PooledComparisons {
  const { count, memberOf, members, outcomes } = training;
  const weights = new Float32Array(count).fill(1);
  capShares(weights, memberOf, members);
  return {
    count,
    featuresA: rowsOf(items, training.a),
    featuresB: rowsOf(items, training.b),
    outcomes,
    positions: new Float32Array(count),
    weights,
    members,
    memberOf,
  };
}

/** The features of `rows`, [n, D]. */
export function rowsOf({ dimensions, features }: Items, rows: Int32Array): Float32Array {
  const picked = new Float32Array(rows.length * dimensions);
  rows.forEach((row, to) => {
    picked.set(features.subarray(row * dimensions, (row + 1) * dimensions), to * dimensions);
  });
  return picked;
}

/** What the new base rewards are held against: the starter, or nothing if its features are not there. */
export function currentModel({ dimensions, encoderId }: Items): BaseRewardModel {
  if (encoderId === ENCODER_ID) return createStarterModel();
  return {
    version: "uninformed",
    encoderId,
    rank: 1,
    dimensions,
    weights: new Float32Array(dimensions),
    prior: { mean: new Float64Array(1), precision: Float64Array.of(1) },
    positionBias: 0,
    axes: [{ name: "nothing", low: "nothing", high: "nothing" }],
  };
}

/** Base rewards to and from their stored form. */
import type { BaseRewardModel, HiddenLayer } from "../../models/base-rewards.js";
import type { ModelRecord } from "../storage/records.js";
import { VectorTextError, weightsFromText, weightsToText } from "../storage/vector-text.js";

/** What is kept of how a version came about. */
export type ModelFacts = Required<
  Pick<ModelRecord, "parent" | "scope" | "heldOut" | "training" | "at">
>;

/** `model` with the facts of its training, ready to be stored. */
export function recordOfModel(model: BaseRewardModel, facts: ModelFacts): ModelRecord {
  return {
    version: model.version,
    encoderId: model.encoderId,
    rank: model.rank,
    dimensions: model.dimensions,
    weights: weightsToText(model.weights),
    ...(model.hidden && { hidden: hiddenToText(model.hidden) }),
    priorMean: [...model.prior.mean],
    priorPrecision: [...model.prior.precision],
    positionBias: model.positionBias,
    ...(model.differenceVariances && { differenceVariances: [...model.differenceVariances] }),
    ...(model.personalShare !== undefined && { personalShare: model.personalShare }),
    ...(model.recipe && { recipe: model.recipe }),
    axes: model.axes,
    ...facts,
  };
}

/** The model that {@link recordOfModel} stored. Throws `VectorTextError` where it is damaged. */
export function modelFromRecord(record: ModelRecord): BaseRewardModel {
  const { rank, dimensions, priorMean, priorPrecision, axes } = record;
  const weights = weightsFromText(record.weights);
  const isWhole =
    weights.length === rank * dimensions &&
    priorMean.length === rank &&
    priorPrecision.length === rank * rank &&
    axes.length === rank &&
    (record.differenceVariances ?? axes).length === rank;
  if (!isWhole) {
    throw new VectorTextError("Stored base rewards are damaged; restore the store from a backup.");
  }
  return {
    version: record.version,
    encoderId: record.encoderId,
    rank,
    dimensions,
    weights,
    ...(record.hidden && { hidden: hiddenFromText(record.hidden) }),
    prior: {
      mean: Float64Array.from(priorMean),
      precision: Float64Array.from(priorPrecision),
    },
    positionBias: record.positionBias,
    ...(record.differenceVariances && {
      differenceVariances: Float64Array.from(record.differenceVariances),
    }),
    ...(record.personalShare !== undefined && { personalShare: record.personalShare }),
    ...(record.recipe && { recipe: record.recipe }),
    axes,
  };
}

function hiddenToText(hidden: HiddenLayer): NonNullable<ModelRecord["hidden"]> {
  return {
    units: hidden.units,
    inputWeights: weightsToText(hidden.inputWeights),
    biases: weightsToText(hidden.biases),
    outputWeights: weightsToText(hidden.outputWeights),
  };
}

function hiddenFromText(hidden: NonNullable<ModelRecord["hidden"]>): HiddenLayer {
  return {
    units: hidden.units,
    inputWeights: weightsFromText(hidden.inputWeights),
    biases: weightsFromText(hidden.biases),
    outputWeights: weightsFromText(hidden.outputWeights),
  };
}

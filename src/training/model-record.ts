/** Base rewards to and from their stored form. */
import type { BaseRewardModel, HiddenLayer } from "../../models/rewards/base-rewards.js";
import type { ModelRecord } from "../store/records.js";
import { VectorTextError } from "../store/store-error.js";
import { weightsFromText, weightsToText } from "../store/vector-text.js";

/** No training that went well comes near it, and products of larger ones leave what a float holds. */
const LARGEST = 1e12;

/** What is stored about how a version was made. */
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
    ...(model.anotherAnswer && { anotherAnswer: model.anotherAnswer }),
    ...(model.differenceVariances && { differenceVariances: [...model.differenceVariances] }),
    ...(model.personalShare !== undefined && { personalShare: model.personalShare }),
    ...(model.recipe && { recipe: model.recipe }),
    axes: model.axes,
    ...facts,
  };
}

/** The model that {@link recordOfModel} stored. Throws `VectorTextError` if it is damaged. */
export function modelFromRecord(record: ModelRecord): BaseRewardModel {
  const { rank, dimensions, priorMean, priorPrecision, axes } = record;
  const weights = weightsFromText(record.weights);
  const hidden = record.hidden && hiddenFromText(record.hidden);
  const isWhole =
    weights.length === rank * dimensions &&
    priorMean.length === rank &&
    priorPrecision.length === rank * rank &&
    axes.length === rank &&
    (record.differenceVariances ?? axes).length === rank;
  if (!isWhole || !hasSoundNumbers(record, weights, hidden)) {
    throw new VectorTextError("Stored base rewards are damaged; restore the store from a backup.");
  }
  return {
    version: record.version,
    encoderId: record.encoderId,
    rank,
    dimensions,
    weights,
    ...(hidden && { hidden }),
    prior: {
      mean: Float64Array.from(priorMean),
      precision: Float64Array.from(priorPrecision),
    },
    positionBias: record.positionBias,
    ...(record.anotherAnswer && { anotherAnswer: record.anotherAnswer }),
    ...(record.differenceVariances && {
      differenceVariances: Float64Array.from(record.differenceVariances),
    }),
    ...(record.personalShare !== undefined && { personalShare: record.personalShare }),
    ...(record.recipe && { recipe: record.recipe }),
    axes,
  };
}

/** One number that is none (JSON makes it null) would make every reward none, for everybody. */
function hasSoundNumbers(
  { rank, priorMean, priorPrecision, positionBias, ...record }: ModelRecord,
  weights: Float32Array,
  hidden: HiddenLayer | undefined,
): boolean {
  const { anotherAnswer, differenceVariances = [] } = record;
  const another = anotherAnswer ? [anotherAnswer.positionBias, anotherAnswer.scale] : [];
  const layers = hidden ? [hidden.inputWeights, hidden.biases, hidden.outputWeights] : [];
  const isPositive = priorMean.every((_, axis) => priorPrecision[axis * (rank + 1)]! > 0);
  return (
    isPositive &&
    differenceVariances.every((variance) => variance >= 0) &&
    [weights, ...layers].every((layer) => layer.every(isSound)) &&
    [...priorMean, ...priorPrecision, positionBias, ...another].every(isSound) &&
    differenceVariances.every(isSound)
  );
}

function isSound(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) <= LARGEST;
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

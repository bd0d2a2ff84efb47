/**
 * The base rewards φ: J numbers that say what a response is like, shared by all members.
 * Knows nothing of storage, threads or chat; a model is plain data.
 */

import type { PersonalShare } from "./personal-share.js";
import type { Recipe } from "./recipe.js";

/** The two ends of one base reward in words, for example low "short", high "long". */
export interface Axis {
  readonly name: string;
  readonly low: string;
  readonly high: string;
  /** Both ends in other languages, by code, where a language model wrote them. */
  readonly translations?: Readonly<Record<string, AxisEnds>>;
}

/** What an axis is called at its two ends. */
export type AxisEnds = Pick<Axis, "low" | "high">;

/** One optional hidden layer: φ(f) = W f + V tanh(U f + c), with U [units, D], c [units], V [J, units]. */
export interface HiddenLayer {
  readonly units: number;
  readonly inputWeights: Float32Array;
  readonly biases: Float32Array;
  readonly outputWeights: Float32Array;
}

/** The population's distribution of user weights, N(mean, precision⁻¹), in φ's units. */
export interface UserWeightsPrior {
  /** μ, [J]. */
  readonly mean: Float64Array;
  /** Λ, [J, J] row-major, symmetric positive definite. */
  readonly precision: Float64Array;
}

/** How votes by "another answer" are read: P(a ≻ b) = σ(s λᵀz + b p). */
export interface AnotherAnswer {
  /** b: how much likelier the answer shown first is preferred, in logits. */
  readonly positionBias: number;
  /** s, 0 to 1: such a vote never tells more than a ballot. */
  readonly scale: number;
}

/** φ and all that its user weights need. `version` names it; user weights of another version mean nothing. */
export interface BaseRewardModel {
  readonly version: string;
  readonly encoderId: string;
  /** J, the number of base rewards. */
  readonly rank: number;
  /** D, the number of features. */
  readonly dimensions: number;
  /** W, [J, D] row-major. */
  readonly weights: Float32Array;
  readonly hidden?: HiddenLayer;
  readonly prior: UserWeightsPrior;
  /** κ, which the prior's precision has in it already; 1 if not given. */
  readonly personalShare?: PersonalShare;
  /** b₀: how much likelier the response shown first is preferred, in logits. */
  readonly positionBias: number;
  /** How votes by "another answer" are read; with caution where nothing is learned of them. */
  readonly anotherAnswer?: AnotherAnswer;
  /**
   * Mean squares of φ(a) − φ(b) over the comparisons that φ was learned from, [J]; base rewards are
   * uncorrelated there. Missing in versions that were not learned or are older than it.
   */
  readonly differenceVariances?: Float64Array;
  /** How it was trained. Missing in versions that were not learned or are older than it. */
  readonly recipe?: Recipe;
  /** One per base reward. */
  readonly axes: readonly Axis[];
}

/** Features or a model whose shapes do not belong together. */
export class ModelShapeError extends Error {
  override readonly name = "ModelShapeError";
}

/**
 * φ of each row of `features` [n, D] row-major, as [n, J] row-major.
 * Throws {@link ModelShapeError} if the features are not the model's.
 */
export function computeBaseRewards(model: BaseRewardModel, features: Float32Array): Float64Array {
  const { dimensions, rank } = model;
  const count = countRows(model, features);
  const baseRewards = new Float64Array(count * rank);
  for (let row = 0; row < count; row++) {
    addProduct(
      model.weights,
      rank,
      dimensions,
      features,
      row * dimensions,
      baseRewards,
      row * rank,
    );
  }
  if (model.hidden) addHidden(model.hidden, model, features, baseRewards);
  return baseRewards;
}

/** z = φ(a) − φ(b) of each pair of rows, [n, J] row-major. Throws {@link ModelShapeError}. */
export function baseRewardDifferences(
  model: BaseRewardModel,
  featuresA: Float32Array,
  featuresB: Float32Array,
): Float64Array {
  if (featuresA.length !== featuresB.length) {
    throw new ModelShapeError("The two sides of the comparisons differ in length.");
  }
  const { hidden, rank } = model;
  const count = countRows(model, featuresA);
  const differences = new Float64Array(count * rank);
  writeLinearDifferences(model, featuresA, featuresB, differences);
  if (hidden === undefined) return differences;
  const other = new Float64Array(count * rank);
  addHidden(hidden, model, featuresA, differences);
  addHidden(hidden, model, featuresB, other);
  for (let at = 0; at < differences.length; at++) differences[at]! -= other[at]!;
  return differences;
}

/** The same model with its weights in shared memory, so that posting it to a thread copies nothing. */
export function shareModel(model: BaseRewardModel): BaseRewardModel {
  const { hidden } = model;
  return {
    ...model,
    weights: shared(model.weights),
    ...(hidden && {
      hidden: {
        units: hidden.units,
        inputWeights: shared(hidden.inputWeights),
        biases: shared(hidden.biases),
        outputWeights: shared(hidden.outputWeights),
      },
    }),
  };
}

function countRows({ dimensions, encoderId }: BaseRewardModel, features: Float32Array): number {
  if (features.length % dimensions === 0) return features.length / dimensions;
  throw new ModelShapeError(
    `${features.length} features are no rows of ${dimensions}: encode them with ${encoderId}.`,
  );
}

/**
 * W (f(a) − f(b)) of each pair, two pairs and four base rewards at a time, so that what has been
 * read is used more than once. Past the last pair or base reward the last one is done again.
 */
function writeLinearDifferences(
  { dimensions, rank, weights }: BaseRewardModel,
  featuresA: Float32Array,
  featuresB: Float32Array,
  out: Float64Array,
): void {
  const lastPair = featuresA.length / dimensions - 1;
  const lastAxis = rank - 1;
  for (let pair = 0; pair <= lastPair; pair += 2) {
    const nextPair = Math.min(pair + 1, lastPair);
    const [top, bottom] = [pair * dimensions, nextPair * dimensions];
    const [topOut, bottomOut] = [pair * rank, nextPair * rank];
    for (let axis = 0; axis < rank; axis += 4) {
      const axis1 = Math.min(axis + 1, lastAxis);
      const axis2 = Math.min(axis + 2, lastAxis);
      const axis3 = Math.min(axis + 3, lastAxis);
      const [w0, w1] = [axis * dimensions, axis1 * dimensions];
      const [w2, w3] = [axis2 * dimensions, axis3 * dimensions];
      let [top0, top1, top2, top3, bottom0, bottom1, bottom2, bottom3] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let k = 0; k < dimensions; k++) {
        const topValue = featuresA[top + k]! - featuresB[top + k]!;
        const bottomValue = featuresA[bottom + k]! - featuresB[bottom + k]!;
        const weight0 = weights[w0 + k]!;
        const weight1 = weights[w1 + k]!;
        const weight2 = weights[w2 + k]!;
        const weight3 = weights[w3 + k]!;
        top0 += weight0 * topValue;
        top1 += weight1 * topValue;
        top2 += weight2 * topValue;
        top3 += weight3 * topValue;
        bottom0 += weight0 * bottomValue;
        bottom1 += weight1 * bottomValue;
        bottom2 += weight2 * bottomValue;
        bottom3 += weight3 * bottomValue;
      }
      out[topOut + axis] = top0;
      out[topOut + axis1] = top1;
      out[topOut + axis2] = top2;
      out[topOut + axis3] = top3;
      out[bottomOut + axis] = bottom0;
      out[bottomOut + axis1] = bottom1;
      out[bottomOut + axis2] = bottom2;
      out[bottomOut + axis3] = bottom3;
    }
  }
}

/** out[outStart + j] += Σ_k matrix[j, k] · vector[vectorStart + k]. */
function addProduct(
  matrix: Float32Array,
  rows: number,
  columns: number,
  vector: Float32Array,
  vectorStart: number,
  out: Float64Array | Float32Array,
  outStart: number,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += matrix[start + k]! * vector[vectorStart + k]!;
    out[outStart + row]! += sum;
  }
}

function addHidden(
  hidden: HiddenLayer,
  { dimensions, rank }: BaseRewardModel,
  features: Float32Array,
  baseRewards: Float64Array,
): void {
  const { units, inputWeights, biases, outputWeights } = hidden;
  const active = new Float32Array(units);
  for (let row = 0; row * dimensions < features.length; row++) {
    active.set(biases);
    addProduct(inputWeights, units, dimensions, features, row * dimensions, active, 0);
    for (let unit = 0; unit < units; unit++) active[unit] = Math.tanh(active[unit]!);
    addProduct(outputWeights, rank, units, active, 0, baseRewards, row * rank);
  }
}

function shared(values: Float32Array): Float32Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

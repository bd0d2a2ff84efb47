/**
 * The base rewards φ: J numbers that say what a response is like, shared by all members.
 * Knows nothing of storage, threads or chat; a model is plain data.
 */

/** The two ends of one base reward in words, for example low "short", high "long". */
export interface Axis {
  readonly name: string;
  readonly low: string;
  readonly high: string;
}

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
  /** b₀: how much likelier the response shown first is preferred, in logits. */
  readonly positionBias: number;
  /** One per base reward. */
  readonly axes: readonly Axis[];
}

/** Features or a model whose shapes do not belong together. */
export class ModelShapeError extends Error {
  override readonly name = "ModelShapeError";
}

/**
 * φ of each row of `features` [n, D] row-major, as [n, J] row-major.
 * Throws {@link ModelShapeError} where the features are not the model's.
 */
export function computeBaseRewards(model: BaseRewardModel, features: Float32Array): Float64Array {
  const { dimensions, rank } = model;
  if (features.length % dimensions !== 0) {
    throw new ModelShapeError(
      `${features.length} features are no rows of ${dimensions}: encode them with ${model.encoderId}.`,
    );
  }
  const count = features.length / dimensions;
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
  const differences = computeBaseRewards(model, featuresA);
  const other = computeBaseRewards(model, featuresB);
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

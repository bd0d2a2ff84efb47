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

/**
 * The hidden layer of φ, trained in tfjs by maximum likelihood of the Bradley-Terry-Luce model
 * (PReF, section 3): linear base rewards, made of the population of tastes, are the
 * start; user weights and network take turns. Knows no gate and no storage.
 */
import * as tf from "@tensorflow/tfjs-core";
// Importing the layers registers the gradients of all operations.
import "@tensorflow/tfjs-layers";
import { drawStandardNormal } from "../../algebra/normal.js";
import { type RandomGenerator, shuffled } from "../../algebra/random.js";
import type { BaseRewardModel } from "../../rewards/base-rewards.js";
import type { PooledComparisons } from "../../rewards/comparison.js";
import { fitUserWeights } from "../../rewards/user-weights.js";
import { pickRows, votesUnder } from "../validate/score-members.js";
import type { TrainingData } from "./training-data.js";

export interface NetworkOptions {
  /** Hidden units. */
  readonly units: number;
  readonly random: RandomGenerator;
  /** [D], what brings a feature's differences to variance 1; 0 takes a feature out. */
  readonly scales: Float64Array;
}

/** Gradient steps between two fits of the user weights. */
const STEPS_PER_TURN = 10;
const LEARNING_RATE = 0.02;
/** More comparisons than these are taken in turns, in parts of the same size. */
const LARGEST_BATCH = 1_024;
/** Variance that the whole hidden layer is expected to add to a base reward of variance 1. */
const EXPECTED_VARIANCE = 0.1;

/**
 * Adds a hidden layer to the linear model `start` and trains it on the comparisons of `members`,
 * yielding the network after every turn; stopping early regularises, so the caller chooses when.
 * Minimises Σ w[softplus(λᵀz + b₀p) − c(λᵀz + b₀p)] with L2 on all weights, z = φ(a) − φ(b). λ is
 * each member's most likely one under the network so far. A tfjs backend must be active. Whoever
 * stops calls `return`, which frees the tensors.
 */
export function* trainNetwork(
  start: BaseRewardModel,
  members: readonly number[],
  pooled: PooledComparisons,
  data: TrainingData,
  options: NetworkOptions,
): Generator<BaseRewardModel, never> {
  const rows = rowsOfMembers(members, data, options.random);
  const network = createNetwork(start, centreOf(pooled, rows, start.dimensions), options);
  const optimiser = tf.train.adam(LEARNING_RATE);
  try {
    let model = start;
    let position = 0;
    // A small rest would count as much in a step as a whole batch does.
    const batches = Math.ceil(rows.length / LARGEST_BATCH);
    const size = Math.ceil(rows.length / batches);
    for (;;) {
      const weights = userWeightsOf(model, members, pooled, data);
      for (let step = 0; step < STEPS_PER_TURN; step++) {
        const part = rows.subarray(position, position + size);
        position = position + size < rows.length ? position + size : 0;
        gradientStep(start, network, optimiser, pooled, part, weights, rows.length);
        data.pause();
      }
      model = toModel(start, network);
      yield model;
    }
  } finally {
    optimiser.dispose();
    for (const tensor of Object.values(network)) tensor.dispose();
  }
}

/** Variables in standardised units: tanh((x − centre)·scales·U + c)·V. */
export type Network = {
  readonly scales: tf.Tensor1D;
  readonly centre: tf.Tensor1D;
  readonly inputWeights: tf.Variable<tf.Rank.R2>;
  readonly biases: tf.Variable<tf.Rank.R1>;
  readonly outputWeights: tf.Variable<tf.Rank.R2>;
};

/** The output starts at zero, so that the first network is the linear model itself. */
export function createNetwork(
  { dimensions, rank }: BaseRewardModel,
  centre: Float32Array,
  { units, random, scales }: NetworkOptions,
): Network {
  const deviation = Math.sqrt(2 / dimensions);
  const first = Float32Array.from(
    { length: dimensions * units },
    () => deviation * drawStandardNormal(random),
  );
  return {
    scales: tf.tensor1d(Float32Array.from(scales)),
    centre: tf.tensor1d(centre),
    inputWeights: tf.variable(tf.tensor2d(first, [dimensions, units])),
    biases: tf.variable(tf.zeros<tf.Rank.R1>([units])),
    outputWeights: tf.variable(tf.zeros<tf.Rank.R2>([units, rank])),
  };
}

/** The tensors of one batch of n comparisons. */
interface Batch {
  /** (x − centre)·scales of both sides, [n, D]. */
  readonly standardA: tf.Tensor2D;
  readonly standardB: tf.Tensor2D;
  /** λ of each comparison's member, [n, J]. */
  readonly userWeights: tf.Tensor2D;
  /** The logits of the linear base rewards and the position bias, [n]. */
  readonly given: tf.Tensor1D;
  /** c, [n]. */
  readonly outcomes: tf.Tensor1D;
  /** w, [n]. */
  readonly counts: tf.Tensor1D;
}

function gradientStep(
  start: BaseRewardModel,
  network: Network,
  optimiser: tf.AdamOptimizer,
  pooled: PooledComparisons,
  rows: Int32Array,
  weights: Float64Array,
  total: number,
): void {
  tf.tidy(() => {
    const batch = batchOf(start, network, pooled, rows, weights);
    optimiser.minimize(() => objective(network, batch, total));
  });
}

export function batchOf(
  { dimensions, positionBias, rank, weights: linearWeights }: BaseRewardModel,
  network: Network,
  pooled: PooledComparisons,
  rows: Int32Array,
  weights: Float64Array,
): Batch {
  const side = (features: Float32Array) =>
    tf.tensor2d(pickRows(features, rows, dimensions), [rows.length, dimensions]);
  const pick = (values: Float32Array) => tf.tensor1d(pickRows(values, rows, 1));
  const own = Float32Array.from({ length: rows.length * rank }, (_, at) => {
    const member = pooled.memberOf[rows[Math.floor(at / rank)]!]!;
    return weights[member * rank + (at % rank)]!;
  });
  const userWeights = tf.tensor2d(own, [rows.length, rank]);
  const a = side(pooled.featuresA);
  const b = side(pooled.featuresB);
  const linear = tf.tensor2d(linearWeights, [rank, dimensions]);
  const given = tf.add<tf.Tensor1D>(
    rowSums(tf.mul(tf.matMul(tf.sub(a, b), linear, false, true), userWeights)),
    tf.mul(pick(pooled.positions), positionBias),
  );
  return {
    standardA: standardise(a, network),
    standardB: standardise(b, network),
    userWeights,
    given,
    outcomes: pick(pooled.outcomes),
    counts: pick(pooled.weights),
  };
}

/**
 * The batch's share of f = Σ w[softplus(η) − cη] + the penalty, a comparison, with η = λᵀz + b₀p. tfjs
 * derives its gradient; Adam needs no Hessian. `total` is the number of all comparisons.
 */
export function objective(network: Network, batch: Batch, total: number): tf.Scalar {
  const { counts, given, outcomes, standardA, standardB, userWeights } = batch;
  const change = tf.sub(hiddenOutput(standardA, network), hiddenOutput(standardB, network));
  const logits = tf.add(given, rowSums(tf.mul(change, userWeights)));
  const losses = tf.sub(tf.softplus(logits), tf.mul(outcomes, logits));
  const misfit = tf.div(tf.sum(tf.mul(counts, losses)), counts.size);
  return tf.add(misfit, tf.div(penalty(network), total)) as tf.Scalar;
}

function standardise(features: tf.Tensor2D, { scales, centre }: Network): tf.Tensor2D {
  return tf.mul(tf.sub(features, centre), scales);
}

function hiddenOutput(standard: tf.Tensor2D, network: Network): tf.Tensor2D {
  const { inputWeights, biases, outputWeights } = network;
  return tf.matMul(tf.tanh(tf.add(tf.matMul(standard, inputWeights), biases)), outputWeights);
}

/** The negative logarithm of a normal prior over the network's weights. */
function penalty(network: Network): tf.Tensor {
  const { inputWeights, biases, outputWeights } = network;
  const squares = (weights: tf.Tensor, variance: number) =>
    tf.mul(tf.sum(tf.square(weights)), 0.5 / variance);
  const [dimensions, units] = inputWeights.shape;
  return tf.addN([
    squares(inputWeights, 2 / dimensions),
    squares(biases, 1),
    squares(outputWeights, EXPECTED_VARIANCE / units),
  ]);
}

function rowSums(matrix: tf.Tensor): tf.Tensor1D {
  return tf.sum(matrix, 1);
}

/** λ̂ of every member, [members, J]; zero for those who are not among `members`. */
function userWeightsOf(
  model: BaseRewardModel,
  members: readonly number[],
  pooled: PooledComparisons,
  data: TrainingData,
): Float64Array {
  const weights = new Float64Array(data.members * model.rank);
  const { rank, prior, positionBias } = model;
  const { order } = data;
  for (const member of members) {
    const start = data.starts[member]!;
    const rows = Array.from({ length: data.starts[member + 1]! - start }, (_, at) => start + at);
    const votes = votesUnder(model, rows, order, pooled, data);
    weights.set(fitUserWeights({ ...votes, rank, prior, positionBias }).weights, member * rank);
    data.pause();
  }
  return weights;
}

/** `start` with the network's present weights as its hidden layer, in the features' own units. */
function toModel(start: BaseRewardModel, network: Network): BaseRewardModel {
  const { dimensions, rank } = start;
  const values = (tensor: tf.Tensor) => tensor.dataSync<"float32">();
  const scales = values(network.scales);
  const centre = values(network.centre);
  const inputWeights = values(network.inputWeights);
  const outputWeights = values(network.outputWeights);
  const biases = values(network.biases);
  const units = biases.length;
  const hidden = {
    units,
    inputWeights: new Float32Array(units * dimensions),
    biases: biases.slice(),
    outputWeights: new Float32Array(rank * units),
  };
  for (let unit = 0; unit < units; unit++) {
    for (let feature = 0; feature < dimensions; feature++) {
      const weight = inputWeights[feature * units + unit]! * scales[feature]!;
      hidden.inputWeights[unit * dimensions + feature] = weight;
      hidden.biases[unit]! -= weight * centre[feature]!;
    }
    for (let axis = 0; axis < rank; axis++) {
      hidden.outputWeights[axis * units + unit] = outputWeights[unit * rank + axis]!;
    }
  }
  return { ...start, hidden };
}

/** The rows of all `members`, in random order, so that any part of them is a fair batch. */
function rowsOfMembers(
  members: readonly number[],
  { order, starts }: TrainingData,
  random: RandomGenerator,
): Int32Array {
  const rows = members.flatMap((member) => [
    ...order.subarray(starts[member]!, starts[member + 1]!),
  ]);
  return Int32Array.from(shuffled(rows, random));
}

/** [D], the mean of the features over both sides of `rows`. */
function centreOf(pooled: PooledComparisons, rows: Int32Array, dimensions: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (const row of rows) {
    for (let feature = 0; feature < dimensions; feature++) {
      const at = row * dimensions + feature;
      sums[feature]! += pooled.featuresA[at]! + pooled.featuresB[at]!;
    }
  }
  return Float32Array.from(sums, (sum) => sum / (2 * Math.max(1, rows.length)));
}

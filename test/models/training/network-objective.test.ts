import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../../models/algebra/normal.js";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { batchOf, createNetwork, objective } from "../../../models/training/estimate/network.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";

const DIMENSIONS = 5;
const RANK = 2;
const UNITS = 3;
const MEMBERS = 4;
const COUNT = 40;
/** The arithmetic has 32 bits. */
const STEP = 1e-2;

describe("the objective of the hidden layer", () => {
  beforeAll(async () => {
    await chooseBackend();
  });

  it("has the gradient that finite differences find", () => {
    const random = createRandomGenerator(1);
    const normal = (length: number) =>
      Float32Array.from({ length }, () => drawStandardNormal(random));
    const start = {
      version: "",
      encoderId: "",
      rank: RANK,
      dimensions: DIMENSIONS,
      weights: normal(RANK * DIMENSIONS),
      prior: { mean: new Float64Array(RANK), precision: Float64Array.of(1, 0, 0, 1) },
      positionBias: 0.3,
      axes: [],
    };
    const pooled = {
      count: COUNT,
      members: MEMBERS,
      featuresA: normal(COUNT * DIMENSIONS),
      featuresB: normal(COUNT * DIMENSIONS),
      outcomes: Float32Array.from({ length: COUNT }, (_, row) => (row % 3) / 2),
      positions: Float32Array.from({ length: COUNT }, (_, row) => (row % 2 === 0 ? 1 : -1)),
      weights: Float32Array.from({ length: COUNT }, () => 0.5 + random()),
      memberOf: Int32Array.from({ length: COUNT }, (_, row) => row % MEMBERS),
    };
    const options = { units: UNITS, random, scales: new Float64Array(DIMENSIONS).fill(0.8) };
    tf.tidy(() => {
      const network = createNetwork(start, normal(DIMENSIONS), options);
      network.outputWeights.assign(tf.tensor2d(normal(UNITS * RANK), [UNITS, RANK]));
      const rows = Int32Array.from({ length: COUNT }, (_, row) => row);
      const weights = Float64Array.from(normal(MEMBERS * RANK));
      const batch = batchOf(start, network, pooled, rows, weights);
      const measure = () => objective(network, batch, COUNT).dataSync()[0]!;
      const { grads } = tf.variableGrads(() => objective(network, batch, COUNT));
      for (const variable of [network.inputWeights, network.biases, network.outputWeights]) {
        const gradient = grads[variable.name]!.dataSync();
        const values = variable.dataSync().slice();
        for (const at of values.keys()) {
          const moved = (by: number) => {
            const next = values.map((value, index) => (index === at ? value + by : value));
            variable.assign(tf.tensor(next, variable.shape) as never);
            return measure();
          };
          const slope = (moved(STEP) - moved(-STEP)) / (2 * STEP);
          moved(0);
          expect(Math.abs(slope - gradient[at]!)).toBeLessThan(2e-3 * (1 + Math.abs(slope)));
        }
      }
    });
  });
});

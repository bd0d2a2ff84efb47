/** Base rewards that know nothing, for trainings to be held against. */
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";

/** Every answer is worth the same; D = `dimensions`. */
export function untrainedModel(dimensions: number): BaseRewardModel {
  return {
    version: "ignorant",
    encoderId: "planted",
    rank: 1,
    dimensions,
    weights: new Float32Array(dimensions),
    prior: { mean: new Float64Array(1), precision: Float64Array.from([1]) },
    positionBias: 0,
    axes: [{ name: "nothing", low: "low", high: "high" }],
  };
}

import { describe, expect, it } from "vitest";
import { drawStandardNormal } from "../../models/algebra/normal.js";
import { createRandomGenerator } from "../../models/algebra/random.js";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { narrowed, type PersonalShare } from "../../models/rewards/personal-share.js";
import { serverShift, shiftedWeights } from "../../models/rewards/server-mean.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import {
  fitUserWeights,
  priorUserWeights,
  type UserWeights,
} from "../../models/rewards/user-weights.js";
import { sigmoid } from "../../models/rewards/user-weights-objective.js";

function modelWith(personalShare: PersonalShare): BaseRewardModel {
  const starter = createStarterModel();
  const precision = narrowed(starter.prior.precision, personalShare);
  return { ...starter, personalShare, prior: { ...starter.prior, precision } };
}

/** Members of one server vote; their tastes lie about `lean` on the first axis. */
function votersOf(
  model: BaseRewardModel,
  members: number,
  votes: number,
  lean: number,
  seed: number,
) {
  const random = createRandomGenerator(seed);
  const { prior, rank } = model;
  return Array.from({ length: members }, (): UserWeights => {
    const taste = Float64Array.from(
      { length: rank },
      (_, axis) =>
        (axis === 0 ? lean : 0) + (model.personalShare ?? 1) * drawStandardNormal(random),
    );
    const differences = Float64Array.from({ length: votes * rank }, () =>
      drawStandardNormal(random),
    );
    const outcomes = Float64Array.from({ length: votes }, (_, row) => {
      const logit = taste.reduce((sum, w, axis) => sum + w * differences[row * rank + axis]!, 0);
      return random() < sigmoid(logit) ? 1 : 0;
    });
    const ones = new Float64Array(votes).fill(1);
    const positions = new Float64Array(votes);
    const problem = {
      count: votes,
      rank,
      differences,
      outcomes,
      positions,
      positionBias: 0,
      prior,
    };
    return { ...fitUserWeights({ ...problem, weights: ones }), votes, modelVersion: model.version };
  });
}

describe("a server's own mean", () => {
  it.each<[PersonalShare]>([[1], [0.5], [0]])("is found where many vote, with κ = %s", (share) => {
    const model = modelWith(share);
    const shift = serverShift(model, votersOf(model, 60, 40, 1, 1));
    expect(shift[0]).toBeGreaterThan(0.7);
    expect(shift[0]).toBeLessThan(1.3);
    for (const other of shift.subarray(1)) expect(Math.abs(other)).toBeLessThan(0.4);
  });

  it("stays near everybody's where few vote, and is it where nobody does", () => {
    const model = modelWith(1);
    const few = serverShift(model, votersOf(model, 5, 2, 1, 2));
    expect(Math.hypot(...few)).toBeLessThan(0.5);
    expect([...serverShift(model, [])]).toEqual(new Array(model.rank).fill(0));
    expect([...serverShift(model, [priorUserWeights(model)])]).toEqual(new Array(7).fill(0));
  });

  it("is next to everybody's where the members are as all others", () => {
    const model = modelWith(1);
    const shift = serverShift(model, votersOf(model, 60, 40, 0, 3));
    expect(Math.hypot(...shift)).toBeLessThan(0.45);
  });

  it("is where somebody without votes begins, and hardly moves somebody with many", () => {
    const model = modelWith(1);
    const shift = Float64Array.from({ length: model.rank }, (_, axis) => (axis === 0 ? 1 : 0));
    const [newcomer, regular] = [priorUserWeights(model), votersOf(model, 1, 400, 0, 4)[0]!];
    expect([...shiftedWeights(model, newcomer, shift).weights]).toEqual([...shift]);
    const moved = shiftedWeights(model, regular, shift).weights;
    expect(Math.abs(moved[0]! - regular.weights[0]!)).toBeLessThan(0.1);
  });

  it("gives the weights that a fit about it would give", () => {
    const model = modelWith(1);
    const shift = Float64Array.from({ length: model.rank }, (_, axis) => (axis === 0 ? 0.1 : 0));
    const about = { ...model, prior: { ...model.prior, mean: shift } };
    const [plain] = votersOf(model, 1, 12, 0.5, 5);
    const [refitted] = votersOf(about, 1, 12, 0.5, 5);
    const shifted = shiftedWeights(model, plain!, shift).weights;
    for (let axis = 0; axis < model.rank; axis++) {
      expect(shifted[axis]).toBeCloseTo(refitted!.weights[axis]!, 2);
    }
  });
});

import { describe, expect, it } from "vitest";
import {
  differenceScales,
  prepareTrainingData,
  secondMoment,
} from "../../../models/training/estimate/training-data.js";
import { singularStart } from "../../../src/lab/figures/singular-start.js";
import { plantMembers } from "../../support/planted-members.js";

const SIZE = 5;

describe("the start from a singular value decomposition", () => {
  it("finds the direction in which members differ, though no two saw the same pair", () => {
    // Tastes differ along (1, 1)/√2 of the first two features and in nothing else.
    const pooled = plantMembers({
      members: 60,
      votesEach: 40,
      dimensions: SIZE,
      seed: 4,
      baseRewards: ([x, y]) => [x! + y!],
    });
    const data = prepareTrainingData(pooled, SIZE, differenceScales(pooled, SIZE));
    const { covariance, mean } = singularStart(data, secondMoment(data), 1);
    const along = (direction: readonly number[]) =>
      direction.reduce(
        (sum, own, i) =>
          sum + direction.reduce((s, other, j) => s + own * other * covariance[i * SIZE + j]!, 0),
        0,
      );
    const leading = along([Math.SQRT1_2, Math.SQRT1_2, 0, 0, 0]);
    const others = [
      [Math.SQRT1_2, -Math.SQRT1_2, 0, 0, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 1, 0],
      [0, 0, 0, 0, 1],
    ];
    for (const other of others) expect(along(other)).toBeLessThan(leading / 5);
    expect([...mean]).toEqual([0, 0, 0, 0, 0]);
  });
});

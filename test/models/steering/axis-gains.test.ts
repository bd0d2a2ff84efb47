import { describe, expect, it } from "vitest";
import { computeBaseRewards } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { estimateAxisGains } from "../../../models/steering/axis-gains.js";
import { AXIS_COUNT, axisValues, STEERABLE_AXES } from "../../../models/steering/steerable-axes.js";
import { DECK_FEATURES, DECK_PROMPT_OF, deckGains } from "./deck-gains.js";

const starter = createStarterModel();
const gains = deckGains(starter);

/** Gauss' elimination with pivots, for an independent solution of the normal equations. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows
      .slice(column)
      .reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const share = row[column]! / pivot[column]!;
      row.forEach((_, at) => {
        row[at]! -= share * pivot[at]!;
      });
    }
  }
  return rows.map((row, at) => row.at(-1)! / row[at]!);
}

/** The columns of `values`, each without its prompt's mean, by sums over all pairs of rows. */
function centredColumns(values: Float64Array, width: number): number[][] {
  return Array.from({ length: width }, (_, column) =>
    Array.from(DECK_PROMPT_OF, (prompt, row) => {
      const same = [...DECK_PROMPT_OF.keys()].filter((other) => DECK_PROMPT_OF[other] === prompt);
      const mean =
        same.reduce((sum, other) => sum + values[other * width + column]!, 0) / same.length;
      return values[row * width + column]! - mean;
    }),
  );
}

describe("the gains of the axes", () => {
  it("are the regression of φ on all axes at once, per standard deviation", () => {
    const axes = centredColumns(axisValues(DECK_FEATURES, starter.dimensions), AXIS_COUNT);
    const rewards = centredColumns(computeBaseRewards(starter, DECK_FEATURES), starter.rank);
    const product = (a: number[], b: number[]) =>
      a.reduce((sum, value, row) => sum + value * b[row]!, 0) / a.length;
    const deviations = axes.map((column) => Math.sqrt(product(column, column)));
    const moment = axes.map((first, s) =>
      axes.map(
        (second, t) =>
          product(first, second) / (deviations[s]! * deviations[t]!) + (s === t ? 1e-3 : 0),
      ),
    );
    rewards.forEach((reward, j) => {
      const right = axes.map((axis, s) => product(axis, reward) / deviations[s]!);
      solve(moment, right).forEach((slope, s) => {
        expect(gains.gains[s * starter.rank + j]).toBeCloseTo(slope, 9);
      });
    });
    deviations.forEach((deviation, s) => {
      expect(gains.deviations[s]).toBeCloseTo(deviation, 9);
    });
  });

  it("move the starter's own base reward of the same name, and it most of all", () => {
    for (const [axis, own] of [
      ["length", 0],
      ["formality", 1],
      ["humour", 2],
      ["askingBack", 3],
    ] as const) {
      const at = STEERABLE_AXES.indexOf(axis);
      const row = Array.from(gains.gains.subarray(at * starter.rank, (at + 1) * starter.rank));
      expect(row[own]).toBeGreaterThan(0.3);
      expect(Math.max(...row.map(Math.abs))).toBe(Math.abs(row[own]!));
    }
  });

  it("stay finite where the responses do not vary", () => {
    const flat = new Float32Array(4 * starter.dimensions).fill(1);
    const still = estimateAxisGains(starter, flat, Int32Array.of(0, 0, 1, 1));
    expect([...still.gains, ...still.deviations].every(Number.isFinite)).toBe(true);
    expect(Math.max(...still.gains.map(Math.abs))).toBeLessThan(1e-6);
  });
});

import { describe, expect, it } from "vitest";
import { STYLE_STATISTICS, type StyleStatistic } from "../../../models/encoder/style-statistics.js";
import type { BaseRewardModel } from "../../../models/rewards/base-rewards.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { simulateDataset } from "../../../src/lab/figures/simulated-dataset.js";
import { correlateWithStyles } from "../../../src/lab/figures/style-correlations.js";

const { items: styles } = simulateDataset({
  members: 1,
  votesEach: 1,
  newUsers: 1,
  poolPairs: 1,
  testPairs: 1,
  seed: 1,
});

/** Base rewards over features of another kind: the questions asked back, and their opposite. */
function askingBack(): { model: BaseRewardModel; items: typeof styles } {
  const questions = STYLE_STATISTICS.indexOf("questions");
  const features = Float32Array.from(
    styles.promptOf,
    (_, row) => styles.features[row * styles.dimensions + questions]!,
  );
  const items = { ...styles, dimensions: 1, features, encoderId: "other" };
  const { prior, ...model } = createStarterModel();
  const weights = Float32Array.of(2, -3);
  return { model: { ...model, prior, rank: 2, dimensions: 1, weights, axes: [] }, items };
}

describe("what base rewards are about", () => {
  it("is found for features of any kind: correlations and words", () => {
    const { items, model } = askingBack();
    const { axes, correlations } = correlateWithStyles(model, items, styles);
    const at = (axis: number, statistic: StyleStatistic) =>
      correlations[axis * STYLE_STATISTICS.length + STYLE_STATISTICS.indexOf(statistic)]!;
    expect(at(0, "questions")).toBeCloseTo(1, 5);
    expect(at(1, "questions")).toBeCloseTo(-1, 5);
    expect(at(1, "logWords")).toBeCloseTo(-at(0, "logWords"), 5);
    for (const correlation of correlations) expect(Math.abs(correlation)).toBeLessThan(1.00001);
    expect(axes[0]).toMatchObject({ low: "asks nothing back", high: "asks back" });
    expect(axes[1]).toMatchObject({ low: "asks back", high: "asks nothing back" });
  });

  it("is not changed by what a prompt is about", () => {
    const { items, model } = askingBack();
    const moved = {
      ...items,
      features: items.features.map((value, row) => value + 5 * items.promptOf[row]!),
    };
    const { correlations } = correlateWithStyles(model, moved, styles);
    const before = correlateWithStyles(model, items, styles).correlations;
    correlations.forEach((value, at) => {
      expect(value).toBeCloseTo(before[at]!, 4);
    });
  });
});

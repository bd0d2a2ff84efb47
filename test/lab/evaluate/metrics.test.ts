import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Calibration, estimateOf, rocAuc } from "../../../src/lab/evaluate/metrics.js";

/** Few different scores, so that many are equal. */
const PREDICTIONS = fc.array(
  fc.record({ score: fc.integer({ min: -4, max: 4 }), outcome: fc.constantFrom(0, 0.5, 1) }),
  { maxLength: 60 },
);

describe("the ROC AUC", () => {
  it("is the share of pairs of a positive and a negative in the right order, equal scores half", () => {
    fc.assert(
      fc.property(PREDICTIONS, (predictions) => {
        let [right, pairs] = [0, 0];
        for (const positive of predictions.filter(({ outcome }) => outcome === 1)) {
          for (const negative of predictions.filter(({ outcome }) => outcome === 0)) {
            const difference = positive.score - negative.score;
            right += difference > 0 ? 1 : difference === 0 ? 0.5 : 0;
            pairs++;
          }
        }
        const auc = rocAuc(
          Float64Array.from(predictions, ({ score }) => score / 3),
          predictions.map(({ outcome }) => outcome),
        );
        if (pairs === 0) expect(auc).toBeUndefined();
        else expect(auc).toBeCloseTo(right / pairs, 12);
      }),
    );
  });

  it("turns round when all scores change their sign", () => {
    fc.assert(
      fc.property(PREDICTIONS, (predictions) => {
        const outcomes = predictions.map(({ outcome }) => outcome);
        const auc = rocAuc(
          Float64Array.from(predictions, ({ score }) => score),
          outcomes,
        );
        const turned = rocAuc(
          Float64Array.from(predictions, ({ score }) => -score),
          outcomes,
        );
        if (auc !== undefined) expect(auc + turned!).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe("the calibration error", () => {
  it("is the gap between what was said and what came true, bin by bin", () => {
    const probabilities = fc.double({ min: 0, max: 1, noNaN: true });
    const prediction = fc.record({ probability: probabilities, outcome: fc.constantFrom(0, 1) });
    fc.assert(
      fc.property(fc.array(prediction, { minLength: 1, maxLength: 80 }), (predictions) => {
        const calibration = new Calibration();
        for (const { probability, outcome } of predictions) calibration.add(probability, outcome);
        let expected = 0;
        for (let bin = 0; bin < 10; bin++) {
          const inBin = predictions.filter(({ probability }) =>
            bin === 9
              ? probability * 10 >= 9
              : probability * 10 >= bin && probability * 10 < bin + 1,
          );
          if (inBin.length === 0) continue;
          const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
          const gap =
            mean(inBin.map(({ probability }) => probability)) -
            mean(inBin.map(({ outcome }) => outcome));
          expected += (inBin.length / predictions.length) * Math.abs(gap);
        }
        expect(calibration.expectedError()).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("is nothing for an oracle, and all for who is always sure and wrong", () => {
    const oracle = new Calibration();
    const fool = new Calibration();
    for (const outcome of [0, 1, 1, 0, 1]) {
      oracle.add(outcome, outcome);
      fool.add(1 - outcome, outcome);
    }
    expect(oracle.expectedError()).toBe(0);
    expect(fool.expectedError()).toBe(1);
  });
});

describe("the mean over people", () => {
  it("comes with the standard error of a mean", () => {
    const { mean, standardError, people } = estimateOf([1, 2, 3, 4]);
    expect(mean).toBe(2.5);
    expect(standardError).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
    expect(people).toBe(4);
  });
});

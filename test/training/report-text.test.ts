import { describe, expect, it } from "vitest";
import { speakerOf } from "../../src/language/say.js";
import { reportText } from "../../src/training/report-text.js";
import type { RetrainingReport } from "../../src/training/retraining.js";

const figures = { logLikelihood: -0.61234, accuracy: 0.7, comparisons: 12_345, members: 100 };
const report: RetrainingReport = {
  scope: "discord",
  adopted: true,
  grounds: "adopted",
  reason:
    "The new base rewards were adopted: on 100 people that were held out their log-likelihood per vote is better by 0.0500 (90% interval 0.0100 to 0.0900).",
  before: figures,
  after: { ...figures, accuracy: 0.75 },
  gain: { mean: 0.05, low: 0.01, high: 0.09 },
  leftOut: 0,
  refitLeft: 0,
  members: 200,
  comparisons: 24_690,
  seconds: 12.34,
  backend: "Training with plain JavaScript.",
  rank: 2,
  axes: [
    { name: "length", low: "short", high: "long" },
    { name: "humour", low: "sober", high: "funny" },
  ],
  version: "01JABCDEFGHJKMNPQRSTVWXYZ1",
  previous: "01JABCDEFGHJKMNPQRSTVWXYZ0",
};

describe("the report of a retraining", () => {
  it("says what became of it, how to undo it, and what the base rewards are", () => {
    expect(reportText(report, speakerOf("en")).split("\n")).toEqual([
      report.reason,
      `They answer from now on, as version ${report.version}; every profile is refitted. To undo it: npm run models -- restore ${report.previous} --scope discord`,
      "Before: 70.0 % of 12345 held-out votes predicted right, log-likelihood -0.6123 a vote",
      "After: 75.0 % of 12345 held-out votes predicted right, log-likelihood -0.6123 a vote",
      "Learned from 24690 votes of 200 members in 12.3 s: 2 base rewards, those that matter most first.",
      "• length: short ↔ long",
      "• humour: sober ↔ funny",
    ]);
  });

  it("says how many accounts were not learned from", () => {
    expect(reportText(report, speakerOf("en"))).not.toContain("Left out");
    expect(reportText({ ...report, leftOut: 17 }, speakerOf("en"))).toContain(
      "Left out: 17 of them",
    );
  });

  it("says nothing of undoing what was not adopted", () => {
    const text = reportText(
      { ...report, adopted: false, version: report.previous },
      speakerOf("en"),
    );
    expect(text).toContain("The present ones stay.");
    expect(text).not.toContain("npm run");
  });

  it("fits into one message, however many base rewards there are and whatever their names", () => {
    const end = "x".repeat(48);
    const axes = Array.from({ length: 32 }, () => ({ name: "n".repeat(32), low: end, high: end }));
    const text = reportText(
      { ...report, grounds: "adoptedAverage", rank: 32, axes },
      speakerOf("en"),
    );
    expect(text).toMatch(/• and 24 more$/);
    expect(text.length).toBeLessThan(2_000);
  });
});

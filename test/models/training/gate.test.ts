import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, MINIMUM_HELD_OUT } from "../../../models/training/validate/gate.js";
import type { GateScore } from "../../../models/training/validate/gate-score.js";

const GUESSING = -Math.LN2;

/** People with these log-likelihoods, a little apart from each other. */
function scores(people: number, personal: number, average = GUESSING): Map<number, GateScore> {
  const score = (logLikelihood: number) => ({ logLikelihood, accuracy: 0.6, comparisons: 10 });
  return new Map(
    Array.from({ length: people }, (_, person) => {
      const own = 0.001 * (person % 3);
      return [person, { personal: score(personal + own), average: score(average + own) }];
    }),
  );
}

describe("the gate", () => {
  it("adopts what is better for ten people than the present base rewards and than guessing", () => {
    const verdict = judge({ current: scores(10, -0.65), candidate: scores(10, -0.6) });
    expect(verdict).toMatchObject({ adopted: true, personalShare: 1 });
    expect(verdict.difference.mean).toBeCloseTo(0.05);
    expect(verdict.reason).toMatch(/^The new base rewards were adopted: on 10 people .* better by/);
  });

  it.each([0, 1, 2, 9])("refuses in one sentence where %i people were held out", (people) => {
    const verdict = judge({ current: scores(people, -0.65), candidate: scores(people, -0.3) });
    expect(verdict.adopted).toBe(false);
    expect(verdict.reason).toContain(
      `not adopted: ${people} ${people === 1 ? "person" : "people"}`,
    );
    expect(verdict.reason).toContain(`fewer than ${MINIMUM_HELD_OUT} can't tell`);
    expect(verdict.reason.match(/\. /)).toBeNull();
    for (const figures of [verdict.current, verdict.candidate]) {
      expect(figures.members).toBe(people);
      expect(Number.isFinite(figures.logLikelihood)).toBe(true);
    }
  });

  it("does not adopt what is the same, nor what is no better than guessing", () => {
    const same = scores(40, -0.6);
    expect(judge({ current: same, candidate: same })).toMatchObject({
      adopted: false,
      difference: { mean: 0, low: 0, high: 0 },
    });
    const guessing = judge({ current: scores(40, -0.9), candidate: scores(40, -0.7) });
    expect(guessing.adopted).toBe(false);
    expect(guessing.reason).toMatch(/no better than guessing/);
  });

  it("does not adopt for one person's gain, nor for one that is too small to matter", () => {
    const candidate = scores(12, -0.65);
    const lucky = { logLikelihood: -0.05, accuracy: 1, comparisons: 10 };
    candidate.set(3, { personal: lucky, average: lucky });
    expect(judge({ current: scores(12, -0.65), candidate }).adopted).toBe(false);
    const small = judge({ current: scores(40, -0.6), candidate: scores(40, -0.5985) });
    expect(small.adopted).toBe(false);
    expect(small.reason).toMatch(/too little to change them for/);
  });

  it("adopts for the average taste alone where tastes of their own predict nothing", () => {
    const current = scores(20, GUESSING);
    const verdict = judge({ current, candidate: scores(20, -0.7, -0.6) });
    expect(verdict).toMatchObject({ adopted: true, personalShare: 0 });
    expect(verdict.candidate.logLikelihood).toBeCloseTo(-0.6, 2);
    expect(verdict.reason).toMatch(/for what everybody likes/);
    expect(judge({ current, candidate: scores(20, -0.55, -0.6) }).personalShare).toBe(1);
  });

  it("judges with the personal share that it is given", () => {
    const trial = { current: scores(20, GUESSING), candidate: scores(20, -0.6) };
    expect(judge(trial, 0.25)).toMatchObject({ adopted: true, personalShare: 0.25 });
    expect(judge(trial, 0)).toMatchObject({ adopted: true, personalShare: 0 });
  });

  it("never throws and never adopts on fewer than ten, whatever the scores are", () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(0, GUESSING, Number.NaN, -1e308));
    const score = fc.record({
      logLikelihood: number,
      accuracy: number,
      comparisons: fc.nat(1_000),
    });
    const people = fc
      .array(fc.tuple(fc.nat(30), fc.record({ personal: score, average: score })), {
        maxLength: 40,
      })
      .map((entries) => new Map(entries));
    fc.assert(
      fc.property(people, people, fc.constantFrom(0, 0.25, 0.5, 1), (current, candidate, share) => {
        const verdict = judge({ current, candidate }, share);
        expect(verdict.reason).toMatch(/^The new base rewards were .*\.$/);
        const both = [...candidate.keys()].filter((person) => current.has(person));
        if (both.length < MINIMUM_HELD_OUT) expect(verdict.adopted).toBe(false);
        if (verdict.adopted) expect(verdict.difference.low).toBeGreaterThan(0);
      }),
    );
  });
});

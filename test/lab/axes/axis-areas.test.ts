import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { measureAxes } from "../../../src/lab/axes/axis-areas.js";
import { fitRidge } from "../../../src/lab/axes/ridge.js";
import { deckLanguages, loadDeck } from "../../../src/shared/deck/deck.js";

/** Well below what is measured, so that a new prompt may come and a broken list may not. */
const LEAST_STARTER: Readonly<Record<string, number>> = {
  length: 0.97,
  formality: 0.9,
  humour: 0.58,
  elicitation: 0.93,
  enthusiasm: 0.93,
  politeness: 0.9,
  confidence: 0.88,
};
const LEAST_LEARNED: Readonly<Record<string, number>> = { ...LEAST_STARTER, humour: 0.62 };
/** What one language has taught, in another: a member's taste goes along. */
const LEAST_TAUGHT: Readonly<Record<string, number>> = {
  ...LEAST_STARTER,
  confidence: 0.85,
  politeness: 0.85,
};

const AREAS = measureAxes(deckLanguages().map((language) => loadDeck(language)));

describe("the style statistics", () => {
  it.each(AREAS)("tell the ends of $axis apart in $language", ({ axis, starter, learned }) => {
    expect(starter).toBeGreaterThan(LEAST_STARTER[axis]!);
    expect(learned).toBeGreaterThan(LEAST_LEARNED[axis]!);
  });

  it.each(AREAS)("mean the same by $axis in $language as in the others", ({ axis, taughtBy }) => {
    for (const area of Object.values(taughtBy)) expect(area).toBeGreaterThan(LEAST_TAUGHT[axis]!);
  });
});

describe("ridge regression", () => {
  it("finds weights in many answers, and leaves alone what tells nothing", () => {
    const random = createRandomGenerator(1);
    const rows = Float64Array.from({ length: 3_000 }, () => 2 * random() - 1);
    const labels = Array.from(
      { length: 1_000 },
      (_, row) => 2 * rows[3 * row]! - rows[3 * row + 1]!,
    );
    const [first, second, third] = fitRidge(rows, labels, 3);
    expect(first).toBeCloseTo(2, 0);
    expect(second).toBeCloseTo(-1, 0);
    expect(Math.abs(third!)).toBeLessThan(0.1);
  });
});

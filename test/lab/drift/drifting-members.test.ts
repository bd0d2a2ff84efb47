import { describe, expect, it } from "vitest";
import { simulateDrift, type TasteChange } from "../../../src/lab/drift/drifting-members.js";
import { loadDeck } from "../../../src/shared/deck/deck.js";

const OFF = Number.POSITIVE_INFINITY;
const deck = loadDeck();

describe("members whose taste changes completely at vote 40", () => {
  it.each(["reversed", "redrawn"] as const)(
    "are known again as after ten votes within 15 more, with a half-life of 6: %s",
    (change) => {
      const [ten, , late] = areas(change, 6);
      expect(ten).toBeGreaterThan(0.75);
      expect(late).toBeGreaterThanOrEqual(ten!);
    },
  );

  it("are not, without a half-life", () => {
    for (const change of ["reversed", "redrawn"] as const) {
      const [ten, , late] = areas(change, OFF);
      expect(late).toBeLessThan(ten! - 0.15);
    }
  });
});

describe("members whose taste stays", () => {
  it("are known a little less well with a half-life, and not worse than after ten votes", () => {
    const [, plain] = areas("none", OFF);
    const [ten, decayed] = areas("none", 6);
    expect(decayed).toBeLessThan(plain!);
    expect(decayed).toBeGreaterThan(plain! - 0.06);
    expect(decayed).toBeGreaterThan(ten!);
  });
});

/** After 10, 40 and 55 votes. */
function areas(change: TasteChange, halfLife: number): number[] {
  const plan = { deck, members: 300, changeAfter: 40, stops: [10, 40, 55], seed: 1 };
  return simulateDrift({ ...plan, change, halfLife });
}

import { array, assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Slot } from "../../../models/steering/spread.js";
import { mannerWords } from "../../../src/conversation/steering/directive-text.js";
import {
  mannerRequests,
  withinBudget,
} from "../../../src/conversation/steering/manner-requests.js";

const PLAIN: Slot = { kind: "plain", directives: [] };
const BRIEF: Slot = {
  kind: "exploit",
  directives: [{ axis: "length", pole: -1, dose: 2, words: 30 }],
};
const PROSE: Slot = { kind: "contrast", directives: [{ axis: "structure", pole: -1, dose: 2 }] };
const WARM: Slot = { kind: "explore", directives: [{ axis: "warmth", pole: 1, dose: 1 }] };
const SPREAD = [PLAIN, BRIEF, PROSE, WARM];

describe("the requests of one answer", () => {
  it("are one for each manner, together as many as there are slots", () => {
    assert(
      property(array(constantFrom(...SPREAD), { minLength: 1, maxLength: 8 }), (slots) => {
        const requests = mannerRequests(slots, slots.length);
        const words = requests.map(({ slot }) => mannerWords(slot!));
        expect(new Set(words).size).toBe(requests.length);
        expect(new Set(words)).toEqual(new Set(slots.map(mannerWords)));
        expect(requests.reduce((sum, { count }) => sum + count, 0)).toBe(slots.length);
      }),
    );
  });

  it("are one where no manner is asked for", () => {
    expect(mannerRequests(undefined, 4)).toEqual([{ slot: undefined, count: 4 }]);
  });

  it("are two under pressure, and then one, which pleases", () => {
    expect(withinBudget(SPREAD, 4)).toEqual(SPREAD);
    expect(withinBudget(SPREAD, 3)).toEqual([PLAIN, BRIEF, BRIEF]);
    expect(withinBudget(SPREAD, 2)).toEqual([PLAIN, BRIEF]);
    expect(withinBudget(SPREAD, 1)).toEqual([BRIEF]);
    expect(withinBudget([BRIEF, BRIEF, BRIEF], 2)).toEqual([BRIEF, BRIEF]);
  });

  it("are never more than the budget allows, of at most two manners below it", () => {
    const slots = array(constantFrom(...SPREAD), { minLength: 1, maxLength: 8 });
    assert(
      property(slots, integer({ min: 1, max: 10 }), (wanted, allowed) => {
        const kept = withinBudget(wanted, allowed);
        expect(kept).toHaveLength(Math.min(allowed, wanted.length));
        for (const slot of kept) expect(wanted).toContain(slot);
        if (allowed < wanted.length) {
          expect(mannerRequests(kept, kept.length).length).toBeLessThanOrEqual(2);
        }
      }),
    );
  });
});

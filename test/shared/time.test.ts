import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../src/shared/time.js";

const HOUR_MS = 60 * 60 * 1000;

describe("the day of a time", () => {
  it("is what the calendar says, in whatever order days are asked for", () => {
    const hour = fc.integer({ min: 0, max: 200 * 365 * 24 }).map((hours) => hours * HOUR_MS);
    const anyTime = fc.integer({ min: -8.64e15, max: 8.64e15 });
    const aroundMidnight = fc
      .tuple(fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, ms]) => day * 24 * HOUR_MS + ms);
    const fraction = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.oneof(hour, anyTime, aroundMidnight, fraction)), (times) => {
        for (const at of times) {
          const [day] = new Date(at).toISOString().split("T");
          expect(dayOf(at)).toBe(day);
          expect(dayOf(at)).toBe(day);
        }
      }),
    );
  });

  it("is refused for what is no time, also after a day that there is", () => {
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, 8.64e15 + 1]) {
      expect(dayOf(0)).toBe("1970-01-01");
      expect(() => dayOf(at)).toThrow(RangeError);
      expect(() => dayOf(at)).toThrow(RangeError);
    }
  });
});

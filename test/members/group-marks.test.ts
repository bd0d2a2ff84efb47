import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { EPSILON, FARTHEST, groupMarks, LEAST_PEOPLE } from "../../src/members/group-marks.js";

const DRAWS = 20_000;

describe("the marks of a group", () => {
  it("are none for fewer than twenty people", () => {
    const random = createRandomGenerator(1);
    const people = (count: number) => Array.from({ length: count }, () => [1, -1]);
    expect(groupMarks(people(LEAST_PEOPLE - 1), random)).toBeUndefined();
    expect(groupMarks(people(LEAST_PEOPLE), random)).toHaveLength(2);
  });

  it("are whole numbers in bounds, whatever somebody's weights are", () => {
    const extreme = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(1e308, -1e308, 0));
    const weights = fc.array(fc.array(extreme, { minLength: 2, maxLength: 2 }), {
      minLength: LEAST_PEOPLE,
      maxLength: 40,
    });
    fc.assert(
      fc.property(weights, fc.integer(), (people, seed) => {
        for (const mark of groupMarks(people, createRandomGenerator(seed))!) {
          expect(Number.isInteger(mark)).toBe(true);
          expect(Math.abs(mark)).toBeLessThanOrEqual(FARTHEST);
        }
      }),
    );
  });

  it("tell of large groups which way they lean", () => {
    const people = Array.from({ length: 400 }, () => [1.2, -0.9, 0]);
    expect(groupMarks(people, createRandomGenerator(3))).toEqual([1, -1, 0]);
  });

  it("tell next to nothing of one member to nineteen friends who choose their own tastes", () => {
    // The friends put their sum where the last one's weight tips the mark, were there no noise.
    for (const friends of [0.5, 0.4999, -0.5, 1.5, 0]) {
      const liking = frequencies(friends, FARTHEST, 1);
      const disliking = frequencies(friends, -FARTHEST, 2);
      for (const [mark, share] of liking) {
        const other = disliking.get(mark) ?? 0;
        if (Math.max(share, other) < 0.02) continue;
        const ratio = Math.abs(Math.log(share / other));
        expect(ratio).toBeLessThan(EPSILON + 0.15);
      }
    }
  });

  /** How often each mark of one axis is shown, for one member beside nineteen whose mean is `friends`. */
  function frequencies(friends: number, last: number, seed: number): Map<number, number> {
    const random = createRandomGenerator(seed);
    const others = Array.from({ length: LEAST_PEOPLE - 1 }, () => [
      (friends * LEAST_PEOPLE) / (LEAST_PEOPLE - 1),
    ]);
    const shares = new Map<number, number>();
    for (let draw = 0; draw < DRAWS; draw++) {
      const [mark] = groupMarks([...others, [last]], random)!;
      shares.set(mark!, (shares.get(mark!) ?? 0) + 1 / DRAWS);
    }
    return shares;
  }
});

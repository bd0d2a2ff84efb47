import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { createStarterModel } from "../../../models/rewards/starter.js";
import { priorUserWeights, type UserWeights } from "../../../models/rewards/user-weights.js";
import { mannersFor } from "../../../models/steering/candidate-count.js";
import { directivesFor } from "../../../models/steering/directives.js";
import { spreadOf } from "../../../models/steering/spread.js";
import { stancesOf } from "../../../models/steering/stances.js";
import { STEERABLE_AXES } from "../../../models/steering/steerable-axes.js";
import { deckGains } from "./deck-gains.js";

const starter = createStarterModel();
const gains = deckGains(starter);
const lengths = { usual: 80, covered: [20, 300], logDeviation: 0.6 } as const;

function member(weights: readonly number[], precision: number, votes = 10): UserWeights {
  const factor = new Float64Array(starter.rank ** 2);
  for (let at = 0; at < starter.rank; at++) factor[at * starter.rank + at] = Math.sqrt(precision);
  return {
    weights: Float64Array.from(weights),
    cholesky: factor,
    votes,
    modelVersion: starter.version,
  };
}

function parts(userWeights: UserWeights, personalShare = 1) {
  return { gains, userWeights, prior: starter.prior, personalShare };
}

const SHORT_AND_FUNNY = [-2, 0, 2, 0, 0, 0, 0];

describe("the spread of manners", () => {
  it("always has a plain candidate, and as many as are wanted", () => {
    const weights = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
      minLength: starter.rank,
      maxLength: starter.rank,
    });
    const precision = fc.double({ min: 0.1, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        weights,
        precision,
        fc.integer({ min: 2, max: 8 }),
        fc.integer(),
        (values, width, count, seed) => {
          const slots = spreadOf(
            parts(member(values, width)),
            { votes: 10, lengths },
            count,
            createRandomGenerator(seed),
          );
          expect(slots).toHaveLength(count);
          expect(slots[0]).toEqual({ kind: "plain", directives: [] });
          const asked = slots.filter(({ directives }) => directives.length > 0);
          expect(asked.every(({ directives }) => directives.length <= 3)).toBe(true);
        },
      ),
    );
  });

  it("asks second for what the member is known to like", () => {
    const userWeights = member(SHORT_AND_FUNNY, 100);
    const options = { votes: 10, lengths };
    const known = directivesFor(stancesOf(parts(userWeights)), options);
    const [, exploit] = spreadOf(parts(userWeights), options, 4, createRandomGenerator(1));
    expect(exploit).toEqual({ kind: "exploit", directives: known });
    expect(known.map(({ axis, pole }) => [axis, pole])).toEqual(
      expect.arrayContaining([
        ["length", -1],
        ["humour", 1],
      ]),
    );
  });

  it("tries manners before the first vote, because nothing is known yet", () => {
    const slots = spreadOf(
      parts(priorUserWeights(starter)),
      { votes: 0, lengths },
      4,
      createRandomGenerator(2),
    );
    expect(slots.filter(({ directives }) => directives.length > 0).length).toBeGreaterThan(1);
    expect(slots.find(({ kind }) => kind === "exploit")?.directives ?? []).toEqual([]);
  });

  it("is plain alone with κ = 0, and one candidate is the one that is known to please", () => {
    const userWeights = member(SHORT_AND_FUNNY, 100);
    const options = { votes: 10, lengths };
    const plain = spreadOf(parts(userWeights, 0), options, 4, createRandomGenerator(1));
    expect(plain.every(({ kind }) => kind === "plain")).toBe(true);
    const [one] = spreadOf(parts(userWeights), options, 1, createRandomGenerator(1));
    expect(one?.kind).toBe("exploit");
  });

  it("never speaks of an axis that is left out", () => {
    const without = new Set(["length", "humour"] as const);
    for (let seed = 0; seed < 200; seed++) {
      const slots = spreadOf(
        parts(member(SHORT_AND_FUNNY, 1)),
        { votes: 10, lengths, without },
        6,
        createRandomGenerator(seed),
      );
      const axes = slots.flatMap(({ directives }) => directives.map(({ axis }) => axis));
      expect(axes.filter((axis) => axis === "length" || axis === "humour")).toEqual([]);
    }
  });
});

describe("the number of candidates", () => {
  it("falls to a few of one manner once that is as good as certain, and not before", () => {
    const proven = new Set(STEERABLE_AXES);
    const manners = (precision: number, most = 4) =>
      mannersFor(
        parts(member(SHORT_AND_FUNNY, precision)),
        { votes: 10, lengths, proven },
        most,
        createRandomGenerator(1),
      );
    expect(manners(0.01)).toHaveLength(4);
    expect(manners(0.01).map(({ kind }) => kind)).toContain("explore");
    const settled = manners(1e4);
    expect(settled.map(({ kind }) => kind)).toEqual(["exploit", "exploit", "exploit"]);
    expect(new Set(settled.map(({ directives }) => JSON.stringify(directives))).size).toBe(1);
    expect(manners(1e4, 1)).toHaveLength(1);
  });

  it("stays with a language model that was not seen to do as it is told", () => {
    const known = parts(member(SHORT_AND_FUNNY, 1e4));
    const options = { votes: 10, lengths, proven: new Set<never>() };
    const slots = mannersFor(known, options, 4, createRandomGenerator(1));
    expect(slots.map(({ kind }) => kind).slice(0, 2)).toEqual(["plain", "exploit"]);
    expect(slots).toHaveLength(4);
  });
});

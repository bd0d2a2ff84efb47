import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabelledPairs } from "../../../src/lab/evaluate/dataset.js";
import { judgePrompts, winRate } from "../../../src/lab/evaluate/win-rate.js";

const RESPONSES = 5;
const PROMPT_OF = Int32Array.from({ length: 3 * RESPONSES }, (_, item) =>
  Math.floor(item / RESPONSES),
);

const PAIR = fc
  .tuple(
    fc.integer({ min: 0, max: 3 * RESPONSES - 1 }),
    fc.integer({ min: 0, max: 3 * RESPONSES - 1 }),
    fc.constantFrom(0, 1),
  )
  .filter(([a, b]) => a !== b);
const PAIRS = fc.array(PAIR, { maxLength: 25 });
/** Few different rewards, so that some share the highest. */
const REWARDS = fc.array(fc.integer({ min: 0, max: 3 }), {
  minLength: 3 * RESPONSES,
  maxLength: 3 * RESPONSES,
});

describe("the win rate of the response with the highest reward", () => {
  it("follows from the labels and the chains between them", () => {
    fc.assert(
      fc.property(PAIRS, REWARDS, (pairs, rewards) => {
        const found = winRate(judgePrompts(toPairs(pairs), PROMPT_OF), (item) => rewards[item]!);
        const expected = slowWinRate(pairs, rewards);
        if (expected === undefined) expect(found).toBeUndefined();
        else expect(found).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("is 1 for who knows the labels' order, 0 for who has it upside down", () => {
    fc.assert(
      fc.property(PAIRS, (pairs) => {
        // Lower items are better.
        const test = toPairs(pairs.map(([a, b]) => [a, b, a < b ? 1 : 0]));
        const prompts = judgePrompts(test, PROMPT_OF);
        fc.pre(prompts.length > 0);
        expect(winRate(prompts, (item) => -item)).toBe(1);
        expect(winRate(prompts, (item) => item)).toBe(0);
      }),
    );
  });

  it("is a half for who knows nothing, where every pair has a label", () => {
    const pairs = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3].filter((b) => b > a).map((b) => [a, b, (a * b) % 2] as const),
    );
    expect(winRate(judgePrompts(toPairs(pairs), PROMPT_OF), () => 0)).toBeCloseTo(0.5, 12);
  });

  it("does not exist where no prompt has several responses", () => {
    expect(judgePrompts(toPairs([[0, RESPONSES, 1]]), PROMPT_OF)).toEqual([]);
    expect(winRate([], () => 0)).toBeUndefined();
  });
});

function toPairs(pairs: readonly (readonly [number, number, number])[]): LabelledPairs {
  return {
    count: pairs.length,
    a: Int32Array.from(pairs, ([a]) => a),
    b: Int32Array.from(pairs, ([, b]) => b),
    outcomes: Float32Array.from(pairs, ([, , outcome]) => outcome),
  };
}

/** Straight from the definition, with a search along the labels for every two responses. */
function slowWinRate(
  pairs: readonly (readonly [number, number, number])[],
  rewards: readonly number[],
): number | undefined {
  const preferences = pairs
    .filter(([a, b]) => PROMPT_OF[a] === PROMPT_OF[b])
    .map(([a, b, outcome]) => (outcome === 1 ? [a, b] : [b, a]));
  const beats = (from: number, to: number, seen = new Set<number>()): boolean =>
    preferences.some(([winner, loser]) => {
      if (winner !== from || seen.has(loser!)) return false;
      seen.add(loser!);
      return loser === to || beats(loser!, to, seen);
    });
  const rates = [0, 1, 2].flatMap((prompt) => {
    const responses = [...new Set(preferences.flat())].filter((item) => PROMPT_OF[item] === prompt);
    const highest = Math.max(...responses.map((item) => rewards[item]!));
    const shares = responses
      .filter((item) => rewards[item] === highest)
      .flatMap((best) => {
        const results = responses
          .filter((other) => other !== best)
          .flatMap((other) => {
            const [won, lost] = [beats(best, other), beats(other, best)];
            if (!won && !lost) return [];
            return [won && lost ? 0.5 : won ? 1 : 0];
          });
        return results.length > 0 ? [average(results)] : [];
      });
    return shares.length > 0 ? [average(shares)] : [];
  });
  return rates.length > 0 ? average(rates) : undefined;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

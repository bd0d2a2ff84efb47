import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { PooledComparisons } from "../../../models/rewards/comparison.js";
import {
  NotEnoughFeedbackError,
  TooFewHeldOutError,
} from "../../../models/training/not-enough-feedback.js";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { plantMembers } from "../../support/planted-members.js";
import { untrainedModel } from "../../support/untrained-model.js";

const DIMENSIONS = 4;
const planted = { dimensions: DIMENSIONS, seed: 1, baseRewards: ([x]: Float32Array) => [2 * x!] };

function train(pooled: PooledComparisons) {
  const options = { seed: 1, encoderId: "planted", hiddenUnits: 0 };
  return trainBaseRewards(pooled, untrainedModel(DIMENSIONS), options);
}

describe("a training that can't be judged", () => {
  beforeAll(async () => {
    await chooseBackend();
  });

  it("is refused in one sentence where nine people can be held out, and not where ten can", async () => {
    const nine = train(plantMembers({ ...planted, members: 9, votesEach: 12 }));
    await expect(nine).rejects.toThrow(TooFewHeldOutError);
    await expect(nine).rejects.toThrow(
      /at least 10 with two votes on different answers; so far there are 9/,
    );
    const ten = await train(plantMembers({ ...planted, members: 10, votesEach: 12 }));
    expect(ten.candidate.members).toBe(10);
  });

  it("is refused where everybody but one has one vote, or has judged one pair again and again", async () => {
    const pooled = plantMembers({ ...planted, members: 40, votesEach: 1 });
    await expect(train(pooled)).rejects.toThrow(NotEnoughFeedbackError);
    const one = plantMembers({ ...planted, members: 12, votesEach: 4 });
    const again = {
      ...one,
      featuresA: repeated(one.featuresA),
      featuresB: repeated(one.featuresB),
    };
    await expect(train(again)).rejects.toThrow(TooFewHeldOutError);
  });

  it("is not adopted where all votes are ties, or all are for the answer shown first", async () => {
    const pooled = plantMembers({ ...planted, members: 12, votesEach: 10 });
    const ties = await train({ ...pooled, outcomes: pooled.outcomes.map(() => 0.5) });
    expect(ties.adopted).toBe(false);
    const first = await train({
      ...pooled,
      outcomes: pooled.outcomes.map(() => 1),
      positions: pooled.positions.map(() => 1),
    });
    expect(first.candidate.members).toBe(12);
  });

  it("ends in a verdict or a plain refusal, whoever has voted and however", async () => {
    const plan = fc.record({
      votes: fc.array(fc.nat(5), { minLength: 1, maxLength: 24 }),
      outcome: fc.constantFrom(0, 0.5, 1, undefined),
      trainedBefore: fc.nat(6),
      seed: fc.nat(1_000),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ outcome, seed, trainedBefore, votes }) => {
        const all = plantMembers({ ...planted, seed, members: votes.length, votesEach: 5 });
        const pooled = keepVotes(all, votes, trainedBefore);
        const outcomes = pooled.outcomes.map((own) => outcome ?? own);
        const result = await train({ ...pooled, outcomes }).catch((error: Error) => error);
        if (result instanceof Error) {
          expect(["NotEnoughFeedbackError", "TooFewHeldOutError"]).toContain(result.name);
          expect(result.message).toMatch(/^[A-Z].*\.$/);
        } else expect(result.reason).toMatch(/adopted/);
      }),
      { numRuns: 25 },
    );
  });
});

/** All rows the same as the first. */
function repeated(features: Float32Array): Float32Array {
  return features.map((_, at) => features[at % DIMENSIONS]!);
}

/** So many of the five votes of each member, the first `before` of them known already. */
function keepVotes(pooled: PooledComparisons, votes: readonly number[], before: number) {
  const rows = [...pooled.memberOf.keys()].filter((row) => row % 5 < votes[pooled.memberOf[row]!]!);
  const pick = (values: Float32Array, columns: number) =>
    Float32Array.from({ length: rows.length * columns }, (_, at) => {
      const row = rows[Math.floor(at / columns)]!;
      return values[row * columns + (at % columns)]!;
    });
  return {
    count: rows.length,
    members: pooled.members,
    memberOf: Int32Array.from(rows, (row) => pooled.memberOf[row]!),
    featuresA: pick(pooled.featuresA, DIMENSIONS),
    featuresB: pick(pooled.featuresB, DIMENSIONS),
    outcomes: pick(pooled.outcomes, 1),
    positions: pick(pooled.positions, 1),
    weights: pick(pooled.weights, 1),
    trainedBefore: Uint8Array.from(rows, (row) => (row % 5 < before ? 1 : 0)),
  };
}

import { afterEach, describe, expect, it } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import { estimateUserWeights } from "../../models/rewards/user-weights.js";
import { toComparisons } from "../../src/members/engine-data.js";
import { voteOn } from "../../src/playground/rounds.js";
import { comparisonPrefix } from "../../src/store/keys.js";
import type { ComparisonRecord } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { collectFeedback } from "../../src/training/feedback.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const MEMBER = { guildId: "900", memberId: "7" };

describe("a profile with a half-life of votes", () => {
  let test: TestServices;
  afterEach(() => test.remove());

  it("counts a vote half after as many later ones", async () => {
    test = await createTestServices({ VOTE_HALF_LIFE: "2" });
    await voteThrice();
    const { weights, votes } = await test.services.profiles.userWeights(MEMBER);
    const expected = await weightsWith([0.5, Math.SQRT1_2, 1]);
    expect(votes).toBe(3);
    weights.forEach((weight, axis) => {
      expect(weight).toBeCloseTo(expected[axis]!, 6);
    });
  });

  it("counts all votes alike where it is off", async () => {
    test = await createTestServices();
    await voteThrice();
    const { weights } = await test.services.profiles.userWeights(MEMBER);
    expect([...weights]).toEqual([...(await weightsWith([1, 1, 1]))]);
  });

  it("leaves the pooled training every vote in full", async () => {
    test = await createTestServices({ VOTE_HALF_LIFE: "2" });
    await voteThrice();
    const { encoderId, dimensions } = test.services.models.current;
    const scope = { name: "discord", accepts: () => true };
    const { comparisons } = await collectFeedback(
      test.services.store.comparisons,
      scope,
      async () => true,
      encoderId,
      dimensions,
    );
    expect([...comparisons.weights]).toEqual([1, 1, 1]);
  });

  async function voteThrice() {
    await test.services.consents.grant(MEMBER);
    for (const [a, b] of [
      ["yeah just try it!", "One should therefore proceed with patience and consideration."],
      ["Perhaps. What do you think?", "Definitely, without a doubt."],
      ["Furthermore, it is advisable to wait.", "nah, go for it, haha"],
    ] as const) {
      const draft = {
        member: MEMBER,
        candidates: [candidate(a), candidate(b)] as const,
        encoder: test.services.models.current.encoderId,
        source: "chat" as const,
        trains: true,
        demonstration: false,
      };
      await voteOn(test.services, draft, "a");
    }
  }

  /** λ̂ of the stored votes with these weights, oldest first. */
  async function weightsWith(weights: readonly number[]) {
    const model = test.services.models.current;
    const records: ComparisonRecord[] = [];
    for await (const [, record] of test.services.store.comparisons.entries(
      comparisonPrefix(MEMBER),
    )) {
      records.push(record);
    }
    const comparisons = toComparisons(records, model.encoderId, model.dimensions);
    const aged = { ...comparisons, weights: Float32Array.from(weights) };
    return estimateUserWeights(model, aged).weights;
  }
});

function candidate(text: string) {
  return { text, features: featuresToText(encodeResponse(text)) };
}

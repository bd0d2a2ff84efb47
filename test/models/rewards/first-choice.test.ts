import { describe, expect, it } from "vitest";
import { chooseCandidate } from "../../../models/rewards/first-choice.js";

/** One base reward; the candidates stand at `places` on it. */
function choose(places: readonly number[], weight: number, votes: number): number {
  const baseRewards = Float64Array.from(places);
  const rewards = baseRewards.map((place) => weight * place);
  const userWeights = {
    weights: Float64Array.of(weight),
    cholesky: Float64Array.of(1),
    votes,
    modelVersion: "v",
  };
  return chooseCandidate(baseRewards, rewards, userWeights);
}

describe("the candidate that is sent", () => {
  it("is the best by the member's weights once they have voted, however slight the lead", () => {
    expect(choose([0, 1, 3, 2], 0.01, 1)).toBe(2);
  });

  it("is the first one for somebody new, unless members clearly prefer another", () => {
    // P = Φ(0.3) = 0.62 and Φ(0.5) = 0.69.
    expect(choose([0, 1, 3, 2], 0.3, 0)).toBe(0);
    expect(choose([0, 1, 3, 2], 0.5, 0)).toBe(2);
  });

  it("is the first one where the candidates are alike", () => {
    expect(choose([1, 1], 2, 0)).toBe(0);
  });
});

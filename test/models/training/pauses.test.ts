import { beforeAll, describe, expect, it } from "vitest";
import { trainBaseRewards } from "../../../models/training/train.js";
import { chooseBackend } from "../../../workers/tfjs-backend.js";
import { plantMembers } from "../../support/planted-members.js";
import { untrainedModel } from "../../support/untrained-model.js";

const DIMENSIONS = 12;

describe("the pauses of a training", () => {
  beforeAll(async () => {
    await chooseBackend();
  });

  it("come in every stage, and change nothing of what is learned", async () => {
    const pooled = plantMembers({
      ...{ members: 60, votesEach: 30, dimensions: DIMENSIONS, seed: 1 },
      baseRewards: (features) => [1.5 * (features[0]! + features[1]!), 1.5 * features[2]!],
    });
    const pauses = new Map<string, number>();
    let stage = "";
    const train = (pause?: () => void) =>
      trainBaseRewards(pooled, untrainedModel(DIMENSIONS), {
        ...{ seed: 1, encoderId: "planted", maximumRank: 6 },
        onProgress: (_done, now) => {
          stage = now;
        },
        ...(pause && { pause }),
      });
    const paused = await train(() => pauses.set(stage, (pauses.get(stage) ?? 0) + 1));
    expect(paused).toEqual(await train());
    for (const stage of [
      "choosing the settings",
      "trying a hidden layer",
      "training on everybody",
      "comparing with the present base rewards",
    ]) {
      expect([stage, pauses.get(stage) ?? 0]).toEqual([stage, expect.any(Number)]);
      expect(pauses.get(stage)).toBeGreaterThan(20);
    }
  });
});

/** Votes of members with known tastes, written straight into a store: enough for a training to take a while. */

import { comparisonKey } from "../../src/store/keys.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { plantMembers } from "./planted-members.js";
import { createTestServices } from "./test-services.js";

/** Fills the store of `storeUrl` with `members` who agreed to pooling and voted `votesEach` times on `guildId`. */
export async function plantVotes(
  storeUrl: string,
  guildId: string,
  members: number,
  votesEach: number,
): Promise<void> {
  const test = await createTestServices({ STORE_URL: storeUrl });
  const { store, consents, models } = test.services;
  const { dimensions, encoderId } = models.current;
  const baseRewards = (features: Float32Array) => [features[0]!, features[1]!];
  const planted = plantMembers({ members, votesEach, dimensions, seed: 1, baseRewards });
  const row = (all: Float32Array, at: number) =>
    featuresToText(all.subarray(at * dimensions, (at + 1) * dimensions));
  for (let member = 0; member < members; member++) {
    const key = { guildId, memberId: String(1_000 + member) };
    await consents.grant(key);
    await consents.setPooled(key, true);
    const votes = Array.from({ length: votesEach }, (_, vote) => {
      const at = member * votesEach + vote;
      return store.comparisons.putting(comparisonKey(key, String(at).padStart(26, "0")), {
        a: row(planted.featuresA, at),
        b: row(planted.featuresB, at),
        outcome: planted.outcomes[at] === 1 ? 1 : 0,
        encoder: encoderId,
        firstShown: "a",
        source: "deck",
        trains: true,
        weight: 1,
        at: Date.now(),
      });
    });
    await store.writeTogether(votes);
  }
  await test.remove();
}

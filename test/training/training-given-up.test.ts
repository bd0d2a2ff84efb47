import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TrainingClaim, TrainingTakenOverError } from "../../src/training/training-claim.js";
import { plantVotes } from "../support/planted-votes.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const GUILD = "900";
/** So many are learned from for some seconds. */
const [MEMBERS, VOTES_EACH] = [40, 20];

describe("a training that another process has taken over", () => {
  let database: TemporaryPostgres;
  let test: TestServices;
  beforeEach(async () => {
    database = await createTemporaryPostgres();
    await plantVotes(database.url, GUILD, MEMBERS, VOTES_EACH);
    test = await createTestServices({ STORE_URL: database.url });
  });
  afterEach(async () => {
    await test.remove();
    await database.remove();
  });

  it("is given up long before its end, and the next one is not kept waiting by it", async () => {
    const { retraining } = test.services;
    for (let attempt = 0; attempt < 2; attempt++) {
      const claim = await take(attempt);
      const seen: number[] = [];
      const training = retraining
        .run(({ done }) => void seen.push(done), claim)
        .catch((error: unknown) => error);
      await waitFor(() => (seen.at(-1) ?? 0) > 0 || undefined, "the training");
      await take(attempt + 1);
      expect(await training).toBeInstanceOf(TrainingTakenOverError);
      expect(Math.max(...seen)).toBeLessThan(1);
    }
  });

  function take(attempt: number): Promise<TrainingClaim> {
    return TrainingClaim.take(test.services.store, "discord", { job: "a", madeAt: 1, attempt }, 1);
  }
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/random.js";
import { loadDeck } from "../../src/chat/deck.js";
import { seatNeighbours } from "../../src/playground/neighbours.js";
import { createPopulation } from "../../src/playground/simulated-member.js";
import { reportText } from "../../src/training/report-text.js";
import {
  MINIMUM_MEMBERS,
  RetrainingInProgressError,
  TooFewMembersError,
} from "../../src/training/retraining.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const GUILD = "900";

describe("the retraining", () => {
  let test: TestServices;
  beforeEach(async () => {
    test = await createTestServices();
  });
  afterEach(() => test.remove());

  it("waits for enough members, and says how many there are", async () => {
    const { retraining, models } = test.services;
    await expect(retraining.run(() => undefined)).rejects.toThrow(TooFewMembersError);
    await expect(retraining.run(() => undefined)).rejects.toThrow(
      new RegExp(`at least ${MINIMUM_MEMBERS} members who agreed to pooled training; so far .* 0`),
    );
    expect(models.current.version).toBe("starter");
  });

  it("can be asked again after it was refused", async () => {
    const { retraining } = test.services;
    await expect(retraining.run(() => undefined)).rejects.toThrow(TooFewMembersError);
    await expect(retraining.run(() => undefined)).rejects.toThrow(TooFewMembersError);
  });

  it("learns from members with different tastes, refits them, survives a restart, can be undone", async () => {
    await seat();
    const stages: string[] = [];
    const report = await test.services.retraining.run(({ stage }) => void stages.push(stage));
    expect(report.adopted).toBe(true);
    expect(report.after.logLikelihood).toBeGreaterThan(report.before.logLikelihood);
    expect(report.members).toBe(30);
    expect(new Set(stages).size).toBeGreaterThan(1);
    expect(reportText(report)).toMatch(/held-out votes predicted right/);

    for await (const [, profile] of test.services.store.profiles.entries()) {
      expect(profile.modelVersion).toBe(report.version);
      expect(profile.weights).toHaveLength(report.rank);
    }
    const before = test.services.models.current;
    const { models } = await test.restart();
    expect(models.current).toEqual(before);

    const { profiles } = test.services;
    await models.restore("starter");
    const member = { guildId: GUILD, memberId: "100" };
    expect((await profiles.userWeights(member)).modelVersion).toBe("starter");
    await models.restore(report.version);
    expect((await profiles.userWeights(member)).modelVersion).toBe(report.version);
    await expect(models.restore("nonsense")).rejects.toThrow(/list the versions/);
  });

  it("counts only members who said yes to pooling, on servers whose admin allows it", async () => {
    await seat();
    const { consents, retraining, store } = test.services;
    const refusal = async () =>
      retraining
        .run(() => undefined)
        .then(
          () => "trained",
          (error: Error) => error.message,
        );
    await store.settings.set(GUILD, { pooledTraining: false });
    expect(await refusal()).toMatch(/so far there are 0/);
    await store.settings.set(GUILD, {});
    for await (const [key] of store.profiles.entries()) {
      const [guildId, memberId] = key.split(":") as [string, string];
      if (memberId !== "100") await consents.setPooled({ guildId, memberId }, false);
    }
    expect(await refusal()).toMatch(/so far there is 1/);
  });

  it("never runs twice at once, and members are answered meanwhile", async () => {
    await seat();
    const { retraining, replies } = test.services;
    let training = true;
    const finished = retraining
      .run(() => undefined)
      .finally(() => {
        training = false;
      });
    await expect(retraining.run(() => undefined)).rejects.toThrow(RetrainingInProgressError);
    let answered = 0;
    while (training) {
      const history = [{ role: "member" as const, text: "How do I sleep better?" }];
      await replies.reply({ member: { guildId: GUILD, memberId: "7" }, history });
      answered++;
    }
    await finished;
    expect(answered).toBeGreaterThan(10);
  });

  const seat = () => {
    const random = createRandomGenerator(3);
    const population = createPopulation(random);
    return seatNeighbours(test.services, GUILD, loadDeck().prompts, population, random);
  };
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { priorUserWeights } from "../../models/rewards/user-weights.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

describe("the mean of a server", () => {
  let test: TestServices;
  beforeAll(async () => {
    test = await createTestServices();
  });
  afterAll(() => test.remove());

  /** Members who answer the deck's questions with the shorter or the longer answer. */
  async function vote(guildId: string, members: number, shorter: boolean, pooled = true) {
    const { calibrations, consents } = test.services;
    for (let at = 0; at < members; at++) {
      const member = { guildId, memberId: `${guildId}${at}` };
      await consents.grant(member);
      if (pooled) await consents.setPooled(member, true);
      let step = await calibrations.start(member, "en");
      for (let question = 1; step.kind === "question"; question++) {
        const [a, b] = step.texts.map(({ length }) => length) as [number, number];
        step = (await calibrations.answer(member, question, a < b === shorter ? "a" : "b"))!;
      }
    }
  }

  const lengthOf = async (guildId: string) =>
    (await test.services.profiles.userWeights({ guildId, memberId: "new" })).weights[0]!;

  it("is where a newcomer begins; a server of few members or of another taste is not moved by it", async () => {
    await vote("700", 22, true);
    await vote("701", 22, false);
    await vote("702", 19, true);
    await vote("703", 22, true, false);
    const { models, serverMeans } = test.services;
    for (const guildId of ["700", "701", "702", "703"]) {
      await serverMeans.refresh(guildId, models.current);
    }
    expect(await lengthOf("700")).toBeLessThan(-0.2);
    expect(await lengthOf("701")).toBeGreaterThan(0.2);
    const everybody = priorUserWeights(models.current).weights[0]!;
    for (const guildId of ["702", "703"]) {
      expect(await lengthOf(guildId)).toBe(everybody);
    }
  });

  it("is not stored with a profile, and is forgotten when one of its members is", async () => {
    const member = { guildId: "700", memberId: "7000" };
    const { profiles, serverMeans, models } = test.services;
    const before = await profiles.userWeights(member);
    serverMeans.forget();
    const own = await profiles.userWeights(member);
    expect(own.weights[0]).not.toBe(before.weights[0]);
    await serverMeans.refresh("700", models.current);
    expect((await profiles.userWeights(member)).weights[0]).toBeCloseTo(before.weights[0]!, 9);
    await test.services.memberData.reset(member);
    expect(serverMeans.shiftOf("700", models.current)).toBeUndefined();
  });

  it("shows in no profile, so that nobody can work out the others' taste from their own", async () => {
    const { profiles, profileCards, serverMeans, models } = test.services;
    const member = { guildId: "700", memberId: "7001" };
    await serverMeans.refresh("700", models.current);
    const shown = [await profiles.view(member), await profileCards.card(member, "en")];
    serverMeans.forget();
    expect([await profiles.view(member), await profileCards.card(member, "en")]).toEqual(shown);
  });
});

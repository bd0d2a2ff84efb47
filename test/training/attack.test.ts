import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { encodeResponses } from "../../models/encoder/encoder.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { seatNeighbours } from "../../src/playground/neighbours.js";
import { createPopulation } from "../../src/playground/simulated-member.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import type { MemberKey } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const STARTER = createStarterModel().version;

const GUILD = "900";
/** Accounts of October 2026 and of 2016. */
const NOW = Date.UTC(2026, 10, 1);
const YOUNG = (BigInt(Date.UTC(2026, 9, 25) - Date.UTC(2015, 0, 1)) << 22n) + 1n;
const OLD = 175928847299117063n;

describe("an attack on pooled training", () => {
  let test: TestServices;
  let messages = 0;
  beforeEach(async () => {
    test = await createTestServices({}, () => NOW);
  });
  afterEach(() => test.remove());

  it("by accounts made last week changes their own profiles and nobody else's", async () => {
    for (let account = 0; account < 5; account++) await collude(String(YOUNG + BigInt(account)), 3);
    const train = () => test.services.retraining.run(() => undefined);
    await expect(train()).rejects.toThrow(/so far there are 0/);
    const member = { guildId: GUILD, memberId: String(YOUNG) };
    expect((await test.services.profiles.view(member)).votes).toBe(3);
    await test.restart({ MINIMUM_ACCOUNT_DAYS: "0" });
    await expect(train()).rejects.toThrow(/comparisons|votes/);
    await expect(train()).rejects.not.toThrow(/so far there are 0/);
  });

  it("by old accounts is left out of the training, and a version can be gone back to", async () => {
    const { models, profiles, retraining } = test.services;
    const random = createRandomGenerator(3);
    const population = createPopulation(random);
    await seatNeighbours(test.services, GUILD, loadDeck().prompts, population, random);
    const clean = await retraining.run(() => undefined);
    expect(clean).toMatchObject({ adopted: true, leftOut: 0 });
    const learned = models.current;
    for (let account = 0; account < 8; account++) await collude(String(OLD + BigInt(account)), 40);
    const attacked = await retraining.run(() => undefined);
    expect(attacked.members).toBe(38);
    expect(attacked.leftOut).toBeGreaterThanOrEqual(6);
    // Nobody honest has voted since: what an attack adds is nothing that would be better for them.
    expect(attacked.adopted, attacked.reason).toBe(false);
    expect(models.current).toEqual(learned);
    expect(Math.abs(attacked.after.accuracy - clean.after.accuracy)).toBeLessThan(0.05);
    await models.restore("starter");
    expect(models.current.version).toBe(STARTER);
    await models.restore(clean.version);
    expect(models.current).toEqual(learned);
    const honest = { guildId: GUILD, memberId: "100" };
    expect((await profiles.userWeights(honest)).modelVersion).toBe(clean.version);
    const reopened = await test.restart();
    expect(reopened.models.current.version).toBe(clean.version);
  });

  /** Votes for whatever is shorter, `count` times. */
  async function collude(memberId: string, count: number): Promise<void> {
    const member: MemberKey = { guildId: GUILD, memberId };
    const { ballots, consents, models, votes } = test.services;
    await consents.grant(member);
    await consents.setPooled(member, true);
    const { prompts } = loadDeck();
    for (let vote = 0; vote < count; vote++) {
      const answers = prompts[vote % prompts.length]!.answers.map(({ text }) => text);
      const texts = answers.sort((first, second) => first.length - second.length);
      const pair = [texts[0]!, texts.at(-1)!] as const;
      const features = encodeResponses([...pair]);
      const { dimensions, encoderId } = models.current;
      const candidate = (at: 0 | 1) => ({
        text: pair[at],
        features: featuresToText(features.slice(at * dimensions, (at + 1) * dimensions)),
      });
      const messageId = `attack-${messages++}`;
      const draft = {
        ...{ member, encoder: encoderId, source: "chat" as const, trains: true },
        candidates: [candidate(0), candidate(1)] as const,
        demonstration: false,
      };
      await ballots.post(draft, "7", messageId);
      await votes.cast(messageId, memberId, "a");
    }
  }
});

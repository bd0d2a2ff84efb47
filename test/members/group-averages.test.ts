import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { priorUserWeights } from "../../models/rewards/user-weights.js";
import { recordOfWeights } from "../../src/members/engine-data.js";
import { DIRECT_MESSAGES_GUILD } from "../../src/store/ids.js";
import { profileKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { snowflake } from "../support/loopback-discord/snowflakes.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const GUILD = "900000000000000001";
const OTHER_GUILD = "900000000000000002";
const DAY_MS = 24 * 60 * 60_000;
const NOON = Date.UTC(2026, 0, 31, 12);

describe("the average of a server", () => {
  let test: TestServices;
  let now = NOON;
  beforeEach(async () => {
    now = NOON;
    test = await createTestServices({}, () => now);
  });
  afterEach(() => test.remove());

  it("of five who share, four of them friends, is shown to nobody", async () => {
    await share(members(5), 1);
    expect(await seenBy(member(0))).toBeUndefined();
  });

  it("of twenty is the same for all of them, in whole marks, and none for anybody else", async () => {
    await share(members(20), 2);
    const seen = await seenBy(member(0));
    expect(seen).toHaveLength(test.services.models.current.rank);
    for (const mark of seen!) expect([-2, -1, 0, 1, 2]).toContain(mark);
    expect(await seenBy(member(7))).toEqual(seen);
    const { consents } = test.services;
    expect(await seenBy(member(50))).toBeUndefined();
    await consents.grant(member(51));
    expect(await seenBy(member(51))).toBeUndefined();
  });

  it("says nothing about a vote, a deletion, a newcomer or a restart of the same day", async () => {
    await share(members(20), 0.5);
    const before = await seenBy(member(0));
    expect(before).toBeDefined();
    await share([member(19)], -2);
    expect(await seenBy(member(0))).toEqual(before);
    await share(members(20), 2);
    await share([member(20)], 2);
    expect(await seenBy(member(0))).toEqual(before);
    for (let at = 1; at < 19; at++) {
      await test.services.memberData.delete(member(at).memberId, [GUILD]);
    }
    expect(await seenBy(member(0))).toEqual(before);
    await test.restart();
    expect(await seenBy(member(0))).toEqual(before);
    // The clock set forward and back takes one more snapshot, and not a second of today.
    now += DAY_MS;
    expect(await seenBy(member(0))).toBeUndefined();
    now -= DAY_MS;
    expect(await seenBy(member(0))).toBeUndefined();
  });

  it("that was too few this morning is too few all day", async () => {
    await share(members(19), 1);
    expect(await seenBy(member(0))).toBeUndefined();
    await share([member(19)], 1);
    expect(await seenBy(member(0))).toBeUndefined();
    now += DAY_MS;
    expect(await seenBy(member(0))).toBeDefined();
  });

  it("counts whom a training counts: no new accounts, no servers without pooling, no second no", async () => {
    const young = Array.from({ length: 20 }, () => ({ guildId: GUILD, memberId: snowflake() }));
    now = Date.now();
    await share(young, 1);
    expect(await seenBy(young[0]!)).toBeUndefined();

    await share(members(20, OTHER_GUILD), 1);
    await test.services.guildSettings.change(OTHER_GUILD, { pooledTraining: false });
    expect(await seenBy(member(0, OTHER_GUILD))).toBeUndefined();
    await test.services.guildSettings.change(OTHER_GUILD, { pooledTraining: true });
    await test.services.consents.setPooled(member(3, OTHER_GUILD), false);
    expect(await seenBy(member(0, OTHER_GUILD))).toBeUndefined();
  });

  it("is none in direct messages, where people share no server", async () => {
    await share(members(30, DIRECT_MESSAGES_GUILD), 1);
    expect(await seenBy(member(0, DIRECT_MESSAGES_GUILD))).toBeUndefined();
  });

  it("waits for the next day after a retraining, however often versions change", async () => {
    await share(members(20), 1);
    const before = await seenBy(member(0));
    const { models } = test.services;
    const held = { logLikelihood: -0.6, accuracy: 0.7, comparisons: 40, members: 20 };
    const parent = models.current.version;
    await models.adopt(
      { ...models.current, version: "01LEARNED" },
      {
        parent,
        heldOut: { before: held, after: held, gain: { mean: 0.1, low: 0.05, high: 0.15 } },
        training: { members: 20, comparisons: 200, seconds: 1, backend: "plain" },
        at: now,
      },
    );
    await share(members(20), -2);
    expect(await seenBy(member(0))).toBeUndefined();
    await models.restore(parent);
    await share(members(20), -2);
    expect(await seenBy(member(0))).toEqual(before);
  });

  it("is gone with the server's data", async () => {
    await share(members(20), 1);
    await seenBy(member(0));
    const { departures, store } = test.services;
    await departures.left(GUILD);
    now += 8 * DAY_MS;
    await departures.purge();
    expect(await store.averages.get(GUILD)).toBeUndefined();
  });

  it("is not told to newcomers by another way, as what is assumed of everybody", async () => {
    const { models, profileCards } = test.services;
    const held = { logLikelihood: -0.6, accuracy: 0.7, comparisons: 40, members: 20 };
    const prior = { ...models.current.prior, mean: models.current.prior.mean.map(() => 1.5) };
    await models.adopt(
      { ...models.current, version: "01LEARNED", prior },
      {
        parent: models.current.version,
        heldOut: { before: held, after: held, gain: { mean: 0.1, low: 0.05, high: 0.15 } },
        training: { members: 20, comparisons: 200, seconds: 1, backend: "plain" },
        at: now,
      },
    );
    const { view } = await profileCards.card(member(60), "en");
    for (const { weight, certainty } of view.leanings) {
      expect([weight, certainty]).toEqual([0, 0.5]);
    }
  });

  function member(at: number, guildId = GUILD): MemberKey {
    return { guildId, memberId: String(100_000_000_000_000_000n + BigInt(at)) };
  }

  function members(count: number, guildId = GUILD): MemberKey[] {
    return Array.from({ length: count }, (_, at) => member(at, guildId));
  }

  /** `who` have said yes twice, voted, and weigh every axis with `weight`. */
  async function share(who: readonly MemberKey[], weight: number) {
    const { consents, models, store } = test.services;
    const userWeights = priorUserWeights(models.current);
    const weights = userWeights.weights.map(() => weight);
    for (const one of who) {
      await consents.grant(one);
      await consents.setPooled(one, true);
      const record = recordOfWeights({ ...userWeights, weights }, false, now);
      await store.profiles.set(profileKey(one), { ...record, votes: 5 });
    }
  }

  async function seenBy(one: MemberKey) {
    return (await test.services.profileCards.card(one, "en")).view.average;
  }
});

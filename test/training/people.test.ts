import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { comparisonKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { collectFeedback, type FeedbackLimit } from "../../src/training/feedback.js";
import { TooFewMembersError } from "../../src/training/retraining.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const STARTER = createStarterModel().version;

const SERVERS = ["900", "901", "902"];

describe("a person on several servers", () => {
  let test: TestServices;
  let votes = 0;
  beforeEach(async () => {
    test = await createTestServices();
  });
  afterEach(() => test.remove());

  it("is one member of the training, with the votes of all servers in the order they were cast", async () => {
    await vote({ guildId: "900", memberId: "1" }, 30);
    await vote({ guildId: "901", memberId: "1" }, 10);
    await vote({ guildId: "901", memberId: "1" }, 20);
    await vote({ guildId: "901", memberId: "2" }, 40);
    const { comparisons, people } = await collect({ trainedUntil: 20 });
    expect(comparisons.members).toBe(2);
    expect([...comparisons.memberOf]).toEqual([0, 0, 0, 1]);
    expect([...comparisons.trainedBefore!]).toEqual([1, 1, 0, 0]);
    expect(people).toBe(1);
  });

  it("reads no more of them than of somebody on one server", async () => {
    for (const guildId of SERVERS) {
      for (let at = 0; at < 30; at++) await vote({ guildId, memberId: "1" }, at);
    }
    for (let at = 0; at < 40; at++) await vote({ guildId: "900", memberId: "2" }, at);
    const { comparisons } = await collect({ most: 60 });
    const of = (person: number) => comparisons.memberOf.filter((own) => own === person).length;
    expect([of(0), of(1)]).toEqual([30, 30]);
  });

  it("is left out where they have agreed on none of them, and comes with those where they have", async () => {
    await vote({ guildId: "900", memberId: "1" }, 1);
    await vote({ guildId: "901", memberId: "1" }, 2);
    await test.services.consents.setPooled({ guildId: "900", memberId: "1" }, false);
    const { comparisons } = await collect({ trainedUntil: 1 });
    expect(comparisons.count).toBe(1);
    // The vote that is there is the one of the second server.
    expect([...comparisons.trainedBefore!]).toEqual([0]);
  });

  it("does not make five people out of two, nor does one vote make a person", async () => {
    for (const memberId of ["1", "2"]) {
      for (const guildId of SERVERS) {
        for (let at = 0; at < 12; at++) await vote({ guildId, memberId }, at);
      }
    }
    for (const memberId of ["3", "4", "5"]) await vote({ guildId: "900", memberId }, 1);
    const trained = test.services.retraining.run(() => undefined);
    await expect(trained).rejects.toThrow(TooFewMembersError);
    await expect(trained).rejects.toThrow(/two votes or more of at least 5 members.*there are 2\./);
  });

  it("are five, who are told how many more can be judged by", async () => {
    for (const memberId of ["1", "2", "3", "4", "5", "6"]) {
      for (let at = 0; at < 8; at++) await vote({ guildId: "900", memberId }, at);
    }
    const { retraining, models } = test.services;
    const trained = retraining.run(() => undefined);
    await expect(trained).rejects.toThrow(/at least 10 with two votes .*; so far there are 6\./);
    expect(models.current.version).toBe(STARTER);
  });

  /** A vote at the time `at`, for what is shorter or longer by turns of the members. */
  async function vote(member: MemberKey, at: number): Promise<void> {
    const { consents, models, store } = test.services;
    await consents.grant(member);
    await consents.setPooled(member, true);
    const id = String(votes++).padStart(26, "0");
    await store.comparisons.set(comparisonKey(member, id), {
      a: featuresToText(encodeResponse(`Yes, that is ${id}!`)),
      b: featuresToText(encodeResponse(`One may think of ${id} as well, in a way.`)),
      outcome: Number(member.memberId) % 2 === 0 ? 1 : 0,
      weight: 1,
      encoder: models.current.encoderId,
      firstShown: "a",
      source: "deck",
      trains: true,
      at,
    });
  }

  function collect(limit: Partial<FeedbackLimit> = {}) {
    const { consents, models, store } = test.services;
    const { dimensions, encoderId } = models.current;
    return collectFeedback(
      store.comparisons,
      { name: "discord", accepts: () => true },
      (member) => consents.mayPool(member),
      encoderId,
      dimensions,
      { most: Number.POSITIVE_INFINITY, random: () => 0, ...limit },
    );
  }
});

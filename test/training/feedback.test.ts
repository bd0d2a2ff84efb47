import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { Clock } from "../../src/shared/time.js";
import type { MemberKey } from "../../src/store/records.js";
import { featuresToText, writeFeatures } from "../../src/store/vector-text.js";
import { collectFeedback, type FeedbackLimit } from "../../src/training/feedback.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

describe("what pooled training sees", () => {
  let test: TestServices;
  let messages = 0;
  let clock: Clock;
  beforeEach(async () => {
    clock = Date.now;
    test = await createTestServices({}, () => clock());
  });
  afterEach(() => test.remove());

  it("is nothing of a member who has deleted everything", async () => {
    const [first, second] = [await voter("1", 3), await voter("2", 2)];
    expect((await collect()).comparisons).toMatchObject({ count: 5, members: 2 });
    await test.services.memberData.delete(first.memberId, ["900"]);
    expect((await collect()).comparisons).toMatchObject({ count: 2, members: 1 });
    await test.services.consents.setPooled(second, false);
    expect((await collect()).people).toBe(0);
  });

  it("is asked for once more before it is read, of those alone who train", async () => {
    for (const id of ["1", "2", "3"]) await voter(id, 2);
    const asked: string[] = [];
    const mayRead = async ({ memberId }: MemberKey) => {
      asked.push(memberId);
      return memberId !== asked[0];
    };
    const { comparisons } = await collect({ most: 4, random: createRandomGenerator(1), mayRead });
    expect(asked).toHaveLength(2);
    expect(new Set(asked).size).toBe(2);
    expect(comparisons).toMatchObject({ count: 2, members: 1 });
  });

  it("is never a wish set by hand, nor a vote on an answer that repeats the member's words", async () => {
    const member = await voter("1", 1);
    await vote(member, false);
    const { nudges } = test.services;
    await nudges.nudge(member, nudges.axes.version, 0, true);
    expect((await collect()).comparisons.count).toBe(1);
    expect((await test.services.profiles.view(member)).votes).toBe(2);
  });

  it("is in the order of asking, also within a millisecond and where the clock goes back", async () => {
    const start = Date.now();
    let ticks = 0;
    clock = () => start - Math.floor(ticks++ / 20);
    const asked = messages;
    await voter("1", 12);
    const { comparisons } = await collect();
    const { dimensions } = test.services.models.current;
    const expected = new Float32Array(comparisons.featuresA.length);
    for (let row = 0; row < 12; row++) {
      const features = encodeResponse(answerOf(String(asked + row)));
      writeFeatures(featuresToText(features), expected, row * dimensions);
    }
    expect(comparisons.featuresA).toEqual(expected);
  });

  it("has no ids: members are numbers, and nothing else is text", async () => {
    await voter("123456789", 2);
    const { comparisons } = await collect();
    expect([...comparisons.memberOf]).toEqual([0, 0]);
    for (const value of Object.values(comparisons)) {
      expect(typeof value === "number" || ArrayBuffer.isView(value)).toBe(true);
    }
  });

  it("weighs one person who votes all the time no more than the cap allows", async () => {
    await voter("1", 60);
    for (const id of ["2", "3", "4", "5", "6"]) await voter(id, 4);
    const { comparisons } = await collect();
    const own = [0, 0, 0, 0, 0, 0];
    comparisons.weights.forEach((weight, row) => {
      own[comparisons.memberOf[row]!]! += weight;
    });
    const total = own.reduce((sum, weight) => sum + weight, 0);
    expect(Math.max(...own) / total).toBeLessThan(0.22);
  });

  it("is no more than it may be: of those who voted most, the newest votes", async () => {
    await voter("1", 40);
    await voter("2", 3);
    await voter("3", 30);
    const all = (await collect()).comparisons;
    const limit = { most: 60, random: createRandomGenerator(1) };
    const { comparisons, people } = await collect(limit);
    expect(people).toBe(3);
    const of = (member: number) => comparisons.memberOf.filter((one) => one === member).length;
    expect([of(0), of(1), of(2)]).toEqual([28, 3, 28]);
    const { dimensions } = test.services.models.current;
    expect(comparisons.featuresA).toHaveLength(59 * dimensions);
    const newest = all.featuresA.subarray(12 * dimensions, 40 * dimensions);
    expect(comparisons.featuresA.subarray(0, 28 * dimensions)).toEqual(newest);
  });

  async function voter(memberId: string, votes: number): Promise<MemberKey> {
    const member = { guildId: "900", memberId };
    await test.services.consents.grant(member);
    await test.services.consents.setPooled(member, true);
    for (let count = 0; count < votes; count++) await vote(member, true);
    return member;
  }

  const answerOf = (messageId: string) => `Yes, ${messageId}!`;

  async function vote(member: MemberKey, trains: boolean): Promise<void> {
    const messageId = String(messages++);
    const candidate = (text: string) => ({ text, features: featuresToText(encodeResponse(text)) });
    const draft = {
      member,
      candidates: [candidate(answerOf(messageId)), candidate("One may well think so.")] as const,
      encoder: test.services.models.current.encoderId,
      source: "chat" as const,
      trains,
      demonstration: false,
    };
    await test.services.ballots.post(draft, "7", messageId);
    await test.services.votes.cast(messageId, member.memberId, "a");
  }

  function collect(limit?: FeedbackLimit) {
    const { models, consents, store } = test.services;
    const scope = { name: "discord", accepts: () => true };
    const mayPool = (member: MemberKey) => consents.mayPool(member);
    const { encoderId, dimensions } = models.current;
    return collectFeedback(store.comparisons, scope, mayPool, encoderId, dimensions, limit);
  }
});

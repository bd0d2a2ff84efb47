import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { BallotDraft } from "../../src/ballots/ballots.js";
import type { Services } from "../../src/compose.js";
import { comparisonPrefix } from "../../src/store/keys.js";
import type { Choice, ComparisonRecord, MemberKey } from "../../src/store/records.js";
import { featuresToText, numbersToText } from "../../src/store/vector-text.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const SHORT = "Yes.";
const LONG =
  "Certainly. There are several things that one may wish to consider before coming to a decision, and each of them deserves a paragraph of its own.";

describe("votes on a ballot", () => {
  let test: TestServices;
  let services: Services;
  let now = Date.parse("2026-01-01T00:00:00Z");
  let members = 0;

  beforeAll(async () => {
    test = await createTestServices({}, () => now);
    services = test.services;
  });
  afterAll(() => test.remove());

  const newMember = (): MemberKey => ({ guildId: "900", memberId: String(1000 + members++) });

  async function ballotFor(member: MemberKey, messageId: string, channelId = "77"): Promise<void> {
    await services.consents.grant(member);
    const draft: BallotDraft = {
      member,
      candidates: [candidate(SHORT), candidate(LONG)],
      alternative: "Maybe.",
      encoder: services.models.current.encoderId,
      source: "chat",
      trains: true,
      demonstration: false,
    };
    await services.ballots.post(draft, channelId, messageId);
  }

  async function comparisonsOf(member: MemberKey): Promise<ComparisonRecord[]> {
    const found: ComparisonRecord[] = [];
    for await (const [, record] of services.store.comparisons.entries(comparisonPrefix(member))) {
      found.push(record);
    }
    return found;
  }

  /** A change of the ballot that has begun, and writes it once `finish` is called. */
  function slowChange(messageId: string) {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const changing = services.votes.withBallot(messageId, async (ballot, seen) => {
      begin();
      await finished;
      await services.ballots.put(messageId, ballot, seen);
    });
    return { begun, finish, changing };
  }

  /** Resolves after more turns of reading and writing than a change takes that waits for nobody. */
  async function storeHasCaughtUp(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      await services.store.trials.set("turn", { at: turn });
      await services.store.trials.get("turn");
    }
  }

  it("a vote is one stored comparison and moves the weights towards the answer", async () => {
    const member = newMember();
    await ballotFor(member, "1");
    const before = await services.profiles.userWeights(member);
    await services.votes.cast("1", member.memberId, "b");
    const [comparison, ...others] = await comparisonsOf(member);
    expect(others).toEqual([]);
    expect(comparison).toMatchObject({ outcome: 0, weight: 1, source: "chat" });
    const after = await services.profiles.userWeights(member);
    expect(after.votes).toBe(1);
    expect(after.weights[0]!).toBeGreaterThan(before.weights[0]!);
  });

  it("a changed reaction changes the vote, and taking it back takes the vote back", async () => {
    const member = newMember();
    await ballotFor(member, "2");
    await services.votes.cast("2", member.memberId, "a");
    await services.votes.cast("2", member.memberId, "tie");
    expect(await comparisonsOf(member)).toMatchObject([{ outcome: 0.5, weight: 1 }]);
    await services.votes.withdraw("2", member.memberId, "tie");
    expect(await comparisonsOf(member)).toMatchObject([{ outcome: 1 }]);
    await services.votes.withdraw("2", member.memberId, "a");
    expect(await comparisonsOf(member)).toEqual([]);
    expect((await services.profiles.userWeights(member)).votes).toBe(0);
  });

  it("a ballot whose message is deleted in the middle of a change is not put back", async () => {
    await ballotFor(newMember(), "gone");
    const { begun, finish, changing } = slowChange("gone");
    await begun;
    const closing = services.votes.close("gone");
    await storeHasCaughtUp();
    finish();
    await Promise.all([closing, changing]);
    expect(await services.ballots.get("gone")).toBeUndefined();
  });

  it("a ballot whose channel is deleted in the middle of a change is not put back", async () => {
    const member = newMember();
    await ballotFor(member, "gone too", "78");
    const { begun, finish, changing } = slowChange("gone too");
    await begun;
    const closing = services.votes.closeWhere({ channel: "78" });
    await storeHasCaughtUp();
    finish();
    await Promise.all([closing, changing]);
    expect(await services.ballots.get("gone too")).toBeUndefined();
  });

  it("a changed mind leaves the same weights as the last vote alone", async () => {
    const [wavering, decided] = [newMember(), newMember()];
    await ballotFor(wavering, "3");
    await ballotFor(decided, "4");
    await services.votes.cast("3", wavering.memberId, "b");
    await services.votes.cast("3", wavering.memberId, "a");
    await services.votes.cast("4", decided.memberId, "a");
    expect((await services.profiles.userWeights(wavering)).weights).toEqual(
      (await services.profiles.userWeights(decided)).weights,
    );
  });

  it("somebody else's reaction changes nothing", async () => {
    const [asked, other] = [newMember(), newMember()];
    await ballotFor(asked, "5");
    expect(await services.votes.cast("5", other.memberId, "a")).toBeUndefined();
    expect(await comparisonsOf(asked)).toEqual([]);
    expect(await comparisonsOf(other)).toEqual([]);
  });

  it("the same reaction twice is one vote", async () => {
    const member = newMember();
    await ballotFor(member, "6");
    await services.votes.cast("6", member.memberId, "a");
    expect(await services.votes.cast("6", member.memberId, "a")).toBeUndefined();
    expect(await comparisonsOf(member)).toHaveLength(1);
  });

  it("votes of one member that arrive together are all kept", async () => {
    const member = newMember();
    const messages = Array.from({ length: 12 }, (_, at) => `together-${at}`);
    for (const message of messages) await ballotFor(member, message);
    await Promise.all(
      messages.map((message) => services.votes.cast(message, member.memberId, "b")),
    );
    expect(await comparisonsOf(member)).toHaveLength(12);
    expect((await services.profiles.userWeights(member)).votes).toBe(12);
  });

  it("'neither' says less than an equal", async () => {
    const member = newMember();
    await ballotFor(member, "7");
    await services.votes.cast("7", member.memberId, "neither");
    expect(await comparisonsOf(member)).toMatchObject([{ outcome: 0.5, weight: 0.5 }]);
  });

  it("after an absence the reactions that stand decide", async () => {
    const member = newMember();
    await ballotFor(member, "8");
    await services.votes.cast("8", member.memberId, "a");
    await services.votes.reconcile("8", member.memberId, async () => new Set(["b"] as const));
    expect(await comparisonsOf(member)).toMatchObject([{ outcome: 0 }]);
    await services.votes.reconcile("8", member.memberId, async () => new Set());
    expect(await comparisonsOf(member)).toEqual([]);
  });

  it("a reaction that comes while the standing ones are looked up is not lost", async () => {
    const member = newMember();
    await ballotFor(member, "8b");
    const begun = Promise.withResolvers<void>();
    const found = Promise.withResolvers<ReadonlySet<Choice>>();
    const reconciled = services.votes.reconcile("8b", member.memberId, () => {
      begun.resolve();
      return found.promise;
    });
    await begun.promise;
    const vote = services.votes.cast("8b", member.memberId, "a");
    await storeHasCaughtUp();
    found.resolve(new Set());
    await Promise.all([reconciled, vote]);
    expect(await comparisonsOf(member)).toMatchObject([{ outcome: 1 }]);
  });

  it("an expired ballot takes no vote and is purged with its texts", async () => {
    const member = newMember();
    await ballotFor(member, "9");
    now += 31 * 24 * 60 * 60 * 1000;
    expect(await services.votes.cast("9", member.memberId, "a")).toBeUndefined();
    expect(await services.ballots.purgeExpired()).toBeGreaterThan(0);
    expect(await services.store.ballots.get("9")).toBeUndefined();
  });

  it("a profile that was left half-written is recomputed from the comparisons", async () => {
    const member = newMember();
    await ballotFor(member, "10");
    await services.votes.cast("10", member.memberId, "b");
    const right = await services.profiles.userWeights(member);
    const key = `${member.guildId}:${member.memberId}`;
    const record = (await services.store.profiles.get(key))!;
    const zeros = numbersToText(right.weights.map(() => 0));
    await services.store.profiles.set(key, { ...record, weights: zeros, votes: 0, stale: true });
    services = await test.restart();
    expect(await services.profiles.userWeights(member)).toEqual(right);
  });

  it("a reset deletes the weights and every comparison", async () => {
    const member = newMember();
    await ballotFor(member, "11");
    await services.votes.cast("11", member.memberId, "b");
    expect(await services.memberData.reset(member)).toBe(1);
    expect(await comparisonsOf(member)).toEqual([]);
    expect((await services.profiles.userWeights(member)).votes).toBe(0);
  });
});

function candidate(text: string) {
  return { text, features: featuresToText(encodeResponse(text)) };
}

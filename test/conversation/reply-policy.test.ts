import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { Questions } from "../../src/ballots/questions.js";
import { ReplyPolicy, type ReplyPolicyParts } from "../../src/conversation/reply-policy.js";
import { profileKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { createCompute } from "../../workers/compute.js";
import { silentLog } from "../support/silent-log.js";
import {
  createTestServices,
  PATIENT_COMPUTE,
  type TestServices,
} from "../support/test-services.js";

const ANSWERS = [
  "Yes.",
  "Certainly. One may wish to consider a number of things before one comes to a decision, and therefore each of them deserves a paragraph of its own, in which it is discussed at length.",
  "Yeah!!! I love it, that's gonna be awesome!",
  "Perhaps. What do you think? I am not sure, it might depend.",
];

describe("the reply policy", () => {
  let test: TestServices;
  let members = 0;
  beforeAll(async () => {
    test = await createTestServices();
  });
  afterAll(() => test.remove());

  const stranger = (): MemberKey => ({ guildId: "900", memberId: String(1000 + members++) });
  const newMember = async (): Promise<MemberKey> => {
    const member = stranger();
    await test.services.consents.grant(member);
    return member;
  };
  const request = (member: MemberKey, text = "Shall we?") => ({
    member,
    history: [{ role: "member" as const, text }],
  });
  const policy = (answers: readonly string[], overrides: Partial<ReplyPolicyParts> = {}) =>
    new ReplyPolicy({
      candidates: { generate: async () => ({ texts: [...answers], failed: 0 }) },
      candidateCount: answers.length,
      compute: test.services.compute,
      models: test.services.models,
      profiles: test.services.profiles,
      consents: test.services.consents,
      steering: test.services.steering,
      questions: test.services.questions,
      ballotBudget: test.services.limits,
      questionGap: 0,
      questionsPerDay: async () => 10,
      random: createRandomGenerator(1),
      log: silentLog,
      ...overrides,
    });

  it("keeps nobody waiting while an answer is counted, and counts it", async () => {
    const { store, clock } = test.services;
    const isOpen = Promise.withResolvers<boolean>();
    const questions = new Questions({ store, isOpen: () => isOpen.promise, clock });
    const member = await newMember();
    await questions.claim(member, { perDay: 10, gap: 0 });
    await questions.opened(member, "5");
    // It holds the member's record until it is known whether the last question is open.
    const claiming = questions.claim(member, { perDay: 10, gap: 0 });
    const replies = policy(["Yes."], { questions });
    expect((await replies.reply(request(member))).kind).toBe("answer");
    const since = async () => (await store.questions.get(profileKey(member)))?.since;
    expect(await since()).toBe(0);
    isOpen.resolve(true);
    expect(await claiming).toBeUndefined();
    await replies.settled();
    expect(await since()).toBe(1);
  });

  it("asks a new member about two different answers", async () => {
    const reply = await policy(ANSWERS).reply(request(await newMember()));
    expect(reply.kind).toBe("ballot");
    if (reply.kind !== "ballot") return;
    const [a, b] = reply.draft.candidates;
    expect(ANSWERS).toContain(a.text);
    expect(ANSWERS).toContain(b.text);
    expect(a.text).not.toBe(b.text);
    expect(reply.draft.trains).toBe(true);
  });

  it("reads one version of the base rewards for an answer, whenever another one is adopted", async () => {
    const { compute, models } = test.services;
    const first = models.current;
    const second = { ...firstAxes(first, 2), version: "second" };
    let reads = 0;
    const switching = {
      get current() {
        return reads++ % 2 === 0 ? first : second;
      },
    };
    const versions: string[][] = [];
    const scoreCandidates: typeof compute.scoreCandidates = (asked) => {
      versions.push([asked.model.version, asked.userWeights.modelVersion]);
      return compute.scoreCandidates(asked);
    };
    const watched = Object.assign(Object.create(compute), { scoreCandidates });
    const asking = policy(ANSWERS, { models: switching, compute: watched, questionGap: 5 });
    for (let answer = 0; answer < 4; answer++) {
      const member = await newMember();
      await asking.reply(request(member));
      await asking.another(request(member), { text: "No." });
    }
    expect(versions).toHaveLength(8);
    for (const [model, weights] of versions) expect(weights).toBe(model);
  });

  it("asks nothing once the day's questions are used up", async () => {
    const member = await newMember();
    await test.services.questions.claim(member, { perDay: 1, gap: 0 });
    await test.services.questions.closed(member, "");
    const answering = policy(ANSWERS, { questionsPerDay: async () => 1 });
    expect((await answering.reply(request(member))).kind).toBe("answer");
  });

  it("asks nothing where there is one candidate, or where all are alike", async () => {
    for (const answers of [["Yes."], ["Yes.", "Yes."]]) {
      expect(await policy(answers).reply(request(await newMember()))).toMatchObject({
        kind: "answer",
        text: "Yes.",
      });
    }
  });

  it("puts either answer first about as often", async () => {
    const asking = policy(ANSWERS.slice(0, 2));
    let shortFirst = 0;
    for (let round = 0; round < 60; round++) {
      const reply = await asking.reply(request(await newMember()));
      if (reply.kind === "ballot" && reply.draft.candidates[0].text === ANSWERS[0]) shortFirst++;
    }
    expect(shortFirst).toBeGreaterThan(15);
    expect(shortFirst).toBeLessThan(45);
  });

  it("a candidate that repeats the member's message is asked about but does not train", async () => {
    const message =
      "my landlord says that the heating in the old building can only be repaired after the holidays";
    const answers = [`You say that ${message}. That is a pity.`, "Yes."];
    const reply = await policy(answers).reply(request(await newMember(), message));
    expect(reply).toMatchObject({ kind: "ballot", draft: { trains: false } });
  });

  it("a candidate that repeats what the member wrote earlier in the conversation does not train", async () => {
    const earlier =
      "my landlord says that the heating in the old building can only be repaired after the holidays";
    const answers = [`You said that ${earlier}. That is a pity.`, "Yes."];
    const member = await newMember();
    const reply = await policy(answers).reply({
      member,
      history: [
        { role: "member", text: earlier },
        { role: "bot", text: "That is a pity." },
        { role: "member", text: "What did I say?" },
      ],
    });
    expect(reply).toMatchObject({ kind: "ballot", draft: { trains: false } });
  });

  it("asks more rarely the better it knows the member", async () => {
    const questionsOf = async (questionGap: number) => {
      const member = await newMember();
      const asking = policy(ANSWERS, { questionsPerDay: async () => 100, questionGap });
      let questions = 0;
      for (let round = 0; round < 25; round++) {
        const reply = await asking.reply(request(member));
        if (reply.kind !== "ballot") continue;
        questions++;
        const messageId = `${member.memberId}-${round}`;
        await test.services.ballots.post(reply.draft, "1", messageId);
        // Coin tosses keep the choice in doubt, so that the gap alone makes the difference.
        const choice = questions % 2 === 0 ? "a" : "b";
        await test.services.votes.cast(messageId, member.memberId, choice);
      }
      return questions;
    };
    const [eager, patient] = [await questionsOf(0), await questionsOf(40)];
    expect(patient).toBeGreaterThan(0);
    expect(patient).toBeLessThan(eager);
  });

  it("asks nothing about an urgent or emotional message", async () => {
    const reply = await policy(ANSWERS).reply(request(await newMember(), "My dog died yesterday."));
    expect(reply.kind).toBe("answer");
  });

  it("answers somebody new without a question, and says when to ask for consent", async () => {
    const reply = await policy(ANSWERS).reply(request(stranger()));
    expect(reply).toMatchObject({ kind: "answer", asksConsent: true });
  });

  it("after a few votes it sends the answer that this member likes, and asks no more", async () => {
    const member = await newMember();
    const { ballots, votes } = test.services;
    const asking = policy(ANSWERS, { questionsPerDay: async () => 100 });
    let reply = await asking.reply(request(member));
    for (let round = 0; round < 60 && reply.kind === "ballot"; round++) {
      const messageId = `${member.memberId}-${round}`;
      await ballots.post(reply.draft, "1", messageId);
      const lengths = reply.draft.candidates.map(({ text }) => text.length);
      await votes.cast(messageId, member.memberId, lengths[0]! < lengths[1]! ? "a" : "b");
      reply = await asking.reply(request(member));
    }
    expect(reply).toMatchObject({ kind: "answer", text: "Yes." });
  });

  it("a worker pool that is gone still leaves the member an answer", async () => {
    const compute = createCompute({ threads: 1, ...PATIENT_COMPUTE });
    await compute.close();
    const reply = await policy(ANSWERS, { compute }).reply(request(await newMember()));
    expect(reply).toEqual({ kind: "answer", text: ANSWERS[0] });
  });
});

/** `model` with its first `rank` base rewards alone. */
function firstAxes(model: BaseRewardModel, rank: number): BaseRewardModel {
  const { axes, dimensions, prior, weights } = model;
  const precision = Float64Array.from({ length: rank * rank }, (_, at) => {
    const [row, column] = [Math.floor(at / rank), at % rank];
    return prior.precision[row * model.rank + column]!;
  });
  return {
    ...model,
    rank,
    weights: weights.slice(0, rank * dimensions),
    prior: { mean: prior.mean.slice(0, rank), precision },
    axes: axes.slice(0, rank),
  };
}

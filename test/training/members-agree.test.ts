import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { describeLeanings } from "../../models/rewards/axis-leanings.js";
import type { BaseRewardModel } from "../../models/rewards/base-rewards.js";
import { membersAgree, narrowed } from "../../models/rewards/personal-share.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { certaintyOfWeights } from "../../models/rewards/weights-certainty.js";
import { ReplyPolicy } from "../../src/conversation/reply-policy.js";
import { endText } from "../../src/discord/interactions/calibration-messages.js";
import { profileMessage } from "../../src/discord/interactions/profile-message.js";
import { speakerOf } from "../../src/language/say.js";
import { axisBars, cardText } from "../../src/members/profile-text.js";
import { statusOf } from "../../src/observability/status.js";
import { statusText } from "../../src/observability/status-text.js";
import { modelFromRecord, recordOfModel } from "../../src/training/model-record.js";
import { silentLog } from "../support/silent-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const VERSION = "01JABCDEFGHJKMNPQRSTVWXYZ0";
const MEMBER = { guildId: "900", memberId: "7" };
const TEXTS = [
  "Yes.",
  "Certainly, and let me tell you at some length why that is so, point by point.",
];
const FIGURES = { comparisons: 170, members: 17, logLikelihood: -0.66, accuracy: 0.6 };
const FACTS = {
  parent: createStarterModel().version,
  scope: "discord",
  heldOut: { before: FIGURES, after: FIGURES, gain: { mean: 0.05, low: 0.02, high: 0.08 } },
  training: { members: 17, comparisons: 340, seconds: 12.5, backend: "by hand" },
  at: 0,
};

/** Everybody likes long answers, and members do not differ. */
function agreeing(): BaseRewardModel {
  const starter = createStarterModel();
  const mean = starter.prior.mean.map((_, axis) => (axis === 0 ? 1 : 0));
  const precision = narrowed(starter.prior.precision, 0);
  return { ...starter, version: VERSION, prior: { mean, precision }, personalShare: 0 };
}

describe("where members agree", () => {
  let test: TestServices;
  beforeAll(async () => {
    test = await createTestServices();
    await test.services.consents.grant(MEMBER);
    await test.services.calibrations.start(MEMBER, "en");
    await test.services.calibrations.answer(MEMBER, 1, "a");
    await test.services.calibrations.stop(MEMBER);
    await test.services.models.adopt(agreeing(), FACTS);
  });
  afterAll(() => test.remove());

  it("everybody gets the answer that most like, and nobody is asked", async () => {
    const { services } = test;
    const policy = new ReplyPolicy({
      candidates: { generate: async () => ({ texts: TEXTS, failed: 0 }) },
      candidateCount: TEXTS.length,
      compute: services.compute,
      models: services.models,
      profiles: services.profiles,
      consents: services.consents,
      steering: services.steering,
      questions: services.questions,
      ballotBudget: services.limits,
      questionGap: 0,
      questionsPerDay: async () => 10,
      random: createRandomGenerator(1),
      log: silentLog,
    });
    for (const memberId of ["7", "8"]) {
      const member = { ...MEMBER, memberId };
      const history = [{ role: "member" as const, text: "Shall we?" }];
      const reply = await policy.reply({ member, history });
      expect(reply).toMatchObject({ kind: "answer", text: TEXTS[1] });
      expect(reply).not.toHaveProperty("why");
      expect(reply).not.toMatchObject({ asksConsent: true });
    }
  });

  it("votes move nobody's weights, and no certainty grows from them", async () => {
    const weights = await test.services.profiles.userWeights(MEMBER);
    expect(weights.votes).toBe(1);
    for (const [axis, weight] of weights.weights.entries()) {
      expect(weight).toBeCloseTo(axis === 0 ? 1 : 0, 4);
    }
    expect(certaintyOfWeights(agreeing(), weights)).toBeLessThan(1e-3);
    for (const { certainty } of describeLeanings(agreeing(), weights)) expect(certainty).toBe(0.5);
  });

  it("the profile says so in place of a taste", async () => {
    const card = await test.services.profileCards.card(MEMBER, "en");
    expect(cardText(card, speakerOf("en"))).toMatch(/^Members agree: .* Your vote is still stored/);
    expect(cardText(card, speakerOf("en"))).not.toMatch(/You like|Next I would ask|mattered most/);
    expect(axisBars(card.view, speakerOf("en"))).toMatch(/^Members agree/);
    const message = await profileMessage(MEMBER, "en", test.services, speakerOf("en"));
    expect(message.files).toEqual([]);
    expect(message.content).toMatch(/^Members agree/);
  });

  it("a calibration ends at once and says why", async () => {
    const step = await test.services.calibrations.start({ ...MEMBER, memberId: "9" }, "en");
    expect(step).toMatchObject({ kind: "done", early: true, agree: true });
    if (step.kind === "done")
      expect(endText(step, speakerOf("en"))).toMatch(/agree.*nothing to ask/);
  });

  it("the status says so", async () => {
    const { services } = test;
    const status = await statusOf("900", {
      ...services,
      inHand: () => 0,
      languageModel: "none",
      clock: () => 0,
    });
    expect(statusText(status, true, speakerOf("en"))).toMatch(/\*\*Tastes\*\*: members agree/);
  });

  it("the record of the version keeps it, and older records are as personal as their votes", () => {
    const record = recordOfModel(agreeing(), FACTS);
    expect(modelFromRecord(record)).toEqual(agreeing());
    const { personalShare: _, ...older } = record;
    expect(membersAgree(modelFromRecord(older))).toBe(false);
  });
});

/** The strongest taste there can be, either way, changes no refusal and no guard: every bundled attempt. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberKey } from "../../src/store/records.js";
import { findHarm } from "../support/find-harm.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { obedientAnswer, REFUSAL, sentencesTold } from "../support/obedient-answers.js";
import { plantTaste } from "../support/strong-taste.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { API_KEY, DISCORD_TOKEN, INSTRUCTION } from "./attempt.js";
import { ATTEMPTS_AROUND } from "./attempts-around.js";
import { ATTEMPTS_IN_TEXT } from "./attempts-in-text.js";

const ATTEMPTS = [...ATTEMPTS_IN_TEXT, ...ATTEMPTS_AROUND];
const SIZES = [40, -40];

describe("a member with the strongest taste", () => {
  let openai: LoopbackOpenAI;
  let test: TestServices;
  let obeys = false;
  beforeAll(async () => {
    openai = await startLoopbackOpenAI({
      // Whoever is talked into it writes that; everybody else refuses, in the manner that was asked for.
      answer: (question, index, system) => {
        const attempt = ATTEMPTS.find(({ says }) => question.includes(says.trim()));
        if (obeys && attempt !== undefined) return `${attempt.obeyed} ${index}`;
        return obedientAnswer("what is forbidden", index, system);
      },
    });
    test = await createTestServices({
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_API_KEY: API_KEY,
      DISCORD_TOKEN,
      SYSTEM_PROMPT: INSTRUCTION,
    });
    for (const size of SIZES) {
      await test.services.consents.grant(memberOf(size));
      await plantTaste(test, memberOf(size), size);
    }
  });
  afterAll(async () => {
    await test.remove();
    await openai.close();
  });

  it.each(SIZES)(
    "of %i is refused whatever a plain member is refused, and told no secret",
    async (size) => {
      const member = memberOf(size);
      for (const isObeying of [false, true]) {
        obeys = isObeying;
        for (const { says } of ATTEMPTS) {
          const history = [{ role: "member" as const, text: says }];
          const reply = await test.services.replies.reply({ member, history });
          const texts =
            reply.kind === "answer" ? [reply.text] : reply.draft.candidates.map(({ text }) => text);
          for (const text of texts) {
            if (!isObeying) expect(text).toContain(REFUSAL);
            expect(findHarm(text, [DISCORD_TOKEN, API_KEY])).toEqual([]);
            expect(text).not.toContain("compost scandal");
          }
        }
      }
      const systems = openai.requests.map(({ messages }) => messages[0]!.content);
      expect(systems.filter((system) => sentencesTold(system).length > 0).length).toBeGreaterThan(
        30,
      );
    },
  );
});

function memberOf(size: number): MemberKey {
  return { guildId: "900", memberId: String(1_000 + size) };
}

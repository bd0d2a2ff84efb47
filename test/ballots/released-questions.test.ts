import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Questions } from "../../src/ballots/questions.js";
import { consentKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const ONE_A_DAY = { perDay: 1, gap: 0 };
const NOW = Date.parse("2026-01-01T00:00:00Z");

describe("a question that was claimed and never put", () => {
  let temporary: TemporaryStore;
  let questions: Questions;
  beforeAll(async () => {
    temporary = await createTemporaryStore();
    questions = new Questions({
      store: temporary.store,
      isOpen: async () => false,
      clock: () => NOW,
    });
  });
  afterAll(() => temporary.remove());

  async function consenting(memberId: string): Promise<MemberKey> {
    const member = { guildId: "900", memberId };
    const record = { state: "granted", pooled: false, at: NOW } as const;
    await temporary.store.consents.set(consentKey(member), record);
    return member;
  }

  it("gives the day's budget back once it is released, and only then", async () => {
    const member = await consenting("1");
    expect(await questions.claim(member, ONE_A_DAY)).toEqual({});
    expect(await questions.claim(member, ONE_A_DAY)).toBeUndefined();
    await questions.release(member);
    expect(await questions.claim(member, ONE_A_DAY)).toEqual({});
    await questions.opened(member, "7");
    await questions.closed(member, "7");
    expect(await questions.claim(member, ONE_A_DAY)).toBeUndefined();
  });

  it("leaves nothing of somebody who was never asked", async () => {
    const stranger = await consenting("2");
    await questions.release(stranger);
    expect(await temporary.store.questions.count("900:2")).toBe(0);
    expect(await questions.claim(stranger, ONE_A_DAY)).toEqual({});
  });
});

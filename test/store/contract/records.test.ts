import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { permitFor } from "../../../src/store/condition.js";
import { consentKey, profileKey } from "../../../src/store/keys.js";
import { createTemporaryStore, type TemporaryStore } from "../../support/temporary-store.js";

const MEMBER = { guildId: "900", memberId: "12" };
const GRANTED = { state: "granted", pooled: false, at: 1 } as const;

describe.each(["SQLite", "PostgreSQL"] as const)("a store in %s", (engine) => {
  let temporary: TemporaryStore;
  beforeEach(async () => {
    temporary = await createTemporaryStore(engine);
  });
  afterEach(() => temporary.remove());

  it("reads what was written, also after it was closed", async () => {
    const { store } = temporary;
    await store.settings.set("1", { questionsPerDay: 3 });
    await store.settings.set("2", { questionsPerDay: 4 });
    await store.settings.set("1", { questionsPerDay: 5 });
    await store.settings.delete("2");
    expect(await store.settings.get("1")).toEqual({ questionsPerDay: 5 });
    expect(await store.settings.get("2")).toBeUndefined();
    expect(await store.settings.count()).toBe(1);
    const again = await temporary.reopen();
    expect(await again.settings.get("1")).toEqual({ questionsPerDay: 5 });
  });

  it("writes under a permit only as long as nothing was deleted since", async () => {
    const { store } = temporary;
    const key = consentKey(MEMBER);
    const consent = store.consents.putting(key, GRANTED);
    expect(
      await store.writeTogether([consent], permitFor(store.tombstones, MEMBER, "nothing")),
    ).toBe(true);
    const permit = permitFor(store.tombstones, MEMBER, "learning");
    const questions = { day: "2026-01-01", count: 1, since: 0 };
    const write = store.questions.putting(profileKey(MEMBER), questions);
    expect(await store.writeTogether([write], permit)).toBe(true);
    const gone = await store.deletion.forgetMember(MEMBER.memberId, "everywhere", 5);
    expect([...gone].sort()).toEqual(["consent:12:900", "questions:900:12"]);
    expect(await store.writeTogether([write], permit)).toBe(false);
    const later = permitFor(store.tombstones, MEMBER, "nothing");
    expect(await store.writeTogether([consent], later)).toBe(true);
    expect(await store.writeTogether([write], permit)).toBe(false);
    expect(await store.deletion.lastTime(MEMBER)).toBe(5);
    expect(await store.deletion.deletedAt(MEMBER)).toBe(5);
    expect(await store.deletion.deletedAt({ ...MEMBER, memberId: "77" })).toBe(0);
    expect(await store.questions.count()).toBe(0);
  });
});

/** Consents, profiles and settings are read once for a moment; what that must not hide. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { consentKey } from "../../../src/store/keys.js";
import type { Store } from "../../../src/store/store.js";
import { createTemporaryStore, type TemporaryStore } from "../../support/temporary-store.js";
import { waitFor } from "../../support/wait-for.js";

const MEMBER = { guildId: "100000000000000001", memberId: "200000000000000002" } as const;
const KEY = consentKey(MEMBER);
const YES = { state: "granted", pooled: true, at: 1 } as const;
const NO = { state: "refused", pooled: false, at: 2 } as const;

describe("records that each message asks for, in PostgreSQL", () => {
  let temporary: TemporaryStore;
  let own: Store;
  let other: Store;
  beforeEach(async () => {
    temporary = await createTemporaryStore("PostgreSQL");
    own = temporary.store;
    other = await temporary.another();
    await own.consents.set(KEY, YES);
    expect(await own.consents.get(KEY)).toEqual(YES);
    expect(await other.consents.get(KEY)).toEqual(YES);
  });
  afterEach(() => temporary.remove());

  it.each<[string, () => Promise<unknown>, unknown]>([
    ["a write", () => own.consents.set(KEY, NO), NO],
    ["several writes", () => own.writeTogether([own.consents.putting(KEY, NO)]), NO],
    ["a removal", () => own.consents.delete(KEY), undefined],
    [
      "a deletion of everything about its member",
      () => own.deletion.forgetMember(MEMBER.memberId, "everywhere", 3),
      undefined,
    ],
  ])("show %s of this process at once", async (_, write, expected) => {
    await write();
    expect(await own.consents.get(KEY)).toEqual(expected);
  });

  it("do not show a write that was under way while they were read", async () => {
    for (let at = 0; at < 50; at++) {
      const record = { ...YES, at };
      const written = own.consents.set(KEY, record);
      await Promise.all([own.consents.get(KEY), written, own.consents.get(KEY)]);
      expect(await own.consents.get(KEY)).toEqual(record);
    }
  });

  it("are as another process has left them where something is written about them, and soon everywhere", async () => {
    await other.consents.set(KEY, NO);
    expect((await own.consents.read(KEY)).value).toEqual(NO);
    expect(await own.consents.has(KEY)).toBe(true);
    const seen = async () =>
      (await own.consents.get(KEY))?.state === "refused" ? true : undefined;
    await waitFor(seen, "what the other process has written", 10_000);
  });

  it("are gone once another process has deleted them", async () => {
    await other.deletion.forgetMember(MEMBER.memberId, "everywhere", 3);
    expect((await own.consents.read(KEY)).value).toBeUndefined();
    const isGone = async () => ((await own.consents.get(KEY)) === undefined ? true : undefined);
    await waitFor(isGone, "the deletion by the other process", 10_000);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Consents } from "../../src/members/consents.js";
import { consentKey } from "../../src/store/keys.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

describe("consent", () => {
  let temporary: TemporaryStore;
  let consents: Consents;
  let members = 0;
  beforeAll(async () => {
    temporary = await createTemporaryStore();
    consents = new Consents({ store: temporary.store, clock: () => 1 });
  });
  afterAll(() => temporary.remove());
  let member = { guildId: "900", memberId: "0" };
  beforeEach(() => {
    member = { guildId: "900", memberId: String(++members) };
  });

  it("is asked for once, however many messages come together", async () => {
    const claims = await Promise.all(Array.from({ length: 5 }, () => consents.claimAsking(member)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await consents.stanceOf(member)).toBe("plain");
    expect(await consents.mayLearn(member)).toBe(false);
  });

  it("lets the bot learn after a yes, and pool only after a second one", async () => {
    await consents.grant(member);
    expect(await consents.mayLearn(member)).toBe(true);
    expect(await consents.mayPool(member)).toBe(false);
    await consents.setPooled(member, true);
    expect(await consents.mayPool(member)).toBe(true);
    await consents.setPooled(member, false);
    expect(await consents.mayPool(member)).toBe(false);
  });

  it("a pause ends the learning and keeps what was said about pooling", async () => {
    await consents.grant(member);
    await consents.setPooled(member, true);
    await consents.pause(member);
    expect(await consents.stanceOf(member)).toBe("plain");
    expect(await consents.mayLearn(member)).toBe(false);
    await consents.grant(member);
    expect(await consents.mayPool(member)).toBe(true);
  });

  it("a no ends the pooling too", async () => {
    await consents.grant(member);
    await consents.setPooled(member, true);
    await consents.refuse(member);
    expect(await consents.mayPool(member)).toBe(false);
  });

  it("a second yes counts for the first one alone that it was asked after", async () => {
    expect(await consents.setPooled(member, true)).toBe(false);
    await consents.grant(member);
    const { since } = (await consents.get(member))!;
    await consents.refuse(member);
    expect(await consents.setPooled(member, true, since)).toBe(false);
    await consents.grant(member);
    expect(await consents.setPooled(member, true, since)).toBe(false);
    expect(await consents.mayPool(member)).toBe(false);
    expect(await consents.setPooled(member, true, (await consents.get(member))!.since)).toBe(true);
    expect(await consents.mayPool(member)).toBe(true);
  });

  it("a no on one server is not asked again on another", async () => {
    const elsewhere = { ...member, guildId: "901" };
    await consents.refuse(member);
    expect(await consents.stanceOf(elsewhere)).toBe("plain");
    expect(await consents.claimAsking(elsewhere)).toBe(false);
    await consents.grant(elsewhere);
    expect(await consents.stanceOf(elsewhere)).toBe("personal");
  });

  it("says nothing about others whose id begins alike", async () => {
    await consents.refuse(member);
    const other = { ...member, memberId: `${member.memberId}0` };
    expect(await consents.stanceOf(other)).toBe("new");
  });

  it("tells in one reading what it tells question by question", async () => {
    const says = [
      async () => undefined,
      () => consents.claimAsking(member),
      () => consents.grant(member),
      () => consents.setFast(member, true),
      () => consents.withhold(member, ["length"]),
      () => consents.pause(member),
      () => consents.resume(member),
      () => consents.setSteered(member, false),
      () => consents.refuse(member),
    ];
    for (const say of says) {
      await say();
      expect(await consents.approachTo(member)).toEqual({
        stance: await consents.stanceOf(member),
        isFast: await consents.wantsFast(member),
        told: await consents.toldOf(member),
      });
    }
    const elsewhere = { ...member, guildId: "901" };
    expect((await consents.approachTo(elsewhere)).stance).toBe("plain");
  });

  describe("what the language model may be told", () => {
    it("is nothing before a yes to the question as it is now, in a pause, and after a no", async () => {
      const agreed = async () => (await consents.toldOf(member)).agreed;
      expect(await agreed()).toBe(false);
      await consents.grant(member);
      expect(await agreed()).toBe(true);
      await consents.pause(member);
      expect(await agreed()).toBe(false);
      await consents.resume(member);
      expect(await agreed()).toBe(true);
      await consents.refuse(member);
      expect(await agreed()).toBe(false);
      expect(await consents.withhold(member, ["length"])).toBe(false);
    });

    it("is asked once of whoever agreed to less, and a pause makes no yes of it", async () => {
      await agreedToLess();
      expect(await consents.isOutdated(member)).toBe(true);
      const claims = await Promise.all([
        consents.claimAsking(member),
        consents.claimAsking(member),
      ]);
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await consents.isOutdated(member)).toBe(false);
      await consents.pause(member);
      await consents.resume(member);
      expect((await consents.toldOf(member)).agreed).toBe(false);
      expect(await consents.stanceOf(member)).toBe("personal");
      expect(await consents.mayPool(member)).toBe(true);
    });

    it("is asked another time where the question could not be sent", async () => {
      await agreedToLess();
      await consents.claimAsking(member);
      await consents.unmarkAsked(member);
      expect(await consents.isOutdated(member)).toBe(true);
      expect(await consents.mayPool(member)).toBe(true);
    });

    it("a no to it changes nothing else, and is not asked again", async () => {
      await agreedToLess();
      expect(await consents.setSteered(member, false)).toBe(true);
      expect(await consents.isOutdated(member)).toBe(false);
      expect((await consents.toldOf(member)).agreed).toBe(false);
      expect(await consents.mayPool(member)).toBe(true);
      expect(await consents.setSteered(member, true)).toBe(true);
      expect((await consents.toldOf(member)).agreed).toBe(true);
      expect(await consents.mayPool(member)).toBe(true);
    });

    it("stays switched off axis by axis, whatever else is said", async () => {
      await consents.grant(member);
      expect(await consents.withhold(member, ["humour", "length"])).toBe(true);
      await consents.setPooled(member, true);
      await consents.pause(member);
      await consents.resume(member);
      await consents.grant(member);
      expect(await consents.toldOf(member)).toEqual({
        agreed: true,
        withheld: ["humour", "length"],
      });
      await consents.withhold(member, []);
      expect((await consents.toldOf(member)).withheld).toEqual([]);
    });

    /** As a record from before the question spoke of the language model. */
    async function agreedToLess(): Promise<void> {
      await consents.grant(member);
      await consents.setPooled(member, true);
      const { wording: _wording, ...older } = (await consents.get(member))!;
      await temporary.store.consents.set(consentKey(member), older);
    }
  });
});

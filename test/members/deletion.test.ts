import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Services } from "../../src/compose.js";
import type { MemberKey } from "../../src/store/records.js";
import { filesWith } from "../support/bytes-of-files.js";
import { draftFor } from "../support/drafted-ballot.js";
import { pausedAt, watchSteps } from "../support/paused-steps.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const GUILD = "810000000000000900";
const CHANNEL = "820000000000000077";
const OTHER_GUILD = "810000000000000901";

type Writer = (services: Services, member: MemberKey, ballot: string) => Promise<unknown>;

/** Everything that stores anything about a member. The ballot is the member's own, without a vote. */
const WRITERS: Readonly<Record<string, Writer>> = {
  "a vote": ({ votes }, { memberId }, ballot) => votes.cast(ballot, memberId, "a"),
  "a tap": ({ votes }, { memberId }, ballot) => votes.tap(ballot, memberId, "b"),
  "a vote after another": async ({ votes }, { memberId }, ballot) => {
    await votes.cast(ballot, memberId, "a");
    await votes.follow(ballot, memberId, [
      { kind: "removed", choice: "a" },
      { kind: "added", choice: "tie" },
    ]);
  },
  "a vote taken back": async ({ votes }, { memberId }, ballot) => {
    await votes.cast(ballot, memberId, "a");
    await votes.withdraw(ballot, memberId, "a");
  },
  "a vote found after an absence": ({ votes }, { memberId }, ballot) =>
    votes.reconcile(ballot, memberId, async () => new Set(["a"])),
  "a look of the ballot": ({ ballots, votes }, _member, ballot) =>
    votes.withBallot(ballot, async (record, seen) => {
      await ballots.put(ballot, { ...record, shown: "a" }, seen);
    }),
  "a ballot": ({ ballots, models }, member) =>
    ballots.post(draftFor(member, models.current.encoderId), CHANNEL, freshId()),
  "an announced ballot": async ({ ballots, models }, member) => {
    const draft = draftFor(member, models.current.encoderId);
    const below = freshId();
    await ballots.announce(draft, CHANNEL, below, ballots.permit(member));
    await ballots.adopt(below, freshId());
  },
  "the beginning of a calibration": ({ calibrations }, member) => calibrations.start(member, "en"),
  "an answer of a calibration": async ({ calibrations }, member) => {
    await calibrations.start(member, "en");
    await calibrations.answer(member, 1, "a");
    await calibrations.answer(member, 2, "skip");
  },
  "the end of a calibration": async ({ calibrations }, member) => {
    await calibrations.start(member, "en");
    await calibrations.stop(member);
  },
  "a wish": ({ nudges }, member) => nudges.nudge(member, nudges.axes.version, 0, true),
  "a wish taken back": async (services, member) => {
    const { undoLast } = await import("../../src/members/undo.js");
    await services.nudges.nudge(member, services.nudges.axes.version, 0, true);
    await undoLast(member, services);
  },
  "a yes": ({ consents }, member) => consents.grant(member),
  "a second yes": ({ consents }, member) => consents.setPooled(member, true),
  "a pause": ({ consents }, member) => consents.pause(member),
  "a no": ({ consents }, member) => consents.refuse(member),
  "a first question": ({ consents }, member) =>
    consents.claimAsking({ ...member, guildId: OTHER_GUILD }),
  "a question": async ({ questions }, member) => {
    await questions.claim(member, { perDay: 10, gap: 0 });
    await questions.opened(member, freshId());
  },
  "a question that is not put": async ({ questions }, member) => {
    await questions.claim(member, { perDay: 10, gap: 0 });
    await questions.release(member);
  },
  "an answer without a question": async ({ questions }, member) => {
    await questions.claim(member, { perDay: 10, gap: 0 });
    await questions.closed(member, "1");
    await questions.passed(member);
  },
  "why a reply was chosen": ({ replyNotes }, member) =>
    replyNotes.note([freshId(), freshId()], member, { tipped: [], runnerUp: "Another one." }),
  "weights after new base rewards": async ({ nudges, profiles, store }, member) => {
    await nudges.nudge(member, nudges.axes.version, 0, true);
    const key = `${member.guildId}:${member.memberId}`;
    const profile = await store.profiles.get(key);
    if (profile === undefined) return;
    const stale = store.profiles.putting(key, { ...profile, stale: true });
    await store.writeTogether([stale], {
      keys: [`profile:${key}`],
      holds: (textOf) => textOf(`profile:${key}`) !== undefined,
    });
    await profiles.refit(member);
  },
  "a counted message": async ({ limits }, member) => {
    limits.admit({ ...member, channelId: CHANNEL });
    limits.takeBallot({ ...member, channelId: CHANNEL });
  },
};

let ids = 0n;
function freshId(): string {
  return String(830000000000000000n + ++ids);
}

describe("everything about a member is deleted", () => {
  let test: TestServices;
  beforeAll(async () => {
    test = await createTestServices();
    watchSteps(test.services.compute);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await test.remove();
  });

  const deleted: string[] = [];

  async function newMember(): Promise<{ member: MemberKey; ballot: string }> {
    const { ballots, consents, models } = test.services;
    const member = { guildId: GUILD, memberId: freshId() };
    await consents.grant(member);
    const ballot = freshId();
    await ballots.post(draftFor(member, models.current.encoderId), CHANNEL, ballot);
    return { member, ballot };
  }

  for (const [name, write] of Object.entries(WRITERS)) {
    it(`at whatever step of ${name} the deletion comes`, async () => {
      for (let step = 1; ; step++) {
        const { member, ballot } = await newMember();
        expect(filesWith(test.config.storeUrl, member.memberId)).not.toEqual([]);
        const work = await pausedAt(step, () => write(test.services, member, ballot));
        await test.services.memberData.delete(member.memberId, "everywhere");
        await test.services.store.deletion.bytesGone();
        const meanwhile = filesWith(test.config.storeUrl, member.memberId);
        await work.finish();
        // What the bot writes late is written now.
        await test.services.limits.written();
        const afterwards = filesWith(test.config.storeUrl, member.memberId);
        expect({ step, meanwhile, afterwards }).toEqual({ step, meanwhile: [], afterwards: [] });
        expect(await test.services.memberData.placesOf(member.memberId)).toEqual([]);
        deleted.push(member.memberId);
        if (!work.stopped) return;
      }
    });
  }

  it("also where the deletion is of one place, and another place stays", async () => {
    const { consents, memberData, votes } = test.services;
    const { member, ballot } = await newMember();
    const elsewhere = { ...member, guildId: OTHER_GUILD };
    await consents.grant(elsewhere);
    await votes.cast(ballot, member.memberId, "a");
    expect(await memberData.delete(member.memberId, [GUILD])).toMatchObject({
      votes: 1,
      ballots: 1,
    });
    for (const trace of [`${GUILD}:${member.memberId}`, `${member.memberId}:${GUILD}`, ballot]) {
      await test.services.store.deletion.bytesGone();
      expect(filesWith(test.config.storeUrl, trace)).toEqual([]);
    }
    expect(await memberData.placesOf(member.memberId)).toEqual([OTHER_GUILD]);
    expect(await consents.mayLearn(elsewhere)).toBe(true);
  });

  it("with the texts of the answers, which nothing encrypts here", async () => {
    const { memberData, votes } = test.services;
    const { member, ballot } = await newMember();
    await votes.cast(ballot, member.memberId, "a");
    const open = await newMember();
    expect(filesWith(test.config.storeUrl, "explain at some length")).not.toEqual([]);
    for (const one of [member, open.member]) await memberData.delete(one.memberId, "everywhere");
    await test.services.store.deletion.bytesGone();
    expect(filesWith(test.config.storeUrl, "explain at some length")).toEqual([]);
  });

  it("of many members at once, in the middle of their votes", async () => {
    const { memberData, votes } = test.services;
    const seated = await Promise.all(Array.from({ length: 20 }, newMember));
    const voting = seated.map(({ member, ballot }) => votes.cast(ballot, member.memberId, "a"));
    const deletions = seated.map(({ member }) => memberData.delete(member.memberId, "everywhere"));
    await Promise.all([...voting, ...deletions]);
    for (const { member } of seated) {
      await test.services.store.deletion.bytesGone();
      expect(filesWith(test.config.storeUrl, member.memberId)).toEqual([]);
      deleted.push(member.memberId);
    }
  });

  it("with what is begun while it is under way", async () => {
    const { memberData, replyNotes } = test.services;
    for (let round = 0; round < 20; round++) {
      const { member } = await newMember();
      let isOver = false;
      const deleting = memberData.delete(member.memberId, "everywhere").finally(() => {
        isOver = true;
      });
      while (!isOver) await replyNotes.note([freshId()], member, { tipped: [], runnerUp: "No." });
      await deleting;
      await test.services.store.deletion.bytesGone();
      expect(filesWith(test.config.storeUrl, member.memberId)).toEqual([]);
      deleted.push(member.memberId);
    }
  });

  it("and a vote while a reset is under way brings no earlier ones back", async () => {
    const { ballots, memberData, models, profiles, store, votes } = test.services;
    for (let round = 0; round < 10; round++) {
      const { member, ballot } = await newMember();
      await votes.cast(ballot, member.memberId, "a");
      let isOver = false;
      const resetting = memberData.reset(member).finally(() => {
        isOver = true;
      });
      while (!isOver) {
        const next = freshId();
        await ballots.post(draftFor(member, models.current.encoderId), CHANNEL, next);
        await votes.cast(next, member.memberId, "b");
      }
      await resetting;
      const stored = await store.comparisons.count(`${member.guildId}:${member.memberId}:`);
      expect((await profiles.view(member)).votes).toBe(stored);
    }
  });

  it("a vote that was begun before a reset does not come after it", async () => {
    const { memberData, profiles, votes, consents } = test.services;
    const { member, ballot } = await newMember();
    const work = await pausedAt(3, () => votes.cast(ballot, member.memberId, "a"));
    expect(work.stopped).toBe(true);
    await memberData.reset(member);
    await work.finish();
    expect(await profiles.comparisonsOf(member)).toEqual([]);
    expect(await consents.mayLearn(member)).toBe(true);
    await votes.cast(ballot, member.memberId, "b");
    expect(await profiles.comparisonsOf(member)).toHaveLength(1);
    // The vote on the ballot is one as well.
    expect(await memberData.reset(member)).toBe(1);
    expect(await memberData.ballotsOf(member)).toEqual([]);
  });

  it("and nothing that was begun in an earlier life comes into a new one", async () => {
    const { consents, memberData, nudges, profiles } = test.services;
    const { member } = await newMember();
    const work = await pausedAt(2, () => nudges.nudge(member, nudges.axes.version, 0, true));
    expect(work.stopped).toBe(true);
    await memberData.delete(member.memberId, "everywhere");
    await consents.grant(member);
    await work.finish();
    expect(await profiles.comparisonsOf(member)).toEqual([]);
  });

  it("and a restart brings nothing back", async () => {
    await test.restart();
    await test.services.store.deletion.bytesGone();
    for (const id of deleted) expect(filesWith(test.config.storeUrl, id)).toEqual([]);
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { encodeResponse } from "../../models/encoder/encoder.js";
import type { BallotDraft } from "../../src/ballots/ballots.js";
import { Questions } from "../../src/ballots/questions.js";
import type { Services } from "../../src/compose.js";
import { recordOfWeights, toAgedComparisons } from "../../src/members/engine-data.js";
import { undoLast } from "../../src/members/undo.js";
import { profileKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { pausedAt, watchSteps } from "../support/paused-steps.js";
import { createSharedServices, type SharedServices } from "../support/shared-services.js";

const GUILD = "810000000000000900";
const CHANNEL = "820000000000000077";
const NOON = Date.UTC(2026, 0, 31, 12);

interface Seat {
  readonly member: MemberKey;
  /** The member's open ballots, without a vote. */
  readonly ballots: readonly [string, string];
}

interface Act {
  readonly run: (services: Services, seat: Seat) => Promise<unknown>;
  /** How many comparisons are there in addition, wherever else somebody votes. */
  readonly adds: number;
}

/** What changes a member's comparisons, or the weights that follow from them. */
const ACTS: Readonly<Record<string, Act>> = {
  "a vote": {
    run: ({ votes }, { member, ballots }) => votes.cast(ballots[0], member.memberId, "a"),
    adds: 1,
  },
  "a vote by a button, changed": {
    run: async ({ votes }, { member, ballots }) => {
      await votes.tap(ballots[0], member.memberId, "a");
      await votes.tap(ballots[0], member.memberId, "b");
    },
    adds: 1,
  },
  "a wish": {
    run: ({ nudges }, { member }) => nudges.nudge(member, nudges.axes.version, 0, true),
    adds: 1,
  },
  "an answer of a calibration": {
    run: async ({ calibrations }, { member }) => {
      await calibrations.start(member, "en");
      await calibrations.answer(member, 1, "a");
    },
    adds: 1,
  },
  "a refit": {
    run: async ({ nudges, profiles, store }, { member }) => {
      await nudges.nudge(member, nudges.axes.version, 0, true);
      const key = profileKey(member);
      const { value, unchanged } = await store.profiles.read(key);
      if (value === undefined) return;
      const stale = store.profiles.putting(key, { ...value, stale: true });
      await store.writeTogether([stale], unchanged);
      await profiles.refit(member);
    },
    adds: 1,
  },
};

let ids = 0n;
function freshId(): string {
  return String(830000000000000000n + ++ids);
}

function draftFor(member: MemberKey, encoder: string): BallotDraft {
  const candidate = (text: string) => ({ text, features: featuresToText(encodeResponse(text)) });
  return {
    ...{ member, encoder, source: "chat", trains: true, demonstration: false },
    candidates: [candidate("Yes."), candidate("It depends; let me explain at some length.")],
  };
}

describe.each(["SQLite", "PostgreSQL"] as const)("two processes on one store in %s", (engine) => {
  let shared: SharedServices;
  let here: Services;
  let there: Services;
  beforeAll(async () => {
    // A clock that stands still tells no two writes apart.
    shared = await createSharedServices(engine, 2, () => NOON);
    [here, there] = shared.all as [Services, Services];
    watchSteps(here.compute);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await shared.remove();
  });

  async function seat(): Promise<Seat> {
    const member = { guildId: GUILD, memberId: freshId() };
    await here.consents.grant(member);
    const ballots = [freshId(), freshId()] as const;
    for (const id of ballots) {
      await here.ballots.post(draftFor(member, here.models.current.encoderId), CHANNEL, id);
    }
    return { member, ballots };
  }

  /** The profile as it is stored, and as it follows from the comparisons that are stored. */
  async function profileOf(member: MemberKey) {
    const stored = await here.store.profiles.get(profileKey(member));
    const model = here.models.current;
    const records = await here.profiles.comparisonsOf(member);
    const { encoderId, dimensions } = model;
    const { voteHalfLife } = here.profiles;
    const comparisons = toAgedComparisons(records, encoderId, dimensions, voteHalfLife);
    const weights = await here.compute.updateWeights({ model, comparisons });
    const { updatedAt: _at, ...following } = recordOfWeights(weights, false, 0);
    return { stored, following, comparisons: records.length };
  }

  /** Runs `first` here, stopped at each of its steps in turn, while all of `second` happens there. */
  async function interleaved(
    first: (seat: Seat) => Promise<unknown>,
    second: (seat: Seat) => Promise<unknown>,
    check: (seat: Seat, step: number) => Promise<void>,
  ): Promise<void> {
    for (let step = 1; ; step++) {
      const one = await seat();
      const work = await pausedAt(step, () => first(one));
      await second(one);
      await work.finish();
      await check(one, step);
      if (!work.stopped) return;
    }
  }

  for (const [name, { run, adds }] of Object.entries(ACTS)) {
    it(`count a vote there at whatever step of ${name} here it comes`, async () => {
      await interleaved(
        (one) => run(here, one),
        ({ member, ballots }) => there.votes.cast(ballots[1], member.memberId, "b"),
        async ({ member }, step) => {
          const { stored, following, comparisons } = await profileOf(member);
          expect({ step, comparisons }).toEqual({ step, comparisons: adds + 1 });
          expect({ step, ...stored }).toMatchObject({ step, ...following });
        },
      );
    });
  }

  it("have one vote on a ballot that is voted on in both, and the ballot shows it", async () => {
    await interleaved(
      ({ member, ballots }) => here.votes.tap(ballots[0], member.memberId, "a"),
      ({ member, ballots }) => there.votes.tap(ballots[0], member.memberId, "b"),
      async ({ member, ballots }, step) => {
        const [comparison, ...others] = await here.profiles.comparisonsOf(member);
        const { choices } = (await here.ballots.get(ballots[0]))!;
        expect({ step, others, choices }).toMatchObject({ step, others: [], choices: [{}] });
        expect({ step, outcome: comparison!.outcome }).toEqual({
          step,
          outcome: choices[0] === "a" ? 1 : 0,
        });
        const { stored, following } = await profileOf(member);
        expect(stored).toMatchObject(following);
      },
    );
  });

  it("lose no vote to a look of the ballot", async () => {
    await interleaved(
      ({ ballots: [id] }) =>
        here.votes.withBallot(id, (ballot, seen) =>
          here.ballots.put(id, { ...ballot, followUpIds: ["1"] }, seen),
        ),
      ({ member, ballots }) => there.votes.cast(ballots[0], member.memberId, "b"),
      async ({ ballots }, step) => {
        const { choices, followUpIds } = (await here.ballots.get(ballots[0]))!;
        expect({ step, choices, followUpIds }).toEqual({
          step,
          choices: ["b"],
          followUpIds: ["1"],
        });
      },
    );
  });

  it("store no vote after a reset or a deletion there that the profile does not have", async () => {
    for (const forget of ["reset", "delete"] as const) {
      await interleaved(
        async ({ member, ballots }) => {
          await here.votes.cast(ballots[0], member.memberId, "a");
          await here.votes.cast(ballots[1], member.memberId, "b");
        },
        ({ member }) =>
          forget === "reset"
            ? there.memberData.reset(member)
            : there.memberData.delete(member.memberId, "everywhere"),
        async ({ member }, step) => {
          const { stored, following, comparisons } = await profileOf(member);
          if (stored === undefined) expect({ step, comparisons }).toEqual({ step, comparisons: 0 });
          else expect({ step, ...stored }).toMatchObject({ step, ...following });
        },
      );
    }
  });

  it("take no comparison back twice", async () => {
    const undone: unknown[] = [];
    const undo = async (services: Services, { member }: Seat) => {
      undone.push(await undoLast(member, services));
    };
    const wish = ACTS["a wish"]!.run;
    for (let step = 1, stopped = true; stopped; step++) {
      const one = await seat();
      for (let time = 0; time < 2; time++) await wish(there, one);
      const work = await pausedAt(step, () => undo(here, one));
      await undo(there, one);
      await work.finish();
      const taken = undone.splice(0).filter((each) => each !== undefined).length;
      const { stored, following, comparisons } = await profileOf(one.member);
      expect({ step, comparisons }).toEqual({ step, comparisons: 2 - taken });
      expect(stored).toMatchObject(following);
      ({ stopped } = work);
    }
  });

  it("hear what a member allows in either of them, and forget nothing of it", async () => {
    await interleaved(
      ({ member }) => here.consents.setFast(member, true),
      ({ member }) => there.consents.refuse(member),
      async ({ member }, step) => {
        const record = await here.consents.get(member);
        expect({ step, state: record?.state }).toEqual({ step, state: "refused" });
      },
    );
    await interleaved(
      ({ member }) => here.consents.withhold(member, ["length"]),
      ({ member }) => there.consents.setPooled(member, true),
      async ({ member }, step) => {
        const { withheld, pooled } = (await here.consents.get(member))!;
        expect({ step, withheld, pooled }).toEqual({ step, withheld: ["length"], pooled: true });
      },
    );
  });

  it("ask a member one question, whichever claims it", async () => {
    const allowance = { perDay: 10, gap: 0 };
    const asked: unknown[] = [];
    await interleaved(
      async ({ member }) => asked.push(await here.questions.claim(member, allowance)),
      async ({ member }) => asked.push(await there.questions.claim(member, allowance)),
      async ({ member }, step) => {
        const claims = asked.splice(0).filter((claim) => claim !== undefined);
        expect({ step, claims }).toEqual({ step, claims: [{}] });
        expect(await here.questions.askedToday(member)).toBe(1);
      },
    );
  });

  it("ask nothing while another process that began earlier is about to ask", async () => {
    const { member } = await seat();
    const allowance = { perDay: 10, gap: 0 };
    expect(await here.questions.claim(member, allowance)).toEqual({});
    const later = new Questions({
      store: there.store,
      isOpen: async () => false,
      clock: () => NOON + 1_000,
    });
    expect(await later.claim(member, allowance)).toBeUndefined();
  });

  it("keep what two admins choose at once", async () => {
    const guilds = new Map<string, string>();
    const guildOf = ({ member }: Seat) => {
      if (!guilds.has(member.memberId)) guilds.set(member.memberId, freshId());
      return guilds.get(member.memberId)!;
    };
    await interleaved(
      (one) => here.guildSettings.change(guildOf(one), { questionsPerDay: 3 }),
      (one) => there.guildSettings.changePlace(guildOf(one), CHANNEL, { persona: "A cook." }),
      async (one, step) => {
        const settings = await here.guildSettings.get(guildOf(one));
        const places = { [CHANNEL]: { persona: "A cook." } };
        expect({ step, ...settings }).toEqual({ step, questionsPerDay: 3, places });
      },
    );
  });

  it("add up what directives do to answers", async () => {
    const modelOf = ({ member }: Seat) => member.memberId;
    const lesson = ({ axes, plain }: Awaited<ReturnType<Services["doses"]["learned"]>>) => ({
      axes,
      plain: { count: plain.count + 1, logWords: plain.logWords + 2 },
    });
    const learn = async ({ doses }: Services, one: Seat) => {
      await doses.change(lesson, modelOf(one));
      await doses.written();
    };
    await interleaved(
      (one) => learn(here, one),
      (one) => learn(there, one),
      async (one, step) => {
        const record = await here.store.doses.get(modelOf(one));
        expect({ step, plain: record?.plain }).toEqual({ step, plain: { count: 2, logWords: 4 } });
      },
    );
  });

  it("all count, however many vote in however many processes at once", async () => {
    const { member } = await seat();
    const ballots = Array.from({ length: 24 }, freshId);
    for (const id of ballots) {
      await here.ballots.post(draftFor(member, here.models.current.encoderId), CHANNEL, id);
    }
    await Promise.all(
      ballots.map((id, at) => (at % 2 ? here : there).votes.cast(id, member.memberId, "a")),
    );
    const { stored, following, comparisons } = await profileOf(member);
    expect(comparisons).toBe(24);
    expect(stored).toMatchObject({ ...following, votes: 24 });
  });

  it("all count in processes of their own too, the last word on a ballot among them", async () => {
    const { member } = await seat();
    const ballots = Array.from({ length: 12 }, freshId);
    for (const id of ballots) {
      await here.ballots.post(draftFor(member, here.models.current.encoderId), CHANNEL, id);
    }
    const voters = (["a", "b", "neither"] as const).map((choice) =>
      startVoter(shared.url, member.memberId, choice, ballots),
    );
    await Promise.all(voters.map(({ ready }) => ready));
    for (const { begin } of voters) begin();
    for (const { told } of voters) expect(await told).toBe("12 votes\n");
    const { stored, following, comparisons } = await profileOf(member);
    expect(comparisons).toBe(12);
    expect(stored).toMatchObject({ ...following, votes: 12 });
    const outcomes = (await here.profiles.comparisonsOf(member)).map(({ outcome, weight }) =>
      weight < 1 ? "neither" : outcome === 1 ? "a" : "b",
    );
    const shown = await Promise.all(ballots.map((id) => here.ballots.get(id)));
    expect(shown.map((ballot) => ballot!.choices.at(-1))).toEqual(outcomes);
    expect(shown.map((ballot) => ballot!.choices.length)).toEqual(ballots.map(() => 3));
  });
});

function startVoter(url: string, memberId: string, choice: string, ballots: readonly string[]) {
  const file = fileURLToPath(new URL("../support/voting-process.mjs", import.meta.url));
  const child = spawn(process.execPath, [file, url, String(NOON), memberId, choice, ...ballots], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ready = once(child.stdout, "data");
  return {
    ready,
    begin: () => child.stdin.end("go\n"),
    told: ready.then(() => text(child.stdout)),
  };
}

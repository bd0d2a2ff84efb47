import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import type {
  CandidateRequest,
  GeneratedCandidates,
} from "../../src/conversation/candidates/candidate-source.js";
import { LimitedCandidates } from "../../src/conversation/candidates/limited-candidates.js";
import { speakerOf } from "../../src/language/say.js";
import { DayCounts } from "../../src/limits/day-counts.js";
import { type Asker, Limits } from "../../src/limits/limits.js";
import { silentLog } from "../support/silent-log.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

/** One request that the source has begun. */
interface Begun {
  readonly name: string;
  readonly count: number;
  finish(): void;
}

describe("candidates within the limits", () => {
  let temporary: TemporaryStore;
  let limits: Limits;
  let begun: Begun[] = [];
  afterEach(() => temporary.remove());

  it("are made for so many at once, in turns: one member's storm starves nobody", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "2" });
    const storm = ["s1", "s2", "s3", "s4", "s5", "s6"].map((name) => ask(source, name));
    const others = ["a1", "b1", "c1"].map((name) => ask(source, name));
    const refused = (await Promise.allSettled(storm.slice(5))).map(({ status }) => status);
    expect(refused).toEqual(["rejected"]);
    expect(names()).toEqual(["s1", "s2"]);
    for (let at = 0; at < 8; at++) {
      begun[at]!.finish();
      await settle();
      expect(begun.length).toBeLessThanOrEqual(at + 3);
    }
    expect(names()).toEqual(["s1", "s2", "s3", "a1", "b1", "c1", "s4", "s5"]);
    await Promise.all([...storm.slice(0, 5), ...others]);
  });

  it("are refused where too many wait, told once to each, with the time to come back", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "1", QUEUE_LENGTH: "2" });
    const first = ["a1", "b1", "c1"].map((name) => ask(source, name));
    const refusals = await Promise.all(
      ["d1", "d2", "e1"].map((name) =>
        ask(source, name).then(
          () => expect.unreachable(),
          (error) => error,
        ),
      ),
    );
    expect(refusals.map(({ refusal }) => refusal.isNews)).toEqual([true, false, true]);
    expect(refusals[0].memberSentence(speakerOf("en"))).toMatch(/waiting for an answer.*<t:\d+:R>/);
    for (let at = 0; at < 3; at++) {
      begun[at]!.finish();
      await settle();
    }
    await Promise.all(first);
  });

  it("are not refused to a newcomer because one server, or one channel, fills the queue", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "1", QUEUE_LENGTH: "40" });
    const settled: string[] = [];
    const from = (name: string, place: Partial<Asker> = {}) => {
      const asking = ask(source, name, undefined, place);
      asking.then(
        () => settled.push(`${name} answered`),
        () => settled.push(`${name} refused`),
      );
      return asking;
    };
    const crowd: Promise<unknown>[] = [];
    for (let account = 0; account < 17; account++) {
      for (let turn = 0; turn < 3; turn++) {
        crowd.push(from(`c${account}.${turn}`, { memberId: `crowd-${account}` }));
      }
    }
    await settle();
    const elsewhere = from("elsewhere", { memberId: "x", guildId: "91", channelId: "81" });
    const nextDoor = from("next door", { memberId: "y", channelId: "82" });
    const direct = from("direct", { memberId: "z", guildId: "0", channelId: "83" });
    const beside = from("beside", { memberId: "w" });
    await settle();
    expect(source.waiting).toBe(40);
    begun[0]!.finish();
    for (let at = 1; at < 7; at++) {
      await settle();
      begun[at]!.finish();
    }
    await Promise.all([elsewhere, nextDoor, direct]);
    // Those who pushed in are among the first served, though they came last.
    expect(names().slice(0, 7)).toEqual(
      expect.arrayContaining(["elsewhere", "next door", "direct"]),
    );
    for (let at = 7; at < 41; at++) {
      await settle();
      begun[at]?.finish();
    }
    await Promise.allSettled([...crowd, beside]);
    expect(settled).toContain("beside answered");
    expect(settled.filter((one) => /refused/.test(one))).toHaveLength(51 + 4 - 41);
  });

  it("push nobody out for somebody who has as much waiting", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "1", QUEUE_LENGTH: "2" });
    const first = ask(source, "a1");
    const waiting = [ask(source, "b1"), ask(source, "c1")];
    await expect(ask(source, "d1")).rejects.toMatchObject({ name: "LimitReachedError" });
    for (let at = 0; at < 3; at++) {
      begun[at]!.finish();
      await settle();
    }
    await Promise.all([first, ...waiting]);
    expect(names()).toEqual(["a1", "b1", "c1"]);
  });

  it("are looked up in the budget when their turn comes", async () => {
    const source = await start({
      REQUESTS_AT_ONCE: "1",
      TOKENS_PER_DAY: "1000/1000/1000/1000",
    });
    const asked = ["a1", "b1", "c1"].map((name) => ask(source, name));
    expect(begun[0]!.count).toBe(4);
    limits.spend(undefined, 800);
    begun[0]!.finish();
    await settle();
    expect(begun[1]!.count).toBe(2);
    limits.spend(undefined, 800);
    begun[1]!.finish();
    await expect(asked[2]).rejects.toMatchObject({
      name: "LimitReachedError",
      refusal: { unit: "tokensPerDay", scope: "everywhere" },
    });
    expect(names()).toEqual(["a1", "b1"]);
  });

  it("leave their place in the line when nobody wants them any more", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "1" });
    const first = ask(source, "a1");
    const leaving = new AbortController();
    const second = ask(source, "b1", leaving.signal);
    leaving.abort();
    await expect(second).rejects.toMatchObject({ kind: "abandoned" });
    expect(source.waiting).toBe(0);
    begun[0]!.finish();
    await first;
    expect(names()).toEqual(["a1"]);
  });

  it("that fail leave their place to the next", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "1" }, async ({ history }) => {
      throw new Error(history[0]!.text);
    });
    for (const name of ["a1", "a2"]) await expect(ask(source, name)).rejects.toThrow(name);
  });

  it("for nobody in particular do not wait", async () => {
    const source = await start({ REQUESTS_AT_ONCE: "1" });
    const first = ask(source, "a1");
    const other = source.generate({ history: [{ role: "member", text: "x" }], count: 4 });
    expect(names()).toEqual(["a1", "x"]);
    for (const { finish } of begun) finish();
    await Promise.all([first, other]);
  });

  const names = () => begun.map(({ name }) => name);
  // The queue starts the next one in a microtask or two.
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  function ask(
    source: LimitedCandidates,
    name: string,
    signal?: AbortSignal,
    place: Partial<Asker> = {},
  ) {
    const asker = { memberId: name[0]!, guildId: "90", channelId: "80", ...place };
    const history = [{ role: "member" as const, text: name }];
    return source.generate({ history, count: 4, asker, ...(signal && { signal }) });
  }

  async function start(
    environment: NodeJS.ProcessEnv,
    generate: (request: CandidateRequest) => Promise<GeneratedCandidates> = generateWhenTold,
  ): Promise<LimitedCandidates> {
    begun = [];
    temporary = await createTemporaryStore();
    const days = await DayCounts.open({ store: temporary.store, clock: Date.now, log: silentLog });
    const config = readConfig(environment).limits;
    limits = new Limits({ config, days, clock: Date.now });
    return new LimitedCandidates({ candidates: { generate }, limits, config });
  }

  function generateWhenTold({ history, count }: CandidateRequest): Promise<GeneratedCandidates> {
    return new Promise((resolve) => {
      const finish = () => resolve({ texts: ["Yes."], failed: 0 });
      begun.push({ name: history[0]!.text, count, finish });
    });
  }
});

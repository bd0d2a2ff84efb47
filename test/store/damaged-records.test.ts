import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase, pathOfStore } from "../../src/store/sqlite/database.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { collectFeedback } from "../../src/training/feedback.js";
import { createRecordingLog, type RecordedEvent } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const MEMBER = { guildId: "7", memberId: "8" };
const SCOPE = { name: "discord", accepts: () => true };

describe("a damaged record", () => {
  let test: TestServices;
  let events: RecordedEvent[];
  beforeEach(async () => {
    const recording = createRecordingLog();
    events = recording.events;
    test = await createTestServices({}, Date.now, recording.log);
    await test.services.consents.grant(MEMBER);
    for (const id of ["1", "2", "3"]) await vote(id);
  });
  afterEach(() => test.remove());

  it("among the comparisons is left out of a training and named in the log, once", async () => {
    const [key] = await comparisonKeys();
    await spoil(`comparison:${key}`, "half a rec");
    expect((await feedback()).comparisons.count).toBe(2);
    expect((await feedback()).comparisons.count).toBe(2);
    expect(damaged()).toEqual([`comparison:${key}`]);
  });

  it("with features of another length is left out of a training and of the weights", async () => {
    const [key] = await comparisonKeys();
    const record = (await test.services.store.comparisons.get(key!))!;
    const short = featuresToText(new Float32Array(5).fill(1));
    await test.services.store.comparisons.set(key!, { ...record, a: short });
    expect((await feedback()).comparisons.count).toBe(2);
    await vote("4");
    expect((await test.services.profiles.userWeights(MEMBER)).votes).toBe(3);
  });

  it("among the profiles is computed again from the comparisons", async () => {
    const right = await test.services.profiles.userWeights(MEMBER);
    await spoil("profile:7:8", JSON.stringify({ value: { weights: [1, 2] } }));
    await test.restart();
    expect(await test.services.profiles.userWeights(MEMBER)).toEqual(right);
    expect(damaged()).toEqual(["profile:7:8"]);
  });

  it("among the profiles is computed again at a start, before anybody asks for it", async () => {
    const before = await test.services.store.profiles.get("7:8");
    await spoil("profile:7:8", "");
    await test.restart();
    const profile = await waitFor(async () => {
      const record = await test.services.store.profiles.get("7:8");
      return record?.stale === false ? record : undefined;
    }, "the refit");
    expect(profile.weights).toBe(before!.weights);
  });

  it("among the consents stops learning, and the member is not asked again", async () => {
    await spoil("consent:8:7", "{}");
    await test.restart();
    expect(await test.services.consents.mayLearn(MEMBER)).toBe(false);
    expect(await test.services.consents.stanceOf(MEMBER)).toBe("plain");
  });

  it("among the ballots takes no vote, and the others do", async () => {
    await post("5");
    await post("6");
    await spoil("ballot:5", "[]");
    expect(await test.services.votes.cast("5", MEMBER.memberId, "a")).toBeUndefined();
    expect(await test.services.votes.cast("6", MEMBER.memberId, "a")).toBeDefined();
    expect(damaged()).toEqual(["ballot:5"]);
  });

  it("among the settings pools no votes of that server", async () => {
    await spoil("settings:7", "null");
    expect(await test.services.store.settings.get("7")).toEqual({ pooledTraining: false });
  });

  function feedback() {
    const { encoderId, dimensions } = test.services.models.current;
    const { comparisons } = test.services.store;
    return collectFeedback(comparisons, SCOPE, async () => true, encoderId, dimensions);
  }

  async function comparisonKeys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const [key] of test.services.store.comparisons.entries()) keys.push(key);
    return keys;
  }

  function damaged(): unknown[] {
    return events.filter(({ event }) => event === "store.record-damaged").map(({ key }) => key);
  }

  async function vote(messageId: string): Promise<void> {
    await post(messageId);
    await test.services.votes.cast(messageId, MEMBER.memberId, "a");
  }

  async function post(messageId: string): Promise<void> {
    const { encoderId, dimensions } = test.services.models.current;
    const candidate = (sign: number) => ({
      text: "text",
      features: featuresToText(
        Float32Array.from({ length: dimensions }, (_, at) => sign * Math.sin(at)),
      ),
    });
    const draft = {
      member: MEMBER,
      candidates: [candidate(1), candidate(-1)] as const,
      encoder: encoderId,
      source: "chat" as const,
      trains: true,
      demonstration: false,
    };
    await test.services.ballots.post(draft, "1", messageId);
  }

  async function spoil(key: string, value: string): Promise<void> {
    const database = await openDatabase(pathOfStore(test.config.storeUrl), "write", 5000);
    await database.all("INSERT OR REPLACE INTO attune VALUES (?, ?)", key, value);
    await database.close();
  }
});

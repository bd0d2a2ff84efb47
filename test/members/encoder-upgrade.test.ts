import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ENCODER_ID, encodeResponse, FEATURE_COUNT } from "../../models/encoder/encoder.js";
import { createStarterModel, isStarterVersion } from "../../models/rewards/starter.js";
import { voteOn } from "../../src/playground/rounds.js";
import { comparisonPrefix, profileKey } from "../../src/store/keys.js";
import type { ComparisonRecord } from "../../src/store/records.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { createRecordingLog } from "../support/recording-log.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const MEMBER = { guildId: "900", memberId: "7" };
const NEWCOMER = { guildId: "900", memberId: "8" };
const EARLIER = { id: "attune-text-2", features: 96 };
const FIGURES = { logLikelihood: -0.6, accuracy: 0.7, comparisons: 10, members: 5 };

describe("an update that changes the built-in encoder", () => {
  let test: TestServices;
  let recording: ReturnType<typeof createRecordingLog>;
  beforeEach(async () => {
    recording = createRecordingLog();
    test = await createTestServices();
  });
  afterEach(() => test.remove());

  it("begins everybody anew, says so once in the log, and keeps every vote", async () => {
    await vote(MEMBER, "yeah just try it!", "One should therefore proceed with patience.");
    await vote(MEMBER, "nah, go for it", "Furthermore, it is advisable to wait.");
    await leaveAsEarlierRelease("starter");
    const { profiles, models } = await test.restart({}, recording.log);
    const event = await logged("profiles.refitted");
    expect(event).toMatchObject({ profiles: 1, votesLeftOut: 2 });
    const userWeights = await profiles.userWeights(MEMBER);
    expect(userWeights).toMatchObject({ votes: 0, modelVersion: models.current.version });
    expect([...userWeights.weights]).toEqual(Array(models.current.rank).fill(0));
    expect(await encodersOf()).toEqual([EARLIER.id, EARLIER.id]);
    recording.events.length = 0;
    await test.restart({}, recording.log);
    await vote(NEWCOMER, "Yes.", "Perhaps, or perhaps not.");
    expect(recording.events.map((one) => one.event)).not.toContain("profiles.refitted");
  });

  it("counts the votes that come after it, and no other", async () => {
    await vote(MEMBER, "yeah just try it!", "One should therefore proceed with patience.");
    await leaveAsEarlierRelease("starter");
    const { profiles } = await test.restart();
    await vote(MEMBER, "Yes.", "Perhaps, or perhaps not.");
    expect((await profiles.userWeights(MEMBER)).votes).toBe(1);
    expect(await encodersOf()).toEqual([EARLIER.id, ENCODER_ID]);
  });

  it("lets the starter answer in place of base rewards of the earlier encoder, and says why", async () => {
    await vote(MEMBER, "yeah just try it!", "One should therefore proceed with patience.");
    await adoptEarlierVersion("01EARLIER");
    await leaveAsEarlierRelease("01EARLIER");
    const { models, profiles } = await test.restart({}, recording.log);
    expect(isStarterVersion(models.current.version)).toBe(true);
    expect(await logged("models.unusable")).toMatchObject({
      version: "01EARLIER",
      reason: expect.stringContaining(EARLIER.id),
      hint: expect.stringContaining("After an update that changed the built-in encoder"),
    });
    expect((await profiles.userWeights(MEMBER)).votes).toBe(0);
    await expect(models.restore("01EARLIER")).rejects.toThrow(EARLIER.id);
  });

  async function vote(member: typeof MEMBER, a: string, b: string) {
    await test.services.consents.grant(member);
    const draft = {
      member,
      candidates: [candidate(a), candidate(b)] as const,
      encoder: ENCODER_ID,
      source: "chat" as const,
      trains: true,
      demonstration: false,
    };
    await voteOn(test.services, draft, "a");
  }

  function candidate(text: string) {
    return { text, features: featuresToText(encodeResponse(text)) };
  }

  /** Turns what is stored about the member into what a release with the earlier encoder has stored. */
  async function leaveAsEarlierRelease(modelVersion: string) {
    const { store } = test.services;
    for (const [key, record] of await comparisons()) {
      const earlier = { a: shortened(record.a), b: shortened(record.b), encoder: EARLIER.id };
      await store.comparisons.set(key, { ...record, ...earlier });
    }
    const profile = (await store.profiles.get(profileKey(MEMBER)))!;
    await store.profiles.set(profileKey(MEMBER), { ...profile, modelVersion });
  }

  function shortened(features: string) {
    expect(features).not.toBe("");
    return featuresToText(new Float32Array(EARLIER.features).fill(0.5));
  }

  async function adoptEarlierVersion(version: string) {
    const starter = createStarterModel();
    const weights = new Float32Array(starter.rank * EARLIER.features).fill(0.1);
    const earlier = { encoderId: EARLIER.id, dimensions: EARLIER.features, weights };
    await test.services.models.adopt(
      { ...starter, ...earlier, version },
      {
        parent: starter.version,
        heldOut: { before: FIGURES, after: FIGURES },
        training: { members: 5, comparisons: 50, seconds: 1, backend: "none" },
        at: 1,
      },
    );
  }

  async function comparisons(): Promise<[string, ComparisonRecord][]> {
    const found: [string, ComparisonRecord][] = [];
    const prefix = comparisonPrefix(MEMBER);
    for await (const entry of test.services.store.comparisons.entries(prefix)) found.push(entry);
    return found;
  }

  async function encodersOf() {
    return (await comparisons()).map(([, { encoder }]) => encoder);
  }

  function logged(event: string) {
    return waitFor(() => recording.events.find((one) => one.event === event), event);
  }
});

it("has features of another number than before, so that no store is read wrongly", () => {
  expect(FEATURE_COUNT).not.toBe(EARLIER.features);
});

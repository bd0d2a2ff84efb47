import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { readConfig } from "../../../src/config.js";
import { createWriters } from "../../../src/conversation/candidates/candidate-chain.js";
import type { CandidateSource } from "../../../src/conversation/candidates/candidate-source.js";
import { Circuit } from "../../../src/conversation/candidates/circuit.js";
import type { GenerationFailedError } from "../../../src/conversation/candidates/generation-error.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { speakerOf } from "../../../src/language/say.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import type { Fault } from "../../support/loopback-openai-faults.js";
import { createRecordingLog, type RecordedEvent } from "../../support/recording-log.js";

const HISTORY = [{ role: "member" as const, text: "How do I sleep better?" }];
const MINUTE_MS = 60_000;
const OUTAGE: Fault = { kind: "status", status: 503 };

describe("the circuit before the language model", () => {
  let openai: LoopbackOpenAI;
  let source: CandidateSource;
  let lines: RecordedEvent[];
  beforeEach(async () => {
    // Only the time of day stands still; what waits for the network goes on.
    vi.useFakeTimers({ toFake: ["Date"] });
    openai = await startLoopbackOpenAI();
    const recording = createRecordingLog();
    lines = recording.events;
    const config = readConfig({ OPENAI_BASE_URL: openai.baseUrl, OPENAI_MODEL: "loopback" });
    source = createWriters({
      config,
      random: createRandomGenerator(1),
      servers: { first: new ChatServers(config.openai!), second: undefined },
      circuit: new Circuit("language model", recording.log),
      log: recording.log,
    });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await openai.close();
  });

  it("opens after repeated failures of the server, and then asks nothing", async () => {
    await open(OUTAGE, 4);
    const asked = openai.requests.length;
    for (let time = 0; time < 20; time++) {
      expect(await failure()).toMatchObject({ name: "ServerPausedError", kind: "unavailable" });
    }
    expect(openai.requests).toHaveLength(asked);
  });

  it("does not open where an answer comes in between", async () => {
    await open(OUTAGE, 3);
    openai.recover();
    await generate();
    await open(OUTAGE, 3);
    openai.recover();
    expect((await generate()).texts).toHaveLength(2);
  });

  it("tries one request when the pause is over, and closes when that succeeds", async () => {
    await open(OUTAGE, 4);
    openai.recover();
    later(0.51 * MINUTE_MS);
    expect((await generate()).texts).toHaveLength(2);
    expect((await generate()).texts).toHaveLength(2);
    expect(lines.map(({ event }) => event)).toEqual([
      "language-model.paused",
      "language-model.recovered",
    ]);
  });

  it("pauses longer when the trial fails, and says nothing new about it", async () => {
    await open(OUTAGE, 4);
    later(0.51 * MINUTE_MS);
    await failure();
    const asked = openai.requests.length;
    later(0.51 * MINUTE_MS);
    await failure();
    expect(openai.requests).toHaveLength(asked);
    later(0.51 * MINUTE_MS);
    await failure();
    expect(openai.requests.length).toBeGreaterThan(asked);
    expect(lines.map(({ event }) => event)).toEqual(["language-model.paused"]);
  });

  it("lets one of many through as the trial", async () => {
    await open(OUTAGE, 4);
    later(0.51 * MINUTE_MS);
    const asked = openai.requests.length;
    await Promise.all(Array.from({ length: 10 }, failure));
    // The client tries it three times.
    expect(openai.requests.length - asked).toBe(3);
  });

  it.each([
    ["badKey", { kind: "status", status: 401 }, /OPENAI_API_KEY/],
    ["unknownModel", { kind: "status", status: 404 }, /OPENAI_MODEL/],
    ["quota", { kind: "status", status: 429, code: "insufficient_quota" }, /quota/],
  ] as const)(
    "opens at once for what only an admin can mend, and tells them once: %s",
    async (kind, fault, hint) => {
      await open(fault, 1);
      for (let minute = 0; minute < 60; minute++) {
        later(MINUTE_MS);
        expect((await failure()).kind).toBe(kind);
      }
      // One trial in five minutes, each one request.
      expect(openai.requests.length).toBeLessThanOrEqual(13);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({
        event: "language-model.paused",
        kind,
        hint: expect.stringMatching(hint),
      });
    },
  );

  it("stays open as long as the server asks for, and says until when", async () => {
    await open({ kind: "status", status: 429, retryAfter: "720" }, 1);
    later(11 * MINUTE_MS);
    const memberSentence = (await failure()).memberSentence(speakerOf("en"));
    expect(openai.requests).toHaveLength(1);
    const seconds = Number(/<t:(\d+):R>/.exec(memberSentence)![1]);
    expect(seconds * 1000 - Date.now()).toBeGreaterThan(0);
    expect(seconds * 1000 - Date.now()).toBeLessThanOrEqual(MINUTE_MS + 1000);
    later(1.01 * MINUTE_MS);
    openai.recover();
    expect((await generate()).texts).toHaveLength(2);
  });

  it("never stays open for longer than an hour, whatever the server asks for", async () => {
    await open({ kind: "status", status: 503, retryAfter: "31536000" }, 1);
    openai.recover();
    later(61 * MINUTE_MS);
    expect((await generate()).texts).toHaveLength(2);
  });

  it.each([
    { kind: "status", status: 400 },
    { kind: "status", status: 400, code: "context_length_exceeded" },
    { kind: "status", status: 400, code: "content_filter" },
    { kind: "filtered" },
    { kind: "empty" },
  ] as const)(
    "does not open for what one member's message can provoke: $kind $code",
    async (fault) => {
      await open(fault, 12);
      openai.recover();
      expect((await generate()).texts).toHaveLength(2);
      expect(lines).toEqual([]);
    },
  );

  const generate = () => source.generate({ history: HISTORY, count: 2 });

  async function failure(): Promise<GenerationFailedError> {
    return generate().then(
      () => expect.unreachable("there are candidates"),
      (error) => error as GenerationFailedError,
    );
  }

  async function open(fault: Fault, failures: number) {
    openai.fail(fault, 1_000);
    for (let time = 0; time < failures; time++) await failure();
  }

  function later(ms: number) {
    vi.setSystemTime(Date.now() + ms);
  }
});

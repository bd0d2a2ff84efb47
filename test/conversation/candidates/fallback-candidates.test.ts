import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { readConfig } from "../../../src/config.js";
import { createWriters } from "../../../src/conversation/candidates/candidate-chain.js";
import type { CandidateSource } from "../../../src/conversation/candidates/candidate-source.js";
import { Circuit } from "../../../src/conversation/candidates/circuit.js";
import { GenerationFailedError } from "../../../src/conversation/candidates/generation-error.js";
import { openServers } from "../../../src/conversation/model-server/chat-servers.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import type { Fault } from "../../support/loopback-openai-faults.js";
import { createRecordingLog, type RecordedEvent } from "../../support/recording-log.js";

const DOWN: readonly Fault[] = [
  { kind: "status", status: 401 },
  { kind: "status", status: 404, code: "model_not_found" },
  { kind: "status", status: 429, code: "insufficient_quota" },
  { kind: "status", status: 503 },
  { kind: "hangUp" },
];

describe("a second language model", () => {
  let first: LoopbackOpenAI;
  let second: LoopbackOpenAI;
  let source: CandidateSource;
  let events: RecordedEvent[];
  beforeEach(async () => {
    first = await startLoopbackOpenAI();
    second = await startLoopbackOpenAI({ answer: (_, index) => `The second one says ${index}.` });
    const config = readConfig({
      OPENAI_BASE_URL: first.baseUrl,
      OPENAI_MODEL: "main",
      OPENAI_OTHER_MODELS: "large, small",
      OPENAI_FALLBACK_BASE_URL: second.baseUrl,
      OPENAI_FALLBACK_MODEL: "spare",
    });
    const recording = createRecordingLog();
    ({ events } = recording);
    const { log } = recording;
    const servers = openServers(config);
    const circuit = new Circuit("language model", log, () => servers.first!.main.isWell());
    source = createWriters({ config, random: createRandomGenerator(1), servers, circuit, log });
  });
  afterEach(async () => {
    await first.close();
    await second.close();
  });

  const ask = (model?: string) =>
    source.generate({
      history: [{ role: "member", text: "How do I sleep better?" }],
      count: 2,
      ...(model && { model }),
    });

  it("is not asked while the first one answers, and the answer says who wrote it", async () => {
    expect((await ask()).writtenBy).toBe("main");
    expect(second.requests).toEqual([]);
  });

  it.each(DOWN)("answers when the first one fails: %j", async (fault) => {
    first.fail(fault, 1_000);
    const { texts, writtenBy } = await ask();
    expect(texts[0]).toMatch(/^The second one says/);
    expect(writtenBy).toBe("spare");
    expect(second.requests.every(({ model }) => model === "spare")).toBe(true);
    // Said once, however many answers come from there.
    await ask();
    expect(events.filter(({ event }) => event === "language-model.fallback")).toHaveLength(1);
  });

  it("is left again when the first one is well", async () => {
    first.fail({ kind: "status", status: 503 }, 3);
    expect((await ask()).writtenBy).toBe("spare");
    first.recover();
    expect((await ask()).writtenBy).toBe("main");
  });

  it("is not asked what the first one declined", async () => {
    first.fail({ kind: "filtered" }, 1_000);
    await expect(ask()).rejects.toMatchObject({ kind: "filtered" });
    expect(second.requests).toEqual([]);
  });

  it("fails as the first one did where both are down", async () => {
    first.fail({ kind: "status", status: 401 }, 1_000);
    second.fail({ kind: "status", status: 503 }, 1_000);
    const error = await ask().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GenerationFailedError);
    expect(error).toMatchObject({ kind: "badKey" });
  });

  it("lets each allowed model write, and the main one where another name is asked for", async () => {
    expect((await ask("large")).writtenBy).toBe("large");
    expect((await ask("small")).writtenBy).toBe("small");
    expect((await ask("forbidden")).writtenBy).toBe("main");
    expect(new Set(first.requests.map(({ model }) => model))).toEqual(
      new Set(["large", "small", "main"]),
    );
  });

  it("closes nobody else's model when one does not exist", async () => {
    first.fail({ kind: "status", status: 404, code: "model_not_found" }, 1);
    expect((await ask("large")).writtenBy).toBe("spare");
    expect((await ask("small")).writtenBy).toBe("small");
    expect((await ask()).writtenBy).toBe("main");
  });
});

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRandomGenerator } from "../../../models/algebra/random.js";
import { readConfig } from "../../../src/config.js";
import { createWriters } from "../../../src/conversation/candidates/candidate-chain.js";
import type { CandidateSource } from "../../../src/conversation/candidates/candidate-source.js";
import { Circuit } from "../../../src/conversation/candidates/circuit.js";
import type { GenerationFailedError } from "../../../src/conversation/candidates/generation-error.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import type { Fault } from "../../support/loopback-openai-faults.js";
import { createRecordingLog, type RecordedEvent } from "../../support/recording-log.js";

/** What one message may provoke at some server, and what it would mean if everything did. */
const PROVOKED: readonly (readonly [string, Fault])[] = [
  ["unavailable", { kind: "status", status: 500 }],
  ["unavailable", { kind: "answer", status: 502, body: "<h1>Bad Gateway</h1>", type: "text/html" }],
  ["unavailable", { kind: "status", status: 503 }],
  ["unavailable|timeout", { kind: "hangUp" }],
  ["unavailable", { kind: "brokenJson" }],
  ["unavailable", { kind: "answer", body: { error: { message: "Provider returned error" } } }],
  ["rateLimited", { kind: "status", status: 429 }],
  ["timeout", { kind: "delay", ms: 6_000 }],
  ["badKey", { kind: "status", status: 401 }],
  ["badKey", { kind: "status", status: 400, message: "You wrote: invalid API key" }],
  ["unknownModel", { kind: "status", status: 400, message: "You wrote: no such model" }],
  ["quota", { kind: "status", status: 402, message: "This request requires more credits" }],
  ["filtered", { kind: "answer", body: { error: { message: "Input was flagged", code: 403 } } }],
  ["refused", { kind: "status", status: 400 }],
];

describe("what one message provokes at the language model's server", () => {
  let openai: LoopbackOpenAI;
  let source: CandidateSource;
  let lines: RecordedEvent[];
  let provoked: Fault | undefined;
  beforeEach(async () => {
    openai = await startLoopbackOpenAI({
      provoked: (question) => (question.includes("poison") ? provoked : undefined),
    });
    start(60_000);
  });
  afterEach(() => openai.close());

  function start(timeoutMs: number): void {
    const { log, events } = createRecordingLog();
    lines = events;
    const config = readConfig({
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_MODEL: "loopback",
      OPENAI_TIMEOUT_MS: String(timeoutMs),
    });
    const first = new ChatServers(config.openai!);
    source = createWriters({
      config,
      random: createRandomGenerator(1),
      servers: { first, second: undefined },
      circuit: new Circuit("language model", log, () => first.main.isWell()),
      log,
    });
  }

  it.each(PROVOKED)("stops nobody else: %s, %j", async (kind, fault) => {
    provoked = fault;
    if (kind === "timeout") start(1_500);
    for (let time = 0; time < 5; time++)
      expect(await failureOf("poison")).toMatch(new RegExp(kind));
    expect((await generate("A good question?")).texts).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  it("stops nobody else where many send it at the same time", async () => {
    provoked = { kind: "status", status: 500 };
    const kinds = await Promise.all(Array.from({ length: 12 }, () => failureOf("poison")));
    expect(new Set(kinds)).toEqual(new Set(["unavailable"]));
    expect((await generate("A good question?")).texts).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  it("is told apart from an outage, in which a harmless question fails too", async () => {
    openai.fail({ kind: "status", status: 503 }, 1_000);
    for (let time = 0; time < 4; time++) expect(await failureOf("poison")).toBe("unavailable");
    expect(openai.requests).toHaveLength(4 * 3 + 1);
    await failureOf("A good question?");
    expect(openai.requests).toHaveLength(4 * 3 + 1);
    expect(lines).toMatchObject([{ event: "language-model.paused", kind: "unavailable" }]);
  });

  it("is told apart from a wrong key, which needs one harmless question", async () => {
    openai.fail({ kind: "status", status: 401 }, 1_000);
    expect(await failureOf("A good question?")).toBe("badKey");
    expect(openai.requests).toHaveLength(2);
    expect(lines).toMatchObject([
      { kind: "badKey", hint: expect.stringMatching(/OPENAI_API_KEY/) },
    ]);
  });

  const generate = (text: string) =>
    source.generate({ history: [{ role: "member", text }], count: 2 });

  async function failureOf(text: string): Promise<string> {
    try {
      await generate(text);
    } catch (error) {
      return (error as GenerationFailedError).kind;
    }
    return expect.unreachable("there are candidates");
  }
});

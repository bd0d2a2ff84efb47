import { afterEach, describe, expect, it } from "vitest";
import type { OpenAIConfig } from "../../../src/config.js";
import { ChatServer } from "../../../src/conversation/model-server/chat-server.js";
import { checkServer } from "../../../src/conversation/model-server/check-server.js";
import { configuredFor } from "../../support/configured-server.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import type { Fault } from "../../support/loopback-openai-faults.js";
import { createRecordingLog } from "../../support/recording-log.js";

const WRONG: readonly (readonly [string, Fault, RegExp])[] = [
  ["badKey", { kind: "status", status: 401 }, /OPENAI_API_KEY/],
  ["unknownModel", { kind: "status", status: 404, code: "model_not_found" }, /OPENAI_MODEL/],
  ["badAddress", { kind: "answer", status: 404, body: "not found" }, /OPENAI_BASE_URL.*path.*\/v1/],
  ["quota", { kind: "status", status: 402 }, /quota/],
  ["unavailable", { kind: "status", status: 503 }, /OPENAI_BASE_URL/],
  ["timeout", { kind: "delay", ms: 3_000 }, /OPENAI_BASE_URL/],
];

describe("the look at the language model's server at the start", () => {
  let openai: LoopbackOpenAI;
  afterEach(() => openai.close());

  it("is one cheap request, and says nothing where all is well", async () => {
    expect(await linesOf()).toEqual([]);
    expect(openai.requests).toMatchObject([{ max_tokens: 64 }]);
  });

  it.each(WRONG)("says what is wrong, and names what to check: %s", async (kind, fault, hint) => {
    const timeoutMs = kind === "timeout" ? 300 : 60_000;
    const lines = await linesOf({ apiKey: "sk-verysecret", timeoutMs }, fault);
    expect(lines).toMatchObject([
      { event: "language-model.unwell", kind, hint: expect.stringMatching(hint) },
    ]);
    expect(JSON.stringify(lines)).not.toContain("verysecret");
  });

  it("names OPENAI_BASE_URL where nobody answers", async () => {
    const lines = await linesOf({ baseUrl: "http://127.0.0.1:9/v1" });
    expect(lines).toMatchObject([{ hint: expect.stringMatching(/OPENAI_BASE_URL/) }]);
  });

  async function linesOf(changed: Partial<OpenAIConfig> = {}, fault?: Fault) {
    openai = await startLoopbackOpenAI();
    if (fault !== undefined) openai.fail(fault, 20);
    const { log, events } = createRecordingLog();
    const configured = configuredFor(openai, changed);
    await checkServer(configured, new ChatServer(configured), log);
    return events;
  }
});

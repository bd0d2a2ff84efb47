import { afterEach, describe, expect, it } from "vitest";
import { ChatServer } from "../../src/chat/chat-server.js";
import { checkServer } from "../../src/chat/check-server.js";
import type { OpenAIConfig } from "../../src/config.js";
import { configuredFor } from "../support/configured-server.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import type { Fault } from "../support/loopback-openai-faults.js";
import { createRecordingLog } from "../support/recording-log.js";

describe("the look at the language model's server at the start", () => {
  let openai: LoopbackOpenAI | undefined;
  afterEach(async () => {
    await openai?.close();
    openai = undefined;
  });

  it.each([
    ["loopback", "loopback"],
    ["llama3", "llama3:latest"],
    ["gemini-2.5-flash", "models/gemini-2.5-flash"],
    ["maker/model:free", "maker/model"],
    ["model", "maker/model"],
  ])("says nothing where the model is listed: %s", async (model, listed) => {
    expect(await linesOf({ model }, ["another", listed])).toEqual([]);
    expect(openai!.requests).toEqual([]);
  });

  it("names OPENAI_MODEL where the model is not listed", async () => {
    const [line, ...more] = await linesOf({ model: "gpt-4.1-mini" }, ["llama3", "qwen3"]);
    expect(line).toMatchObject({
      event: "language-model.unlisted",
      model: "gpt-4.1-mini",
      hint: expect.stringMatching(/OPENAI_MODEL/),
    });
    expect(more).toEqual([]);
  });

  it.each([
    ["a list of another form", { kind: "answer", body: { models: [] } }],
    ["no list", { kind: "answer", status: 404, body: { detail: "Not Found" } }],
    ["a page", { kind: "answer", body: "<h1>proxy</h1>", type: "text/html" }],
    ["null", { kind: "null" }],
  ] as readonly (readonly [string, Fault])[])(
    "says nothing where there is %s",
    async (_, fault) => {
      expect(await linesOf({}, ["another"], fault)).toEqual([]);
    },
  );

  it("names OPENAI_API_KEY where the key is refused, and never the key", async () => {
    const lines = await linesOf({ apiKey: "sk-verysecret" }, [], { kind: "status", status: 401 });
    expect(lines).toMatchObject([
      {
        event: "language-model.unwell",
        kind: "badKey",
        hint: expect.stringMatching(/OPENAI_API_KEY/),
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain("verysecret");
  });

  it("names OPENAI_BASE_URL where nobody answers", async () => {
    const lines = await linesOf({ baseUrl: "http://127.0.0.1:9/v1" }, []);
    expect(lines).toMatchObject([
      { event: "language-model.unwell", hint: expect.stringMatching(/OPENAI_BASE_URL/) },
    ]);
  });

  async function linesOf(changed: Partial<OpenAIConfig>, models: string[], fault?: Fault) {
    openai ??= await startLoopbackOpenAI({ models });
    if (fault !== undefined) openai.failLists(fault, 3);
    const { log, events } = createRecordingLog();
    const configured = configuredFor(openai, changed);
    await checkServer(configured, new ChatServer(configured), log);
    return events;
  }
});
